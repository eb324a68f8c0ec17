using System.Runtime.InteropServices;

namespace Syrinx.Data.Corpus.Duplicates;

/// <summary>
/// The set of a text's shingles: every run of five characters, hashed to 32 bits. Five characters rather than five words, because
/// the median post has 6 to 20 words and a Chinese one no blanks.
/// </summary>
internal static class Shingles
{
    /// <summary>Characters in a shingle; a shorter text has none and is compared exactly only.</summary>
    public const int Size = 5;

    /// <summary>The distinct hashes, ascending.</summary>
    /// <param name="normalized">A text as <see cref="Text.TextNormalizer"/> leaves it.</param>
    public static uint[] Of(ReadOnlySpan<char> normalized)
    {
        if (normalized.Length < Size)
            return [];
        var hashes = new uint[normalized.Length - Size + 1];
        Hash(normalized, hashes);
        Array.Sort(hashes);
        int distinct = 1;
        for (int i = 1; i < hashes.Length; i++)
        {
            if (hashes[i] != hashes[distinct - 1])
                hashes[distinct++] = hashes[i];
        }
        return hashes.AsSpan(0, distinct).ToArray();
    }

    /// <summary>The hash of every run of five characters, in the text's order, repeated ones too.</summary>
    public static void Hash(ReadOnlySpan<char> normalized, Span<uint> hashes)
    {
        for (int i = 0; i + Size <= normalized.Length; i++)
            hashes[i] = Hash(normalized.Slice(i, Size));
    }

    /// <summary>|A ∩ B| / |A ∪ B| of two ascending sets; 0 when both are empty.</summary>
    public static double Jaccard(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        int i = 0, j = 0, common = 0;
        while (i < a.Length && j < b.Length)
        {
            uint x = a[i], y = b[j];
            common += x == y ? 1 : 0;
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }
        int union = a.Length + b.Length - common;
        return union == 0 ? 0 : (double)common / union;
    }

    private static uint Hash(ReadOnlySpan<char> shingle)
    {
        ulong first = MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(shingle));
        ulong hash = (first ^ shingle[4] * 0x9E3779B97F4A7C15UL) * 0xD6E8FEB86659FD93UL;
        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93UL;
        return (uint)(hash >> 32);
    }
}
