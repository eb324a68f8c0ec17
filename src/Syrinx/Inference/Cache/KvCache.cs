using System.Runtime.CompilerServices;
using Syrinx.Inference.Kernels;

namespace Syrinx.Inference;

/// <summary>
/// Keys and values of the positions that a sequence has been read up to, in pages of a <see cref="KvPagePool"/>. For one thread
/// at a time, but for <see cref="Store"/>.
/// </summary>
internal sealed unsafe class KvCache(KvPagePool pool) : IDisposable
{
    private readonly List<nint> _pages = [];

    /// <summary>Positions that are filled.</summary>
    public int Length { get; set; }

    public long Bytes => _pages.Count * pool.PageBytes;

    public KvPagePool Pool => pool;

    /// <summary>The pages, in order of their positions.</summary>
    public IReadOnlyList<nint> Pages => _pages;

    /// <summary>Makes room for positions up to <paramref name="length"/>.</summary>
    public void Reserve(int length)
    {
        while (_pages.Count * KvPagePool.PageTokens < length)
            _pages.Add(pool.Rent());
    }

    /// <summary>Goes on after pages that others have filled; nothing must be in the cache yet.</summary>
    public void Begin(IEnumerable<nint> filled)
    {
        _pages.AddRange(filled);
        Length = _pages.Count * KvPagePool.PageTokens;
    }

    /// <summary>Puts another page with the same content into a page's place.</summary>
    public void Replace(int index, nint page) => _pages[index] = page;

    /// <summary>Forgets the pages without giving them back.</summary>
    public void Release()
    {
        _pages.Clear();
        Length = 0;
    }

    /// <summary>Stores the key and the value of a position. Positions may be stored at once by several threads.</summary>
    public void Store(int layer, int head, int position, float* key, float* value)
    {
        byte* at = pool.Head(_pages[position / KvPagePool.PageTokens], layer, head);
        int slot = position % KvPagePool.PageTokens, w = pool.HeadSize;
        if (pool.Type == CacheType.F32)
            StoreFloats((float*)at, key, value, slot, w);
        else
            StoreHalves((Half*)at, key, value, slot, w);
    }

    /// <summary>Gives the pages back.</summary>
    public void Dispose()
    {
        foreach (nint page in _pages)
            pool.Return(page);
        Release();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreHalves(Half* page, float* key, float* value, int slot, int w)
    {
        const int Most = 512;
        Half* halves = stackalloc Half[Most];
        for (int d = 0; d < w; d += Most)
        {
            int n = Math.Min(Most, w - d);
            Halves.Round(key + d, halves, n);
            Half* to = page + KeyAt(slot, d, w);
            for (int i = 0; i < n; i++)
                to[i * Attention.Width] = halves[i];
        }
        Halves.Round(value, page + KvPagePool.PageTokens * w + slot * pool.ValueStride, w);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreFloats(float* page, float* key, float* value, int slot, int w)
    {
        float* to = page + KeyAt(slot, 0, w);
        for (int d = 0; d < w; d++)
            to[d * Attention.Width] = key[d];
        new ReadOnlySpan<float>(value, w).CopyTo(
            new Span<float>(page + KvPagePool.PageTokens * w + slot * pool.ValueStride, w));
    }

    private static int KeyAt(int slot, int d, int w) => slot / Attention.Width * Attention.Width * w + d * Attention.Width + slot % Attention.Width;
}
