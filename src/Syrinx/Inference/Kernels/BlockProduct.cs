using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Syrinx.Models;

namespace Syrinx.Inference.Kernels;

/// <summary>
/// Y = X · Wᵀ for W in <see cref="BlockPanels"/> and X in <see cref="ActivationBlocks"/>. Each lane sums up one output of
/// one token, block after block: scale of the weights · scale of the activations · integer dot product. The order and the
/// roundings are the same whatever the instructions, the number of tokens and the threads, and so are the bits.
/// </summary>
internal abstract unsafe class BlockProduct
{
    /// <summary>How activations must lie.</summary>
    public abstract ActivationLayout Layout { get; }

    /// <summary>Multiplies one panel with all tokens.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="blocks">Blocks of a row.</param>
    /// <param name="x">The activations, tile after tile.</param>
    /// <param name="tokens">How many tokens.</param>
    /// <param name="y">Output of the panel's first row for the first token; 16 numbers are written.</param>
    /// <param name="yStride">Numbers from one token's outputs to the next's.</param>
    /// <param name="add">Whether to add to Y instead of replacing it.</param>
    public abstract void Multiply(byte* panel, int blocks, byte* x, int tokens, float* y, long yStride, bool add);

    /// <summary>The product for a format and instructions.</summary>
    public static BlockProduct For(TensorType format, Isa isa) => (format, isa) switch
    {
        (TensorType.Q8, Isa.Scalar) => Product<Q8Words<Simd1, int, float>, Simd1, int, float>.Instance,
        (TensorType.Q4, Isa.Scalar) => Product<Q4Bytes<Simd1, int, float>, Simd1, int, float>.Instance,
        (TensorType.Q8, Isa.Avx2) => In256<Q8Words<Simd256, Vector256<int>, Vector256<float>>>(),
        (TensorType.Q4, Isa.Avx2) => In256<Q4Bytes<Simd256, Vector256<int>, Vector256<float>>>(),
        (TensorType.Q8, Isa.AvxVnni) => In256<Q8Vnni>(),
        (TensorType.Q4, Isa.AvxVnni) => In256<Q4Vnni>(),
        (TensorType.Q8, _) => In512<Q8Words<Simd512, Vector512<int>, Vector512<float>>>(),
        _ => In512<Q4Bytes<Simd512, Vector512<int>, Vector512<float>>>(),
    };

    private static BlockProduct In256<TDot>() where TDot : struct, IBlockDot<Vector256<int>> =>
        Product<TDot, Simd256, Vector256<int>, Vector256<float>>.Instance;

    private static BlockProduct In512<TDot>() where TDot : struct, IBlockDot<Vector512<int>> =>
        Product<TDot, Simd512, Vector512<int>, Vector512<float>>.Instance;

