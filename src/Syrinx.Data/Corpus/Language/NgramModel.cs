using System.IO.Compression;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Syrinx.Data.Corpus.Language;

/// <summary>
/// Naive Bayes over letter n-grams (1 to 4, word boundaries included) and whole words, hashed into a table: for every bucket a byte
/// per language, the smoothed log-probability above that of an n-gram that was never seen. Immutable and thread-safe.
/// </summary>
internal sealed class NgramModel
{
    /// <summary>Languages at most; a row is one vector.</summary>
    public const int MostLanguages = 32;

    /// <summary>Number of buckets.</summary>
    public const int Buckets = 1 << Bits;

    /// <summary>Natural logarithm per unit of a byte.</summary>
    public const float Step = 0.05f;

    private const int Bits = 14;
    private const int LongestWord = 16;
    // Beyond this many letters the answer does not change any more.
    private const int MaxLetters = 300;
    // The n-grams of one word are not independent: the evidence counts once per so many features.
    private const float Temperature = 3.5f;
    // So many bytes can be added in 16 bits.
    private const int SafeSums = ushort.MaxValue / byte.MaxValue;

    private readonly string[] _languages;
    private readonly byte[] _table;

    /// <summary>Wraps a table.</summary>
    /// <param name="languages">What the columns stand for, 32 at most.</param>
    /// <param name="table">A row of 32 bytes per bucket.</param>
    public NgramModel(string[] languages, byte[] table)
    {
        _languages = languages;
        _table = table;
    }

    /// <summary>Reads a model that is shipped: languages, then the table, packed with Brotli.</summary>
    public static NgramModel Shipped(string alphabet)
    {
        string name = "Labels/" + alphabet + ".ngrams";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program lacks its resource {name}.");
        using var reader = new BinaryReader(new BrotliStream(stream, CompressionMode.Decompress));
        string[] languages = reader.ReadString().Split(' ');
        var columns = new byte[Buckets * languages.Length];
        reader.BaseStream.ReadExactly(columns);
        var table = new byte[Buckets * MostLanguages];
        for (int language = 0; language < languages.Length; language++)
        {
            for (int bucket = 0; bucket < Buckets; bucket++)
                table[bucket * MostLanguages + language] = columns[language * Buckets + bucket];
        }
        return new(languages, table);
    }

    /// <summary>Writes what <see cref="Shipped"/> reads: column by column, which packs better.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true));
        writer.Write(string.Join(' ', _languages));
        for (int language = 0; language < _languages.Length; language++)
        {
            for (int bucket = 0; bucket < Buckets; bucket++)
                writer.Write(_table[bucket * MostLanguages + language]);
        }
    }

    /// <summary>The likeliest language and its posterior probability, 0…1.</summary>
    public (string Lang, float Score) Detect(ReadOnlySpan<char> text)
    {
        Span<int> sum = stackalloc int[MostLanguages];
        sum.Clear();
        Span<int> buckets = stackalloc int[LongestWord * 4 + 16];
        ref byte table = ref MemoryMarshal.GetArrayDataReference(_table);
        Vector256<ushort> low = default, high = default;
        int at = 0, letters = 0, summed = 0;
        while (letters < MaxLetters && NextWord(text, ref at, ref letters, buckets, out int count))
        {
            if (summed + count > SafeSums)
                Flush(ref low, ref high, ref summed, sum);
            foreach (int bucket in buckets[..count])
            {
                var (l, h) = Vector256.Widen(Vector256.LoadUnsafe(ref table, (nuint)(bucket * MostLanguages)));
                low += l;
                high += h;
            }
            summed += count;
        }
        Flush(ref low, ref high, ref summed, sum);
        int best = 0;
        for (int i = 1; i < _languages.Length; i++)
        {
            if (sum[i] > sum[best])
                best = i;
        }
        float norm = 0;
        foreach (int s in sum[.._languages.Length])
            norm += MathF.Exp((s - sum[best]) * Step / Temperature);
        return (_languages[best], 1 / norm);
    }

    private static void Flush(ref Vector256<ushort> low, ref Vector256<ushort> high, ref int summed, Span<int> sum)
    {
        for (int i = 0; i < MostLanguages / 2; i++)
        {
            sum[i] += low[i];
            sum[i + MostLanguages / 2] += high[i];
        }
        (low, high, summed) = (default, default, 0);
    }

    /// <summary>
    /// The features of the next run of letters, apostrophes inside it included; none for a handle or a mask's placeholder
    /// (<c>@user</c>, <c>[link]</c>), which are in no language.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where to go on; moved behind the run.</param>
    /// <param name="letters">Counts the letters.</param>
    /// <param name="buckets">Gets the buckets.</param>
    /// <param name="count">How many.</param>
    public static bool NextWord(ReadOnlySpan<char> text, ref int at, ref int letters, Span<int> buckets, out int count)
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
                word[length++] = c is >= 'a' and <= 'z' ? c : c == '’' ? '\'' : char.ToLowerInvariant(c);
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
        return (int)((hash ^ hash >> 16) & (Buckets - 1));
    }
}
