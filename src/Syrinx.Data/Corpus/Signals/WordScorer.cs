namespace Syrinx.Data.Corpus.Signals;

/// <summary>
/// Scores a text by a weighted word list: 1 − ∏(1 − weight) over the distinct entries found (noisy-or), to the power of a
/// density. English entries match whole words, Chinese ones anywhere. Digits put for letters, and blanks or dots between Chinese
/// characters, are not seen through yet. Immutable and thread-safe.
/// </summary>
internal sealed class WordScorer
{
    private const int LongestPhrase = 6;
    private readonly Dictionary<string, float> _phrases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, float>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Dictionary<char, string[]> _chinese;
    private readonly Dictionary<string, float> _chineseWeights = new(StringComparer.Ordinal);
    private readonly HashSet<string> _prefixes = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _prefixLookup;

    public WordScorer(IReadOnlyList<(string Words, float Weight)> list)
    {
        foreach (var (words, weight) in list)
        {
            foreach (string entry in words.Split('|'))
            {
                if (IsChinese(entry))
                    _chineseWeights.TryAdd(entry, weight);
                else if (_phrases.TryAdd(entry, weight))
                    _prefixes.Add(entry.Split(' ')[0]);
            }
        }
        _lookup = _phrases.GetAlternateLookup<ReadOnlySpan<char>>();
        _prefixLookup = _prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
        _chinese = _chineseWeights.Keys.GroupBy(k => k[0]).ToDictionary(g => g.Key, g => g.ToArray());
    }

    /// <summary>The score, 0…1.</summary>
    /// <param name="lower">The text in lower case.</param>
    /// <param name="density">Weight of a hit, 0…1: 1 for a short text.</param>
    /// <param name="hits">The distinct entries found.</param>
    public float Score(string lower, float density, out int hits)
    {
        HashSet<string>? found = null;
        float miss = 1;
        for (int i = 0; i < lower.Length; i++)
        {
            char c = lower[i];
            if (_chinese.TryGetValue(c, out var entries))
            {
                foreach (string entry in entries)
                {
                    if (string.CompareOrdinal(lower, i, entry, 0, entry.Length) == 0 && (found ??= []).Add(entry))
                        miss *= 1 - _chineseWeights[entry];
                }
            }
            if (IsWord(c) && (i == 0 || !IsWord(lower[i - 1])))
                MatchPhrases(lower, i, ref found, ref miss);
        }
        hits = found?.Count ?? 0;
        return 1 - MathF.Pow(miss, density);
    }

    private void MatchPhrases(string lower, int start, ref HashSet<string>? found, ref float miss)
    {
        int end = start;
        for (int words = 1; words <= LongestPhrase; words++)
        {
            while (end < lower.Length && IsWord(lower[end]))
                end++;
            var phrase = lower.AsSpan(start, end - start);
            if (words == 1 && !_prefixLookup.Contains(phrase))
                return;
            if (_lookup.TryGetValue(phrase, out string? entry, out float weight) && (found ??= []).Add(entry))
                miss *= 1 - weight;
            if (end + 1 >= lower.Length || lower[end] != ' ' || !IsWord(lower[end + 1]))
                return;
            end++;
        }
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '\'' or '%' or '+';

    private static bool IsChinese(string entry) => entry.Any(c => c >= '\u3400');
}