    private sealed class Product<TDot, TSimd, TInt, TFloat> : BlockProduct
        where TDot : struct, IBlockDot<TInt>
        where TSimd : struct, ISimd<TInt, TFloat>
        where TInt : struct
        where TFloat : struct
    {
        public static readonly Product<TDot, TSimd, TInt, TFloat> Instance = new();

        /// <summary>Bytes ahead that are asked for: what memory takes to answer.</summary>
        private const int Ahead = 6144;

        public override ActivationLayout Layout => TDot.Layout;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Multiply(byte* panel, int blocks, byte* x, int tokens, float* y, long yStride, bool add)
        {
            int tile;
            for (int token = 0; token < tokens; token += tile)
            {
                tile = ActivationBlocks.Tile(tokens - token);
                byte* tokenX = x + (long)token * blocks * ActivationBlocks.BlockBytes(TDot.Layout);
                float* tokenY = y + token * yStride;
                for (int lane = 0; lane < BlockPanels.Rows; lane += TSimd.Count)
                {
                    byte* weights = panel + lane * 4;
                    if (tile == 8)
                        Tile8(weights, lane, blocks, tokenX, tokenY + lane, yStride, add);
                    else if (tile == 4)
                        Tile4(weights, lane, blocks, tokenX, tokenY + lane, yStride, add);
                    else
                        Tile1(weights, lane, blocks, tokenX, tokenY + lane, add);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TFloat Add(TFloat sum, TInt dot, TFloat scale, int* bias, float* xScale) => TSimd.MultiplyAdd(
            TSimd.ToFloat(TSimd.AddInts(TDot.Finish(dot), TSimd.Broadcast(*bias))), TSimd.Multiply(scale, TSimd.Broadcast(*xScale)), sum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Store(TFloat sum, float* y, bool add) => TSimd.Store(add ? TSimd.Add(TSimd.Load(y), sum) : sum, y);

        /// <summary>The scales of two blocks, which come before them.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Half* TakeScales(ref byte* weights, int lane)
        {
            var scales = (Half*)(weights - 2 * lane);
            weights += BlockPanels.ScaleBytes;
            return scales;
        }

        /// <summary>Asks for a block's cache lines. Without a loop: the fewer branches, the better the last one is foreseen.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Prefetch(byte* block, int step)
        {
            if (!Sse.IsSupported)
                return;
            Sse.Prefetch0(block);
            Sse.Prefetch0(block + step);
            Sse.Prefetch0(block + 2 * step);
            Sse.Prefetch0(block + 3 * step);
            if (step == 64)
                return;
            Sse.Prefetch0(block + 64);
            Sse.Prefetch0(block + step + 64);
            Sse.Prefetch0(block + 2 * step + 64);
            Sse.Prefetch0(block + 3 * step + 64);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Tile1(byte* weights, int lane, int blocks, byte* x, float* y, bool add)
        {
            int step = BlockPanels.StepBytes(TDot.Format), xStep = ActivationBlocks.StepBytes(TDot.Layout),
                bias = TDot.Format == TensorType.Q8 ? 1 : 2;
            Half* scales = null;
            var sum = TSimd.Zero;
            for (int b = 0; b < blocks; b++)
            {
                scales = b % 2 == 0 ? TakeScales(ref weights, lane) : scales + BlockPanels.Rows;
                Prefetch(weights + Ahead, step);
                if (Sse.IsSupported)
                    Sse.Prefetch0(scales + Ahead / sizeof(Half));
                TInt dot = TDot.Dot(default, TDot.Load(weights), x);
                dot = TDot.Dot(dot, TDot.Load(weights + step), x + xStep);
                dot = TDot.Dot(dot, TDot.Load(weights + 2 * step), x + 2 * xStep);
                dot = TDot.Dot(dot, TDot.Load(weights + 3 * step), x + 3 * xStep);
                weights += 4 * step;
                x += 4 * xStep;
                sum = Add(sum, dot, TSimd.Load(scales), (int*)x + bias, (float*)x);
                x += ActivationBlocks.TailBytes;
            }
            Store(sum, y, add);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Tile4(byte* weights, int lane, int blocks, byte* x, float* y, long yStride, bool add)
        {
            int step = BlockPanels.StepBytes(TDot.Format), xStep = ActivationBlocks.StepBytes(TDot.Layout),
                bias = TDot.Format == TensorType.Q8 ? 1 : 2;
            Half* scales = null;
            TFloat y0 = TSimd.Zero, y1 = y0, y2 = y0, y3 = y0;
            for (int b = 0; b < blocks; b++)
            {
                scales = b % 2 == 0 ? TakeScales(ref weights, lane) : scales + BlockPanels.Rows;
                TInt d0 = default, d1 = d0, d2 = d0, d3 = d0;
                for (int s = 0; s < BlockPanels.Steps; s++, weights += step, x += 4 * xStep)
                {
                    var w = TDot.Load(weights);
                    d0 = TDot.Dot(d0, w, x);
                    d1 = TDot.Dot(d1, w, x + xStep);
                    d2 = TDot.Dot(d2, w, x + 2 * xStep);
                    d3 = TDot.Dot(d3, w, x + 3 * xStep);
                }
                var scale = TSimd.Load(scales);
                float* xScale = (float*)x;
                int* xBias = (int*)x + 4 * bias;
                y0 = Add(y0, d0, scale, xBias + 0, xScale + 0);
                y1 = Add(y1, d1, scale, xBias + 1, xScale + 1);
                y2 = Add(y2, d2, scale, xBias + 2, xScale + 2);
                y3 = Add(y3, d3, scale, xBias + 3, xScale + 3);
                x += 4 * ActivationBlocks.TailBytes;
            }
            Store(y0, y, add);
            Store(y1, y + yStride, add);
            Store(y2, y + 2 * yStride, add);
            Store(y3, y + 3 * yStride, add);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Tile8(byte* weights, int lane, int blocks, byte* x, float* y, long yStride, bool add)
        {
            int step = BlockPanels.StepBytes(TDot.Format), xStep = ActivationBlocks.StepBytes(TDot.Layout),
                bias = TDot.Format == TensorType.Q8 ? 1 : 2;
            Half* scales = null;
            TFloat y0 = TSimd.Zero, y1 = y0, y2 = y0, y3 = y0, y4 = y0, y5 = y0, y6 = y0, y7 = y0;
            for (int b = 0; b < blocks; b++)
            {
                scales = b % 2 == 0 ? TakeScales(ref weights, lane) : scales + BlockPanels.Rows;
                TInt d0 = default, d1 = d0, d2 = d0, d3 = d0, d4 = d0, d5 = d0, d6 = d0, d7 = d0;
                for (int s = 0; s < BlockPanels.Steps; s++, weights += step, x += 8 * xStep)
                {
                    var w = TDot.Load(weights);
                    d0 = TDot.Dot(d0, w, x);
                    d1 = TDot.Dot(d1, w, x + xStep);
                    d2 = TDot.Dot(d2, w, x + 2 * xStep);
                    d3 = TDot.Dot(d3, w, x + 3 * xStep);
                    d4 = TDot.Dot(d4, w, x + 4 * xStep);
                    d5 = TDot.Dot(d5, w, x + 5 * xStep);
                    d6 = TDot.Dot(d6, w, x + 6 * xStep);
                    d7 = TDot.Dot(d7, w, x + 7 * xStep);
                }
                var scale = TSimd.Load(scales);
                float* xScale = (float*)x;
                int* xBias = (int*)x + 8 * bias;
                y0 = Add(y0, d0, scale, xBias + 0, xScale + 0);
                y1 = Add(y1, d1, scale, xBias + 1, xScale + 1);
                y2 = Add(y2, d2, scale, xBias + 2, xScale + 2);
                y3 = Add(y3, d3, scale, xBias + 3, xScale + 3);
                y4 = Add(y4, d4, scale, xBias + 4, xScale + 4);
                y5 = Add(y5, d5, scale, xBias + 5, xScale + 5);
                y6 = Add(y6, d6, scale, xBias + 6, xScale + 6);
                y7 = Add(y7, d7, scale, xBias + 7, xScale + 7);
                x += 8 * ActivationBlocks.TailBytes;
            }
            Store(y0, y, add);
            Store(y1, y + yStride, add);
            Store(y2, y + 2 * yStride, add);
            Store(y3, y + 3 * yStride, add);
            Store(y4, y + 4 * yStride, add);
            Store(y5, y + 5 * yStride, add);
            Store(y6, y + 6 * yStride, add);
            Store(y7, y + 7 * yStride, add);
        }
    }
}
