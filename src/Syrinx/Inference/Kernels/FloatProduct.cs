using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Syrinx.Inference.Kernels;

/// <summary>
/// Y = X · Wᵀ for row-major W (rows, inner) of floating-point numbers and X (tokens, inner). Small tiles of outputs are
/// summed up in registers, so that each number loaded is used several times. Every output is one sum over the inner dimension
/// in one register, in the same order whatever the tile: results do not depend on how rows are shared among threads or how many
/// tokens come at once.
/// </summary>
internal abstract unsafe class FloatProduct
{
    /// <summary>Computes columns <paramref name="from"/> to <paramref name="to"/> of Y, which are rows of W.</summary>
    /// <param name="weights">W's first row.</param>
    /// <param name="x">X's first row; rows follow each other without gaps.</param>
    /// <param name="y">Y's first number.</param>
    /// <param name="yStride">Numbers from one row of Y to the next.</param>
    /// <param name="tokens">Rows of X and Y.</param>
    /// <param name="inner">Length of the rows of W and X.</param>
    /// <param name="from">First row of W.</param>
    /// <param name="to">Row of W after the last.</param>
    /// <param name="add">Whether to add to Y instead of replacing it.</param>
    public abstract void Multiply(
        void* weights, float* x, float* y, int yStride, int tokens, int inner, int from, int to, bool add);

    /// <summary>The product for a format and instructions.</summary>
    public static FloatProduct For<TFormat, TWeight>(Isa isa)
        where TFormat : struct, IFloatFormat<TWeight>
        where TWeight : unmanaged => isa switch
        {
            Isa.Scalar => new Product<TFormat, TWeight, Simd1, int, float>(),
            Isa.Avx512 => new Product<TFormat, TWeight, Simd512, Vector512<int>, Vector512<float>>(),
            _ => new Product<TFormat, TWeight, Simd256, Vector256<int>, Vector256<float>>(),
        };

    private sealed class Product<TFormat, TWeight, TSimd, TInt, TFloat> : FloatProduct
        where TFormat : struct, IFloatFormat<TWeight>
        where TWeight : unmanaged
        where TSimd : struct, ISimd<TInt, TFloat>
        where TInt : struct
        where TFloat : struct
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TFloat Weights(TWeight* source) => TFormat.Load<TSimd, TInt, TFloat>(source);

