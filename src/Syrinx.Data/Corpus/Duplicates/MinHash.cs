using System.Numerics;
using System.Runtime.Intrinsics;

namespace Syrinx.Data.Corpus.Duplicates;

/// <summary>
/// MinHash with locality-sensitive banding (Broder 1997; FineWeb's 14 bands of 8 rows): two sets of Jaccard similarity s share a
/// band with probability 1 − (1 − s⁸)¹⁴, that is 0.92 at 0.8, 0.56 at 0.7 and 0.05 at 0.5. Candidates are verified by
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

    /// <summary>A hash per band, never 0; all 0 for an empty set. Shingles may repeat.</summary>
    public static void Write(ReadOnlySpan<uint> shingles, Span<ulong> bands)
    {
        bands[..Bands].Clear();
        if (shingles.IsEmpty)
            return;
        Span<uint> minima = stackalloc uint[Hashes];
        Minima(shingles, minima);
        for (int band = 0; band < Bands; band++)
        {
            ulong hash = (ulong)(band + 1) * 0x9E3779B97F4A7C15UL;
            foreach (uint minimum in minima.Slice(band * Rows, Rows))
            {
                hash = (hash ^ minimum) * 0xD6E8FEB86659FD93UL;
                hash ^= hash >> 32;
            }
            bands[band] = Math.Max(1, hash);
        }
    }

    /// <summary>The least value of each hash function over the set; a group of functions at a time stays in
    /// registers.</summary>
    internal static void Minima(ReadOnlySpan<uint> shingles, Span<uint> minima)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            All(shingles, minima);
            return;
        }
        int width = Vector<uint>.Count, at = 0;
        for (; at + 4 * width <= Hashes; at += 4 * width)
            Four(shingles, minima[at..], at, width);
        Rest(shingles, minima, at);
    }

    // 7 vectors of 16 are the 112 functions: minima, factors and addends together fit into the 32 registers.
    private static void All(ReadOnlySpan<uint> shingles, Span<uint> minima)
    {
        static Vector512<uint> V(uint[] of, int v) => Vector512.Create(of.AsSpan(16 * v, 16));
        Vector512<uint> a0 = V(A, 0), a1 = V(A, 1), a2 = V(A, 2), a3 = V(A, 3), a4 = V(A, 4), a5 = V(A, 5), a6 = V(A, 6);
        Vector512<uint> b0 = V(B, 0), b1 = V(B, 1), b2 = V(B, 2), b3 = V(B, 3), b4 = V(B, 4), b5 = V(B, 5), b6 = V(B, 6);
        Vector512<uint> m0 = Vector512<uint>.AllBitsSet, m1 = m0, m2 = m0, m3 = m0, m4 = m0, m5 = m0, m6 = m0;
        foreach (uint shingle in shingles)
        {
            var x = Vector512.Create(shingle);
            m0 = Vector512.Min(m0, a0 * x + b0);
            m1 = Vector512.Min(m1, a1 * x + b1);
            m2 = Vector512.Min(m2, a2 * x + b2);
            m3 = Vector512.Min(m3, a3 * x + b3);
            m4 = Vector512.Min(m4, a4 * x + b4);
            m5 = Vector512.Min(m5, a5 * x + b5);
            m6 = Vector512.Min(m6, a6 * x + b6);
        }
        m0.CopyTo(minima);
        m1.CopyTo(minima[16..]);
        m2.CopyTo(minima[32..]);
        m3.CopyTo(minima[48..]);
        m4.CopyTo(minima[64..]);
        m5.CopyTo(minima[80..]);
        m6.CopyTo(minima[96..]);
    }

    private static void Four(ReadOnlySpan<uint> shingles, Span<uint> minima, int i, int width)
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
        m0.CopyTo(minima);
        m1.CopyTo(minima[width..]);
        m2.CopyTo(minima[(2 * width)..]);
        m3.CopyTo(minima[(3 * width)..]);
    }

    /// <summary>The plain formula, for the functions from the <paramref name="from"/>th on.</summary>
    internal static void Rest(ReadOnlySpan<uint> shingles, Span<uint> minima, int from)
    {
        for (int i = from; i < Hashes; i++)
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
