namespace Syrinx.Data.Corpus.Signals;

/// <summary>
/// Scores a text by several weighted word lists in one pass: for each list 1 − ∏(1 − weight) over the distinct entries found
/// (noisy-or), to the power of a density. English entries match whole words, Chinese ones anywhere. Digits put for letters, and
/// blanks or dots between Chinese characters, are not seen through yet. Immutable and thread-safe.
/// </summary>
internal sealed class WordScorer
{
    private const int LongestPhrase = 6;
    private const int MostHits = 32;
    private readonly int _lists;
    private readonly Dictionary<string, Entry> _phrases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Entry>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Dictionary<char, List<(string Text, Entry Entry)>> _chinese = [];
    // What an entry may begin with, so that nearly every word costs a glance: hashes of first words, and first characters.
    private readonly bool[] _firstWords = new bool[1 << 14];
    private readonly bool[] _firstCharacters = new bool[char.MaxValue + 1];

    /// <summary>Takes the lists; scores come in their order.</summary>
    public WordScorer(params IReadOnlyList<(string Words, float Weight)>[] lists)
    {
        _lists = lists.Length;
        int number = 0;
        for (int list = 0; list < lists.Length; list++)
        {
            foreach (var (words, weight) in lists[list])
            {
                foreach (string text in words.Split('|'))
                    Add(text, new(number++, list, weight));
            }
        }
        _lookup = _phrases.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Scores a text.</summary>
    /// <param name="lower">The text in lower case.</param>
    /// <param name="density">Weight of a hit, 0…1: 1 for a short text.</param>
    /// <param name="scores">Gets a score per list, 0…1.</param>
    /// <param name="hits">Gets the distinct entries found per list.</param>
    public void Score(ReadOnlySpan<char> lower, float density, Span<float> scores, Span<int> hits)
    {
        scores[.._lists].Fill(1);
        hits[.._lists].Clear();
        Span<int> found = stackalloc int[MostHits];
        int count = 0;
        for (int i = 0; i < lower.Length;)
        {
            char c = lower[i];
            if (!IsWord(c))
            {
                if (_firstCharacters[c])
                    MatchChinese(lower[i..], scores, hits, found, ref count);
                i++;
                continue;
            }
            int start = i;
            uint hash = 0;
            for (; i < lower.Length && IsWord(lower[i]); i++)
                hash = Step(hash, lower[i]);
            if (_firstWords[Slot(hash)])
                MatchPhrases(lower[start..], scores, hits, found, ref count);
            // entries such as "a片" begin with a letter
            for (int at = start; at < i && i < lower.Length && lower[i] >= '\u3400'; at++)
            {
                if (_firstCharacters[lower[at]])
                    MatchChinese(lower[at..], scores, hits, found, ref count);
            }
        }
        for (int list = 0; list < _lists; list++)
            scores[list] = hits[list] == 0 ? 0 : 1 - MathF.Pow(scores[list], density);
    }

    private void MatchPhrases(ReadOnlySpan<char> lower, Span<float> miss, Span<int> hits, Span<int> found, ref int count)
    {
        int end = 0;
        for (int words = 1; words <= LongestPhrase; words++)
        {
            while (end < lower.Length && IsWord(lower[end]))
                end++;
            if (_lookup.TryGetValue(lower[..end], out var entry))
                Hit(entry, miss, hits, found, ref count);
            if (end + 1 >= lower.Length || lower[end] != ' ' || !IsWord(lower[end + 1]))
                return;
            end++;
        }
    }

    private void MatchChinese(ReadOnlySpan<char> lower, Span<float> miss, Span<int> hits, Span<int> found, ref int count)
    {
        foreach (var (text, entry) in _chinese[lower[0]])
        {
            if (lower.StartsWith(text))
                Hit(entry, miss, hits, found, ref count);
        }
    }

    private static void Hit(Entry entry, Span<float> miss, Span<int> hits, Span<int> found, ref int count)
    {
        if (count == MostHits || found[..count].Contains(entry.Number))
            return;
        found[count++] = entry.Number;
        miss[entry.List] *= 1 - entry.Weight;
        hits[entry.List]++;
    }

    private void Add(string text, Entry entry)
    {
        if (text.Any(c => c >= '\u3400'))
        {
            if (!_chinese.TryGetValue(text[0], out var entries))
                _chinese.Add(text[0], entries = []);
            entries.Add((text, entry));
            _firstCharacters[text[0]] = true;
            return;
        }
        if (!_phrases.TryAdd(text, entry) && _phrases[text].List != entry.List)
            throw new InvalidOperationException($"'{text}' stands in two word lists.");
        uint hash = 0;
        foreach (char c in text.TakeWhile(IsWord))
            hash = Step(hash, c);
        _firstWords[Slot(hash)] = true;
    }

    private int Slot(uint hash) => (int)((hash ^ hash >> 16) & (uint)(_firstWords.Length - 1));

    private static uint Step(uint hash, char c) => (hash ^ c) * 0x01000193u;

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '\'' or '%' or '+';

    private readonly record struct Entry(int Number, int List, float Weight);
}