        private static float Scalar(TWeight* source) => TFormat.Load<Simd1, int, float>(source);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Multiply(void* weights, float* x, float* y, int yStride, int tokens, int inner, int from, int to, bool add)
        {
            var w = (TWeight*)weights;
            int token = 0;
            if (tokens >= 3)
            {
                // Rows of W that stay in the second-level cache while all tokens pass over them.
                int panel = Math.Clamp((192 << 10) / (sizeof(TWeight) * inner) / 4 * 4, 8, 256);
                for (int row = from; row < to; row += panel)
                {
                    int end = Math.Min(row + panel, to);
                    token = 0;
                    if (TSimd.Count == 16)
                    {
                        for (; token + 6 <= tokens; token += 6)
                        {
                            int r = row;
                            for (; r + 4 <= end; r += 4)
                                Tile4x6(w + (long)r * inner, x + (long)token * inner, y + (long)token * yStride + r,
                                    yStride, inner, add);
                            for (; r < end; r++)
                                Column(w + (long)r * inner, x + (long)token * inner, y + (long)token * yStride + r,
                                    yStride, 6, inner, add);
                        }
                    }
                    for (; token + 3 <= tokens; token += 3)
                    {
                        int r = row;
                        for (; r + 4 <= end; r += 4)
                            Tile4x3(w + (long)r * inner, x + (long)token * inner, y + (long)token * yStride + r, yStride,
                                inner, add);
                        for (; r < end; r++)
                            Column(w + (long)r * inner, x + (long)token * inner, y + (long)token * yStride + r, yStride, 3,
                                inner, add);
                    }
                    for (int rest = token; rest < tokens; rest++)
                        Rows(w, x + (long)rest * inner, y + (long)rest * yStride, inner, row, end, add);
                }
                return;
            }
            for (; token < tokens; token++)
                Rows(w, x + (long)token * inner, y + (long)token * yStride, inner, from, to, add);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows(TWeight* w, float* x, float* y, int inner, int from, int to, bool add)
        {
            int row = from;
            for (; row + 8 <= to; row += 8)
                Tile8x1(w + (long)row * inner, x, y + row, inner, add);
            for (; row < to; row++)
                Column(w + (long)row * inner, x, y + row, 0, 1, inner, add);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Column(TWeight* w, float* x, float* y, int yStride, int tokens, int inner, bool add)
        {
            for (int token = 0; token < tokens; token++, x += inner, y += yStride)
            {
                var sum = TSimd.Zero;
                int i = 0;
                for (; i + TSimd.Count <= inner; i += TSimd.Count)
                    sum = TSimd.MultiplyAdd(Weights(w + i), TSimd.Load(x + i), sum);
                Store(y, sum, w, x, i, inner, add);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Tile8x1(TWeight* w, float* x, float* y, int inner, bool add)
        {
            long n = inner;
            TFloat a0 = TSimd.Zero, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
            int i = 0;
            for (; i + TSimd.Count <= inner; i += TSimd.Count)
            {
                var b = TSimd.Load(x + i);
                TWeight* p = w + i;
                a0 = TSimd.MultiplyAdd(Weights(p), b, a0);
                a1 = TSimd.MultiplyAdd(Weights(p + n), b, a1);
                a2 = TSimd.MultiplyAdd(Weights(p + 2 * n), b, a2);
                a3 = TSimd.MultiplyAdd(Weights(p + 3 * n), b, a3);
                p += 4 * n;
                a4 = TSimd.MultiplyAdd(Weights(p), b, a4);
                a5 = TSimd.MultiplyAdd(Weights(p + n), b, a5);
                a6 = TSimd.MultiplyAdd(Weights(p + 2 * n), b, a6);
                a7 = TSimd.MultiplyAdd(Weights(p + 3 * n), b, a7);
            }
            Store(y, a0, w, x, i, inner, add);
            Store(y + 1, a1, w + n, x, i, inner, add);
            Store(y + 2, a2, w + 2 * n, x, i, inner, add);
            Store(y + 3, a3, w + 3 * n, x, i, inner, add);
            Store(y + 4, a4, w + 4 * n, x, i, inner, add);
            Store(y + 5, a5, w + 5 * n, x, i, inner, add);
            Store(y + 6, a6, w + 6 * n, x, i, inner, add);
            Store(y + 7, a7, w + 7 * n, x, i, inner, add);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Tile4x3(TWeight* w, float* x, float* y, int yStride, int inner, bool add)
        {
            long n = inner;
            TFloat a0 = TSimd.Zero, a1 = a0, a2 = a0, b0 = a0, b1 = a0, b2 = a0, c0 = a0, c1 = a0, c2 = a0, d0 = a0, d1 = a0, d2 = a0;
            int i = 0;
            for (; i + TSimd.Count <= inner; i += TSimd.Count)
            {
                TFloat x0 = TSimd.Load(x + i), x1 = TSimd.Load(x + n + i), x2 = TSimd.Load(x + 2 * n + i);
                var v = Weights(w + i);
                a0 = TSimd.MultiplyAdd(v, x0, a0);
                a1 = TSimd.MultiplyAdd(v, x1, a1);
                a2 = TSimd.MultiplyAdd(v, x2, a2);
                v = Weights(w + n + i);
                b0 = TSimd.MultiplyAdd(v, x0, b0);
                b1 = TSimd.MultiplyAdd(v, x1, b1);
                b2 = TSimd.MultiplyAdd(v, x2, b2);
                v = Weights(w + 2 * n + i);
                c0 = TSimd.MultiplyAdd(v, x0, c0);
                c1 = TSimd.MultiplyAdd(v, x1, c1);
                c2 = TSimd.MultiplyAdd(v, x2, c2);
                v = Weights(w + 3 * n + i);
                d0 = TSimd.MultiplyAdd(v, x0, d0);
                d1 = TSimd.MultiplyAdd(v, x1, d1);
                d2 = TSimd.MultiplyAdd(v, x2, d2);
            }
            Store4(y, a0, b0, c0, d0, w, x, i, inner, add);
            Store4(y + yStride, a1, b1, c1, d1, w, x + n, i, inner, add);
            Store4(y + 2L * yStride, a2, b2, c2, d2, w, x + 2 * n, i, inner, add);
        }

        /// <summary>24 sums, 4 rows and a token at a time: fits the 32 registers of AVX-512.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Tile4x6(TWeight* w, float* x, float* y, int yStride, int inner, bool add)
        {
            long n = inner;
            TFloat a0 = TSimd.Zero, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0, b5 = a0;
            TFloat c0 = a0, c1 = a0, c2 = a0, c3 = a0, c4 = a0, c5 = a0, d0 = a0, d1 = a0, d2 = a0, d3 = a0, d4 = a0, d5 = a0;
            int i = 0;
            for (; i + TSimd.Count <= inner; i += TSimd.Count)
            {
                TFloat w0 = Weights(w + i), w1 = Weights(w + n + i), w2 = Weights(w + 2 * n + i), w3 = Weights(w + 3 * n + i);
                float* p = x + i;
                var v = TSimd.Load(p);
                a0 = TSimd.MultiplyAdd(w0, v, a0);
                b0 = TSimd.MultiplyAdd(w1, v, b0);
                c0 = TSimd.MultiplyAdd(w2, v, c0);
                d0 = TSimd.MultiplyAdd(w3, v, d0);
                v = TSimd.Load(p + n);
                a1 = TSimd.MultiplyAdd(w0, v, a1);
                b1 = TSimd.MultiplyAdd(w1, v, b1);
                c1 = TSimd.MultiplyAdd(w2, v, c1);
                d1 = TSimd.MultiplyAdd(w3, v, d1);
                v = TSimd.Load(p + 2 * n);
                a2 = TSimd.MultiplyAdd(w0, v, a2);
                b2 = TSimd.MultiplyAdd(w1, v, b2);
                c2 = TSimd.MultiplyAdd(w2, v, c2);
                d2 = TSimd.MultiplyAdd(w3, v, d2);
                p += 3 * n;
                v = TSimd.Load(p);
                a3 = TSimd.MultiplyAdd(w0, v, a3);
                b3 = TSimd.MultiplyAdd(w1, v, b3);
                c3 = TSimd.MultiplyAdd(w2, v, c3);
                d3 = TSimd.MultiplyAdd(w3, v, d3);
                v = TSimd.Load(p + n);
                a4 = TSimd.MultiplyAdd(w0, v, a4);
                b4 = TSimd.MultiplyAdd(w1, v, b4);
                c4 = TSimd.MultiplyAdd(w2, v, c4);
                d4 = TSimd.MultiplyAdd(w3, v, d4);
                v = TSimd.Load(p + 2 * n);
                a5 = TSimd.MultiplyAdd(w0, v, a5);
                b5 = TSimd.MultiplyAdd(w1, v, b5);
                c5 = TSimd.MultiplyAdd(w2, v, c5);
                d5 = TSimd.MultiplyAdd(w3, v, d5);
            }
            Store4(y, a0, b0, c0, d0, w, x, i, inner, add);
            Store4(y + yStride, a1, b1, c1, d1, w, x + n, i, inner, add);
            Store4(y + 2L * yStride, a2, b2, c2, d2, w, x + 2 * n, i, inner, add);
            Store4(y + 3L * yStride, a3, b3, c3, d3, w, x + 3 * n, i, inner, add);
            Store4(y + 4L * yStride, a4, b4, c4, d4, w, x + 4 * n, i, inner, add);
            Store4(y + 5L * yStride, a5, b5, c5, d5, w, x + 5 * n, i, inner, add);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Store4(float* y, TFloat a, TFloat b, TFloat c, TFloat d, TWeight* w, float* x, int i, int inner, bool add)
        {
            Store(y, a, w, x, i, inner, add);
            Store(y + 1, b, w + inner, x, i, inner, add);
            Store(y + 2, c, w + 2L * inner, x, i, inner, add);
            Store(y + 3, d, w + 3L * inner, x, i, inner, add);
        }

        /// <summary>Adds what does not fill a register, and writes the output.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Store(float* y, TFloat sum, TWeight* w, float* x, int i, int inner, bool add)
        {
            float total = TSimd.Sum(sum);
            for (; i < inner; i++)
                total = MathF.FusedMultiplyAdd(Scalar(w + i), x[i], total);
            *y = add ? *y + total : total;
        }
    }
}
