using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Syrinx.Inference.Kernels;

/// <summary>
/// Numbers as 8-bit integers in blocks of 32 with one scale each, as llama.cpp's <c>q8_0</c>: value = scale · integer, scale =
/// largest magnitude / 127. Weights and activations are both kept so, which makes a product of two blocks a sum of integers.
/// </summary>
internal static unsafe class Q8
{
    public const int Block = 32;

    /// <summary>Quantizes numbers, rounding to nearest; <paramref name="n"/> is a multiple of 32.</summary>
    public static void Quantize(float* x, int n, sbyte* integers, float* scales)
    {
        for (int b = 0; b < n / Block; b++, x += Block, integers += Block)
        {
            float scale = scales[b] = Scale(x);
            float inverse = scale > 0 ? 1 / scale : 0;
            for (int i = 0; i < Block; i++)
                integers[i] = (sbyte)MathF.Round(x[i] * inverse);
        }
    }

    /// <summary>Quantizes activations into 16-bit integers, as <see cref="Multiply"/> takes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Quantize(float* x, int n, short* integers, float* scales)
    {
        for (int b = 0; b < n / Block; b++, x += Block, integers += Block)
        {
            float scale = scales[b] = Scale(x);
            var inverse = Vector512.Create(scale > 0 ? 1 / scale : 0);
            var low = Vector512.ConvertToInt32Native(Vector512.Round(Vector512.Load(x) * inverse));
            var high = Vector512.ConvertToInt32Native(Vector512.Round(Vector512.Load(x + 16) * inverse));
            Vector512.Narrow(low, high).Store(integers);
        }
    }

    /// <summary>What <see cref="Multiply"/> takes activations to be, as floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round(float* x, int n, float* rounded)
    {
        for (int b = 0; b < n; b += Block)
        {
            float scale = Scale(x + b);
            var inverse = Vector512.Create(scale > 0 ? 1 / scale : 0);
            for (int i = b; i < b + Block; i += 16)
                (Vector512.Round(Vector512.Load(x + i) * inverse) * scale).Store(rounded + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dequantize(sbyte* integers, float* scales, int n, float* x)
    {
        for (int b = 0; b < n / Block; b++, x += Block, integers += Block)
        {
            var scale = Vector512.Create(scales[b]);
            var (low, high) = Vector256.Widen(Vector256.Load(integers));
            Store(low, scale, x);
            Store(high, scale, x + 16);
        }
    }

    /// <summary>y[row] = weights[row] · x, or added to it, for rows <paramref name="from"/> to <paramref name="to"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        sbyte* weights, float* weightScales, short* x, float* xScales, float* y, int inner, int from, int to, bool add)
    {
        int blocks = inner / Block, row = from;
        for (; row + 4 <= to; row += 4)
        {
            Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
            sbyte* w = weights + (long)row * inner;
            float* scales = weightScales + (long)row * blocks;
            for (int b = 0; b < blocks; b++, w += Block)
            {
                var v = Vector512.Load(x + b * Block);
                float scale = xScales[b];
                if (Sse.IsSupported)
                {
                    // rows are too short for the machine to see four streams begin: +40% where weights come from memory
                    Sse.Prefetch0(w + 4L * inner);
                    Sse.Prefetch0(w + 5L * inner);
                    Sse.Prefetch0(w + 6L * inner);
                    Sse.Prefetch0(w + 7L * inner);
                }
                s0 = Vector512.FusedMultiplyAdd(Dot(w, v), Vector512.Create(scale * scales[b]), s0);
                s1 = Vector512.FusedMultiplyAdd(Dot(w + inner, v), Vector512.Create(scale * scales[blocks + b]), s1);
                s2 = Vector512.FusedMultiplyAdd(Dot(w + 2L * inner, v), Vector512.Create(scale * scales[2 * blocks + b]), s2);
                s3 = Vector512.FusedMultiplyAdd(Dot(w + 3L * inner, v), Vector512.Create(scale * scales[3 * blocks + b]), s3);
            }
            y[row] = Lanes.Sum(s0) + (add ? y[row] : 0);
            y[row + 1] = Lanes.Sum(s1) + (add ? y[row + 1] : 0);
            y[row + 2] = Lanes.Sum(s2) + (add ? y[row + 2] : 0);
            y[row + 3] = Lanes.Sum(s3) + (add ? y[row + 3] : 0);
        }
        for (; row < to; row++)
        {
            Vector512<float> s = default;
            for (int b = 0; b < blocks; b++)
            {
                var dot = Dot(weights + (long)row * inner + b * Block, Vector512.Load(x + b * Block));
                s = Vector512.FusedMultiplyAdd(dot, Vector512.Create(xScales[b] * weightScales[(long)row * blocks + b]), s);
            }
            y[row] = Lanes.Sum(s) + (add ? y[row] : 0);
        }
    }

    /// <summary>16 sums of two products each; integers, so exact on every machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Dot(sbyte* w, Vector512<short> x)
    {
        var bytes = Vector256.Load(w);
        if (Avx512BW.IsSupported)
            return Vector512.ConvertToSingle(Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(bytes), x));
        var (low, high) = Vector256.Widen(bytes);
        return Vector512.ConvertToSingle(Vector512.Create(AddAdjacent(low, x.GetLower()), AddAdjacent(high, x.GetUpper())));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> AddAdjacent(Vector256<short> a, Vector256<short> b)
    {
        if (Avx2.IsSupported)
            return Avx2.MultiplyAddAdjacent(a, b);
        var (a0, a1) = Vector256.Widen(a);
        var (b0, b1) = Vector256.Widen(b);
        return a0 * b0 + a1 * b1; // other pairs, the same sum in the end up to rounding
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<short> integers, Vector512<float> scale, float* x)
    {
        var (low, high) = Vector256.Widen(integers);
        (Vector512.ConvertToSingle(Vector512.Create(low, high)) * scale).Store(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Scale(float* x)
    {
        var largest = Vector512.Max(Vector512.Abs(Vector512.Load(x)), Vector512.Abs(Vector512.Load(x + 16)));
        var half = Vector256.Max(largest.GetLower(), largest.GetUpper());
        var quarter = Vector128.Max(half.GetLower(), half.GetUpper());
        return MathF.Max(MathF.Max(quarter.GetElement(0), quarter.GetElement(1)),
            MathF.Max(quarter.GetElement(2), quarter.GetElement(3))) / 127;
    }
}
