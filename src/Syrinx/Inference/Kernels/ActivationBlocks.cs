using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Syrinx.Models;

namespace Syrinx.Inference.Kernels;

/// <summary>How the integers of activations lie, as the instructions at hand want them.</summary>
internal enum ActivationLayout
{
    /// <summary>As bytes, in the order of <see cref="BlockPanels"/>' steps.</summary>
    Bytes,

    /// <summary>As 16-bit words in the same order, of every four the first, third, second, fourth.</summary>
    Words,
}

/// <summary>
/// Activations as integers of −127 … 127 in blocks of 32 with one scale each: value = scale · integer, scale = largest
/// magnitude / 127. Tokens are kept in tiles of 8, 4 or 1, within which what a product needs next lies together. A block of a
/// tile: for each step, each token's integers; then each token's scale; then, for each, what makes up for weights that lie 128
/// too high, −128 · Σ integers, and 8 too high.
/// </summary>
internal sealed unsafe class ActivationBlocks(ActivationLayout layout)
{
    private PinnedBuffer<byte> _bytes = new(0);

    public byte* Pointer => _bytes.Pointer;

    /// <summary>Bytes of a token's integers in one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int StepBytes(ActivationLayout layout) => layout == ActivationLayout.Bytes ? 8 : 16;

    /// <summary>Bytes of a token's block.</summary>
    public static int BlockBytes(ActivationLayout layout) => BlockPanels.Steps * StepBytes(layout) + TailBytes;

    /// <summary>Bytes of a token's scale and biases in a block.</summary>
    public const int TailBytes = sizeof(float) + 2 * sizeof(int);

    /// <summary>Tokens of the tile that begins where so many are left.</summary>
    public static int Tile(int left) => left >= 8 ? 8 : left >= 4 ? 4 : 1;

    /// <summary>Makes room.</summary>
    public void Reserve(int tokens, int inner)
    {
        long bytes = (long)tokens * inner / QuantizedBlocks.Length * BlockBytes(layout);
        if (_bytes.Length < bytes)
            _bytes = new(bytes);
    }

    /// <summary>Quantizes one token of several.</summary>
    /// <param name="x">Its numbers.</param>
    /// <param name="inner">How many, a multiple of 32.</param>
    /// <param name="token">Which it is.</param>
    /// <param name="tokens">How many there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Quantize(float* x, int inner, int token, int tokens)
    {
        int first = 0, tile = Tile(tokens);
        while (token >= first + tile)
        {
            first += tile;
            tile = Tile(tokens - first);
        }
        int lane = token - first, step = StepBytes(layout), block = BlockBytes(layout);
        byte* to = _bytes.Pointer + (long)first * (inner / QuantizedBlocks.Length) * block;
        short* ordered = stackalloc short[QuantizedBlocks.Length];
        for (int b = 0; b < inner / QuantizedBlocks.Length; b++, x += QuantizedBlocks.Length, to += tile * block)
        {
            var (low, high) = (Vector512.Load(x), Vector512.Load(x + 16));
            float scale = Lanes.Max(Vector512.Max(Vector512.Abs(low), Vector512.Abs(high))) / 127;
            var inverse = Vector512.Create(scale > 0 ? 1 / scale : 0);
            var a = Vector512.ConvertToInt32Native(Vector512.Round(low * inverse));
            var c = Vector512.ConvertToInt32Native(Vector512.Round(high * inverse));
            byte* tail = to + BlockPanels.Steps * tile * step;
            int sum = Vector512.Sum(a + c);
            ((float*)tail)[lane] = scale;
            ((int*)tail)[tile + lane] = -128 * sum;
            ((int*)tail)[2 * tile + lane] = -8 * sum;

            var words = Vector512.Narrow(a, c);
            if (layout == ActivationLayout.Words)
                Vector512.Shuffle(words, WordOrder).Store(ordered);
            else
                Vector256.Narrow(Vector512.Shuffle(words, ByteOrder).GetLower(), Vector512.Shuffle(words, ByteOrder).GetUpper())
                    .Store((sbyte*)ordered);
            for (int s = 0; s < BlockPanels.Steps; s++)
            {
                byte* place = to + (s * tile + lane) * step;
                if (layout == ActivationLayout.Words)
                    *(Vector128<short>*)place = ((Vector128<short>*)ordered)[s];
                else
                    *(ulong*)place = ((ulong*)ordered)[s];
            }
        }
    }

    // inlined, so that the compiler knows the order: one that it does not know costs many instructions a block
    private static Vector512<short> ByteOrder
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
    }

    private static Vector512<short> WordOrder
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0, 2, 1, 3, 16, 18, 17, 19, 4, 6, 5, 7, 20, 22, 21, 23, 8, 10, 9, 11, 24, 26, 25, 27, 12, 14, 13, 15, 28, 30, 29, 31);
    }
}
