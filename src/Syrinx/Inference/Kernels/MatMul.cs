using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Syrinx.Inference.Kernels;

/// <summary>
/// Y = X · Wᵀ for row-major W (rows, inner) and X (tokens, inner). Small tiles of outputs are summed up in registers, so that
/// each number loaded is used several times. Every output is one sum over the inner dimension in one register, in the same
/// order whatever the tile: results do not depend on how rows are shared among threads or how many tokens come at once.
/// </summary>
internal static unsafe class MatMul
{
    /// <summary>Instructions in use, for reports.</summary>
    public static string Isa =>
        Vector512.IsHardwareAccelerated ? "avx512" : Vector256.IsHardwareAccelerated ? "avx2" : "vector128";

    /// <summary>Computes columns <paramref name="from"/> to <paramref name="to"/> of Y, which are rows of W.</summary>
    /// <param name="w">W's first row.</param>
    /// <param name="x">X's first row; rows follow each other without gaps.</param>
    /// <param name="y">Y's first number.</param>
    /// <param name="yStride">Numbers from one row of Y to the next.</param>
    /// <param name="tokens">Rows of X and Y.</param>
    /// <param name="inner">Length of the rows of W and X.</param>
    /// <param name="from">First row of W.</param>
    /// <param name="to">Row of W after the last.</param>
    /// <param name="add">Whether to add to Y instead of replacing it.</param>
    public static void Multiply(float* w, float* x, float* y, int yStride, int tokens, int inner, int from, int to, bool add)
    {
        if (Vector512.IsHardwareAccelerated)
            Multiply<Simd512, Vector512<float>>(w, x, y, yStride, tokens, inner, from, to, add, wide: true);
        else if (Vector256.IsHardwareAccelerated)
            Multiply<Simd256, Vector256<float>>(w, x, y, yStride, tokens, inner, from, to, add, wide: false);
        else
            Multiply<Simd128, Vector128<float>>(w, x, y, yStride, tokens, inner, from, to, add, wide: false);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply<TSimd, T>(
        float* w, float* x, float* y, int yStride, int tokens, int inner, int from, int to, bool add, bool wide)
        where TSimd : struct, ISimd<T>
        where T : struct
    {
        int token = 0;
        if (tokens >= 3)
        {
            // Rows of W that stay in the second-level cache while all tokens pass over them.
            int panel = Math.Clamp((192 << 10) / (4 * inner) / 4 * 4, 8, 256);
            for (int row = from; row < to; row += panel)
            {
                int end = Math.Min(row + panel, to);
                token = 0;
                if (wide)
                {
                    for (; token + 6 <= tokens; token += 6)
                    {
                        int r = row;
                        for (; r + 4 <= end; r += 4)
                            Tile4x6<TSimd, T>(w + (long)r * inner, x + (long)token * inner, y + (long)token * yStride + r,
                                yStride, inner, add);
                        for (; r < end; r++)
                            Column<TSimd, T>(w + (long)r * inner, x + (long)token * inner, y + (long)token * yStride + r,
                                yStride, 6, inner, add);
                    }
                }
                for (; token + 3 <= tokens; token += 3)
                {
                    int r = row;
                    for (; r + 4 <= end; r += 4)
                        Tile4x3<TSimd, T>(w + (long)r * inner, x + (long)token * inner, y + (long)token * yStride + r, yStride,
                            inner, add);
                    for (; r < end; r++)
                        Column<TSimd, T>(w + (long)r * inner, x + (long)token * inner, y + (long)token * yStride + r, yStride, 3,
                            inner, add);
                }
                for (int rest = token; rest < tokens; rest++)
                    Rows<TSimd, T>(w, x + (long)rest * inner, y + (long)rest * yStride, inner, row, end, add);
            }
            return;
        }
        for (; token < tokens; token++)
            Rows<TSimd, T>(w, x + (long)token * inner, y + (long)token * yStride, inner, from, to, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<TSimd, T>(float* w, float* x, float* y, int inner, int from, int to, bool add)
        where TSimd : struct, ISimd<T>
        where T : struct
    {
        int row = from;
        for (; row + 8 <= to; row += 8)
            Tile8x1<TSimd, T>(w + (long)row * inner, x, y + row, inner, add);
        for (; row < to; row++)
            Column<TSimd, T>(w + (long)row * inner, x, y + row, 0, 1, inner, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Column<TSimd, T>(float* w, float* x, float* y, int yStride, int tokens, int inner, bool add)
        where TSimd : struct, ISimd<T>
        where T : struct
    {
        for (int token = 0; token < tokens; token++, x += inner, y += yStride)
        {
            var sum = TSimd.Zero;
            int i = 0;
            for (; i + TSimd.Count <= inner; i += TSimd.Count)
                sum = TSimd.MultiplyAdd(TSimd.Load(w + i), TSimd.Load(x + i), sum);
            Store<TSimd, T>(y, sum, w, x, i, inner, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x1<TSimd, T>(float* w, float* x, float* y, int inner, bool add)
        where TSimd : struct, ISimd<T>
        where T : struct
    {
        long n = inner;
        T a0 = TSimd.Zero, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        int i = 0;
        for (; i + TSimd.Count <= inner; i += TSimd.Count)
        {
            var b = TSimd.Load(x + i);
            float* p = w + i;
            a0 = TSimd.MultiplyAdd(TSimd.Load(p), b, a0);
            a1 = TSimd.MultiplyAdd(TSimd.Load(p + n), b, a1);
            a2 = TSimd.MultiplyAdd(TSimd.Load(p + 2 * n), b, a2);
            a3 = TSimd.MultiplyAdd(TSimd.Load(p + 3 * n), b, a3);
            p += 4 * n;
            a4 = TSimd.MultiplyAdd(TSimd.Load(p), b, a4);
            a5 = TSimd.MultiplyAdd(TSimd.Load(p + n), b, a5);
            a6 = TSimd.MultiplyAdd(TSimd.Load(p + 2 * n), b, a6);
            a7 = TSimd.MultiplyAdd(TSimd.Load(p + 3 * n), b, a7);
        }
        Store<TSimd, T>(y, a0, w, x, i, inner, add);
        Store<TSimd, T>(y + 1, a1, w + n, x, i, inner, add);
        Store<TSimd, T>(y + 2, a2, w + 2 * n, x, i, inner, add);
        Store<TSimd, T>(y + 3, a3, w + 3 * n, x, i, inner, add);
        Store<TSimd, T>(y + 4, a4, w + 4 * n, x, i, inner, add);
        Store<TSimd, T>(y + 5, a5, w + 5 * n, x, i, inner, add);
        Store<TSimd, T>(y + 6, a6, w + 6 * n, x, i, inner, add);
        Store<TSimd, T>(y + 7, a7, w + 7 * n, x, i, inner, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x3<TSimd, T>(float* w, float* x, float* y, int yStride, int inner, bool add)
        where TSimd : struct, ISimd<T>
        where T : struct
    {
        long n = inner;
        T a0 = TSimd.Zero, a1 = a0, a2 = a0, b0 = a0, b1 = a0, b2 = a0, c0 = a0, c1 = a0, c2 = a0, d0 = a0, d1 = a0, d2 = a0;
        int i = 0;
        for (; i + TSimd.Count <= inner; i += TSimd.Count)
        {
            T x0 = TSimd.Load(x + i), x1 = TSimd.Load(x + n + i), x2 = TSimd.Load(x + 2 * n + i);
            var v = TSimd.Load(w + i);
            a0 = TSimd.MultiplyAdd(v, x0, a0);
            a1 = TSimd.MultiplyAdd(v, x1, a1);
            a2 = TSimd.MultiplyAdd(v, x2, a2);
            v = TSimd.Load(w + n + i);
            b0 = TSimd.MultiplyAdd(v, x0, b0);
            b1 = TSimd.MultiplyAdd(v, x1, b1);
            b2 = TSimd.MultiplyAdd(v, x2, b2);
            v = TSimd.Load(w + 2 * n + i);
            c0 = TSimd.MultiplyAdd(v, x0, c0);
            c1 = TSimd.MultiplyAdd(v, x1, c1);
            c2 = TSimd.MultiplyAdd(v, x2, c2);
            v = TSimd.Load(w + 3 * n + i);
            d0 = TSimd.MultiplyAdd(v, x0, d0);
            d1 = TSimd.MultiplyAdd(v, x1, d1);
            d2 = TSimd.MultiplyAdd(v, x2, d2);
        }
        Store4<TSimd, T>(y, a0, b0, c0, d0, w, x, i, inner, add);
        Store4<TSimd, T>(y + yStride, a1, b1, c1, d1, w, x + n, i, inner, add);
        Store4<TSimd, T>(y + 2L * yStride, a2, b2, c2, d2, w, x + 2 * n, i, inner, add);
    }

    /// <summary>24 sums, 4 rows and a token at a time: fits the 32 registers of AVX-512.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x6<TSimd, T>(float* w, float* x, float* y, int yStride, int inner, bool add)
        where TSimd : struct, ISimd<T>
        where T : struct
    {
        long n = inner;
        T a0 = TSimd.Zero, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0, b5 = a0;
        T c0 = a0, c1 = a0, c2 = a0, c3 = a0, c4 = a0, c5 = a0, d0 = a0, d1 = a0, d2 = a0, d3 = a0, d4 = a0, d5 = a0;
        int i = 0;
        for (; i + TSimd.Count <= inner; i += TSimd.Count)
        {
            T w0 = TSimd.Load(w + i), w1 = TSimd.Load(w + n + i), w2 = TSimd.Load(w + 2 * n + i), w3 = TSimd.Load(w + 3 * n + i);
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
        Store4<TSimd, T>(y, a0, b0, c0, d0, w, x, i, inner, add);
        Store4<TSimd, T>(y + yStride, a1, b1, c1, d1, w, x + n, i, inner, add);
        Store4<TSimd, T>(y + 2L * yStride, a2, b2, c2, d2, w, x + 2 * n, i, inner, add);
        Store4<TSimd, T>(y + 3L * yStride, a3, b3, c3, d3, w, x + 3 * n, i, inner, add);
        Store4<TSimd, T>(y + 4L * yStride, a4, b4, c4, d4, w, x + 4 * n, i, inner, add);
        Store4<TSimd, T>(y + 5L * yStride, a5, b5, c5, d5, w, x + 5 * n, i, inner, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store4<TSimd, T>(float* y, T a, T b, T c, T d, float* w, float* x, int i, int inner, bool add)
        where TSimd : struct, ISimd<T>
        where T : struct
    {
        Store<TSimd, T>(y, a, w, x, i, inner, add);
        Store<TSimd, T>(y + 1, b, w + inner, x, i, inner, add);
        Store<TSimd, T>(y + 2, c, w + 2L * inner, x, i, inner, add);
        Store<TSimd, T>(y + 3, d, w + 3L * inner, x, i, inner, add);
    }

    /// <summary>Adds what does not fill a register, and writes the output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSimd, T>(float* y, T sum, float* w, float* x, int i, int inner, bool add)
        where TSimd : struct, ISimd<T>
        where T : struct
    {
        float total = TSimd.Sum(sum);
        for (; i < inner; i++)
            total += w[i] * x[i];
        *y = add ? *y + total : total;
    }
}
