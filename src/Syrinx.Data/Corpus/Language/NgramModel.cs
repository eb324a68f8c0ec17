using System.Numerics;

namespace Syrinx.Data.Corpus.Language;

/// <summary>
/// Naive Bayes over letter n-grams (1 to 4, word boundaries included) and whole words, hashed into a table: for every bucket the
/// smoothed log-probability in each language. Counted once from seed texts; immutable and thread-safe.
/// </summary>
internal sealed class NgramModel
{
    private const int Bits = 16;
    private const int LongestWord = 16;
    // Beyond this many letters the answer does not change any more.
    private const int MaxLetters = 600;
    // Words of the list are worth this many occurrences in the sentences.
    private const float WordWeight = 4;
    private const float Smoothing = 0.3f;
    private const float CountPerLanguage = 20_000;
    // The n-grams of one word are not independent: the evidence counts once per so many features.
    private const float Temperature = 3.5f;

    private readonly string[] _languages;
    private readonly int _stride;
    private readonly float[] _log;

    public NgramModel(IReadOnlyList<(string Lang, string Words, string Text)> seeds)
    {
        _languages = [.. seeds.Select(s => s.Lang)];
        _stride = (seeds.Count + 15) / 16 * 16;
        var table = new float[(1 << Bits) * _stride];
        Span<int> buckets = stackalloc int[LongestWord * 4 + 16];
        for (int language = 0; language < seeds.Count; language++)
        {
            Count(seeds[language].Text, 1, buckets);
            Count(seeds[language].Words, WordWeight, buckets);

            // every language's counts are brought to the same total, so that an unseen n-gram says nothing
            double total = 0;
            for (int b = language; b < table.Length; b += _stride)
                total += table[b];
            for (int b = language; b < table.Length; b += _stride)
                table[b] = MathF.Log((float)(table[b] * CountPerLanguage / total) + Smoothing);

            void Count(string text, float weight, Span<int> buckets)
            {
                int at = 0, letters = 0;
                while (NextWord(text, ref at, ref letters, buckets, out int count))
                {
                    foreach (int bucket in buckets[..count])
                        table[bucket * _stride + language] += weight;
                }
            }
        }
        _log = table;
    }

    /// <summary>The likeliest language and its posterior probability, 0…1.</summary>
    public (string Lang, float Score) Detect(ReadOnlySpan<char> text)
    {
        Span<float> sum = stackalloc float[_stride];
        sum.Clear();
        Span<int> buckets = stackalloc int[LongestWord * 4 + 16];
        int at = 0, letters = 0;
        while (letters < MaxLetters && NextWord(text, ref at, ref letters, buckets, out int count))
        {
            foreach (int bucket in buckets[..count])
            {
                var row = _log.AsSpan(bucket * _stride, _stride);
                for (int i = 0; i < row.Length; i += Vector<float>.Count)
                    (new Vector<float>(sum[i..]) + new Vector<float>(row[i..])).CopyTo(sum[i..]);
            }
        }
        int best = 0;
        for (int i = 1; i < _languages.Length; i++)
        {
            if (sum[i] > sum[best])
                best = i;
        }
        float norm = 0;
        foreach (float s in sum[.._languages.Length])
            norm += MathF.Exp((s - sum[best]) / Temperature);
        return (_languages[best], 1 / norm);
    }

    /// <summary>
    /// The features of the next run of letters, apostrophes inside it included; none for a handle or a mask's placeholder
    /// (<c>@user</c>, <c>[link]</c>), which are in no language.
    /// </summary>
    private static bool NextWord(ReadOnlySpan<char> text, ref int at, ref int letters, Span<int> buckets, out int count)
    {
        count = 0;
        while (at < text.Length && !char.IsLetter(text[at]))
            at++;
        if (at >= text.Length)
            return false;

        int start = at;
        Span<char> word = stackalloc char[LongestWord + 2];
        int length = 0;
        word[length++] = '<';
        for (; at < text.Length; at++)
        {
            char c = text[at];
            if (!char.IsLetter(c) && !(c is '\'' or '’' && at + 1 < text.Length && char.IsLetter(text[at + 1])))
                break;
            letters++;
            if (length <= LongestWord)
                word[length++] = c == '’' ? '\'' : char.ToLowerInvariant(c);
        }
        if (start > 0 && (text[start - 1] == '@' || text[start - 1] == '[' && at < text.Length && text[at] == ']'))
            return true;
        word[length++] = '>';
        for (int i = 0; i < length; i++)
        {
            uint hash = 0;
            for (int n = 1; n <= 4 && i + n <= length; n++)
            {
                hash = (hash ^ word[i + n - 1]) * 0x9E3779B1u;
                hash ^= hash >> 15;
                if (n > 1 || i > 0 && i < length - 1)
                    buckets[count++] = Bucket(hash, n);
            }
        }
        uint whole = 17;
        foreach (char c in word[..length])
            whole = (whole ^ c) * 0x85EBCA6Bu + (whole >> 13);
        buckets[count++] = Bucket(whole, 9);
        return true;
    }

    private static int Bucket(uint hash, int kind)
    {
        hash = (hash ^ (uint)kind) * 0xC2B2AE35u;
        return (int)((hash ^ hash >> 16) & ((1 << Bits) - 1));
    }
}
