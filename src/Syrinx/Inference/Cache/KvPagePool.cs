using Syrinx.Inference.Kernels;

namespace Syrinx.Inference;

/// <summary>How keys and values are kept.</summary>
public enum CacheType
{
    /// <summary>16-bit floating point, half the memory to read.</summary>
    F16,

    /// <summary>32-bit floating point, as they were computed.</summary>
    F32,
}

/// <summary>
/// Memory for keys and values, in pages of <see cref="PageTokens"/> positions of all layers and heads. Within a page, for each layer
/// and head: the keys in blocks of 16 positions, number d of all 16 before number d + 1, so that scores of 16
/// positions are summed up side by side; then the values, one position after the other, padded with zeros. Safe to
/// share between threads.
/// </summary>
internal sealed unsafe class KvPagePool(int layers, int heads, int headSize, CacheType type)
{
    /// <summary>Positions of a page.</summary>
    public const int PageTokens = 32;

    private const int SlabPages = 16;

    private readonly Lock _lock = new();
    private readonly Stack<nint> _free = new();
    private readonly List<LargeBuffer> _slabs = [];

    public CacheType Type => type;

    public int HeadSize => headSize;

    /// <summary>Numbers from one value to the next.</summary>
    public int ValueStride { get; } = Attention.Padded(headSize);

    /// <summary>Bytes of a page.</summary>
    public long PageBytes { get; } = (long)layers * heads * PageTokens * (headSize + Attention.Padded(headSize)) * Bytes(type);

    /// <summary>Pages in use.</summary>
    public int Used { get; private set; }

    /// <summary>A page; what is in it is whatever was there.</summary>
    public nint Rent()
    {
        lock (_lock)
        {
            if (_free.Count == 0)
            {
                var slab = new LargeBuffer(SlabPages * PageBytes);
                _slabs.Add(slab);
                for (int i = SlabPages - 1; i >= 0; i--)
                    _free.Push((nint)(slab.Pointer + i * PageBytes));
            }
            Used++;
            return _free.Pop();
        }
    }

    public void Return(nint page)
    {
        lock (_lock)
        {
            Used--;
            _free.Push(page);
        }
    }

    /// <summary>The keys of a layer's head in a page; its values follow.</summary>
    public byte* Head(nint page, int layer, int head) =>
        (byte*)page + ((long)layer * heads + head) * PageTokens * (headSize + ValueStride) * Bytes(type);

    private static int Bytes(CacheType type) => type == CacheType.F16 ? 2 : 4;
}
