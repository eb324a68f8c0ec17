using System.Runtime.InteropServices;

namespace Syrinx.Data.Sample.World;

/// <summary>
/// Keeps generated texts apart: refuses one that shares most of its 5-character shingles with an earlier one. Candidates
/// agree in one of four pairs of MinHash values (Broder, 1997), which nine in ten of texts as alike as
/// <see cref="TooAlike"/> do, and are then compared exactly.
/// </summary>
internal sealed class NearDuplicateGuard
{
    private const int Length = 5;
    private const int Bands = 4; // of two hashes each
    private const double TooAlike = 0.66;

    private readonly Dictionary<ulong, List<int>> _buckets = [];
    private readonly List<ulong[]> _texts = [];

    /// <summary>Whether a text is unlike all accepted ones; if so it becomes one of them.</summary>
    public bool Accepts(string text)
    {
        ulong[] shingles = Shingles(text);
        Span<ulong> keys = stackalloc ulong[Bands];
        Span<ulong> least = stackalloc ulong[Bands * 2];
        least.Fill(ulong.MaxValue);
        foreach (ulong shingle in shingles)
        {
            for (int h = 0; h < least.Length; h++)
                least[h] = Math.Min(least[h], (shingle ^ ((ulong)h * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93);
        }
        for (int b = 0; b < Bands; b++)
            keys[b] = least[2 * b] * 31 + least[2 * b + 1] + (ulong)b;
        foreach (ulong key in keys)
        {
            if (!_buckets.TryGetValue(key, out var bucket))
                continue;
            // The latest of a full bucket are enough: the guard need not be perfect, but it must be quick.
            for (int i = bucket.Count - 1; i >= Math.Max(0, bucket.Count - 24); i--)
            {
                if (Jaccard(shingles, _texts[bucket[i]]) > TooAlike)
                    return false;
            }
        }
        foreach (ulong key in keys)
            (CollectionsMarshal.GetValueRefOrAddDefault(_buckets, key, out _) ??= []).Add(_texts.Count);
        _texts.Add(shingles);
        return true;
    }

    /// <summary>Hashes of the text's shingles, sorted, each once.</summary>
    internal static ulong[] Shingles(string text)
    {
        int count = Math.Max(1, text.Length - Length + 1);
        var all = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            ulong hash = 14695981039346656037;
            for (int j = i; j < Math.Min(text.Length, i + Length); j++)
                hash = (hash ^ text[j]) * 1099511628211;
            all[i] = hash;
        }
        Array.Sort(all);
        int kept = 1;
        for (int i = 1; i < all.Length; i++)
        {
            if (all[i] != all[kept - 1])
                all[kept++] = all[i];
        }
        return all[..kept];
    }

    /// <summary>Shared shingles by all shingles, of two sorted lists.</summary>
    internal static double Jaccard(ulong[] a, ulong[] b)
    {
        int i = 0, j = 0, shared = 0;
        while (i < a.Length && j < b.Length)
        {
            if (a[i] == b[j])
            {
                shared++;
                i++;
                j++;
            }
            else if (a[i] < b[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }
        return (double)shared / (a.Length + b.Length - shared);
    }
}
