using System.Numerics;

namespace Syrinx.Data.Corpus.Duplicates;

/// <summary>
/// MinHash with locality-sensitive banding (Broder 1997; FineWeb's 14 bands of 8 rows): two sets of Jaccard similarity s share a
/// band with probability 1 − (1 − s⁸)¹⁴, that is 0.92 at 0.8, 0.65 at 0.72 and 0.05 at 0.5. Candidates are verified by
/// <see cref="Shingles.Jaccard"/> afterwards. Thread-safe.
/// </summary>
internal static class MinHash
{
    /// <summary>Bands; one in common makes a candidate.</summary>
    public const int Bands = 14;

    /// <summary>Rows in a band; all must agree.</summary>
    public const int Rows = 8;

    private const int Hashes = Bands * Rows;

    // h(x) = a·x + b mod 2³² with odd a, of x that is well mixed already; a fixed seed, so that bands are the same everywhere.
    private static readonly uint[] A = Randoms(0x9E3779B97F4A7C15UL, odd: true);
    private static readonly uint[] B = Randoms(0xC2B2AE3D27D4EB4FUL, odd: false);

    /// <summary>A hash per band, or none for an empty set.</summary>
    public static ulong[] BandsOf(ReadOnlySpan<uint> shingles)
    {
        if (shingles.IsEmpty)
            return [];
        Span<uint> minima = stackalloc uint[Hashes];
        Minima(shingles, minima);
        var bands = new ulong[Bands];
        for (int band = 0; band < Bands; band++)
        {
            ulong hash = (ulong)(band + 1) * 0x9E3779B97F4A7C15UL;
            foreach (uint minimum in minima.Slice(band * Rows, Rows))
            {
                hash = (hash ^ minimum) * 0xD6E8FEB86659FD93UL;
                hash ^= hash >> 32;
            }
            bands[band] = hash;
        }
        return bands;
    }

    /// <summary>The least value of each hash function over the set; four vectors of functions at a time stay in
    /// registers.</summary>
    internal static void Minima(ReadOnlySpan<uint> shingles, Span<uint> minima)
    {
        int width = Vector<uint>.Count;
        int i = 0;
        for (; i + 4 * width <= Hashes; i += 4 * width)
        {
            Vector<uint> a0 = new(A, i), a1 = new(A, i + width), a2 = new(A, i + 2 * width), a3 = new(A, i + 3 * width);
            Vector<uint> b0 = new(B, i), b1 = new(B, i + width), b2 = new(B, i + 2 * width), b3 = new(B, i + 3 * width);
            Vector<uint> m0 = new(uint.MaxValue), m1 = m0, m2 = m0, m3 = m0;
            foreach (uint shingle in shingles)
            {
                var x = new Vector<uint>(shingle);
                m0 = Vector.Min(m0, a0 * x + b0);
                m1 = Vector.Min(m1, a1 * x + b1);
                m2 = Vector.Min(m2, a2 * x + b2);
                m3 = Vector.Min(m3, a3 * x + b3);
            }
            m0.CopyTo(minima[i..]);
            m1.CopyTo(minima[(i + width)..]);
            m2.CopyTo(minima[(i + 2 * width)..]);
            m3.CopyTo(minima[(i + 3 * width)..]);
        }
        for (; i < Hashes; i++)
        {
            uint minimum = uint.MaxValue;
            foreach (uint shingle in shingles)
                minimum = Math.Min(minimum, A[i] * shingle + B[i]);
            minima[i] = minimum;
        }
    }

    // splitmix64 (Steele, Lea, Flood 2014)
    private static uint[] Randoms(ulong state, bool odd)
    {
        var values = new uint[Hashes];
        for (int i = 0; i < Hashes; i++)
        {
            state += 0x9E3779B97F4A7C15UL;
            ulong z = (state ^ state >> 30) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ z >> 27) * 0x94D049BB133111EBUL;
            values[i] = (uint)((z ^ z >> 31) >> 32) | (odd ? 1u : 0);
        }
        return values;
    }
}
