using System.Runtime.CompilerServices;
using Syrinx.Inference.Kernels;

namespace Syrinx.Inference;

/// <summary>
/// Keys and values of the positions that a sequence has been read up to, one buffer a layer and head, grown as needed.
/// Values lie one position after the other. Keys lie in blocks of 16 positions, within which number d of all 16 comes
/// before number d + 1: scores of 16 positions are then summed up side by side, without a horizontal sum.
/// </summary>
internal sealed unsafe class KvCache(int layers, int heads, int headSize)
{
    public const int Block = 16;

    private readonly PinnedBuffer<float>[] _keys = New(layers * heads);
    private readonly PinnedBuffer<float>[] _values = New(layers * heads);
    private int _capacity;

    /// <summary>Positions that are filled.</summary>
    public int Length { get; set; }

    public long Bytes => 2L * layers * heads * headSize * _capacity * sizeof(float);

    public float* Keys(int layer, int head) => _keys[layer * heads + head].Pointer;

    public float* Values(int layer, int head) => _values[layer * heads + head].Pointer;

    /// <summary>Makes room for positions up to <paramref name="length"/>; pointers got before are no longer valid.</summary>
    public void Reserve(int length, int most)
    {
        if (length <= _capacity)
            return;
        int capacity = Math.Min(Math.Max(length, _capacity * 2), Math.Max(length, most));
        capacity = (capacity + 4 * Block - 1) / (4 * Block) * (4 * Block);
        for (int i = 0; i < _keys.Length; i++)
        {
            _keys[i] = Grown(_keys[i], capacity);
            _values[i] = Grown(_values[i], capacity);
        }
        _capacity = capacity;
    }

    /// <summary>Stores the key and the value of a position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Store(int layer, int head, int position, float* key, float* value)
    {
        float* keys = Keys(layer, head) + (long)(position / Block) * Block * headSize + position % Block;
        for (int d = 0; d < headSize; d++)
            keys[d * Block] = key[d];
        new ReadOnlySpan<float>(value, headSize).CopyTo(
            new Span<float>(Values(layer, head) + (long)position * headSize, headSize));
    }

    private PinnedBuffer<float> Grown(PinnedBuffer<float> old, int capacity)
    {
        var grown = new PinnedBuffer<float>((long)capacity * headSize);
        old.Span.CopyTo(grown.Span);
        return grown;
    }

    private static PinnedBuffer<float>[] New(int count)
    {
        var empty = new PinnedBuffer<float>(0);
        var buffers = new PinnedBuffer<float>[count];
        Array.Fill(buffers, empty);
        return buffers;
    }
}
