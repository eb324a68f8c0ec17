using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Syrinx.Inference.Kernels;

/// <summary>The parts of a decoder layer that are no matrix products.</summary>
internal static unsafe class Elementwise
{
    private const int Width = 16;

    /// <summary>
    /// y = x / √(mean(x²) + ε) · weight (Zhang and Sennrich 2019, <see href="https://arxiv.org/abs/1910.07467"/>). y may be
    /// x.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RmsNorm(float* x, float* weight, float* y, int n, float epsilon)
    {
        var squares = Vector512<float>.Zero;
        int i = 0;
        for (; i + Width <= n; i += Width)
        {
            var v = Vector512.Load(x + i);
            squares = Vector512.FusedMultiplyAdd(v, v, squares);
        }
        float sum = Lanes.Sum(squares);
        for (; i < n; i++)
            sum += x[i] * x[i];
        float scale = 1 / MathF.Sqrt(sum / n + epsilon);
        var scales = Vector512.Create(scale);
        for (i = 0; i + Width <= n; i += Width)
            (Vector512.Load(x + i) * scales * Vector512.Load(weight + i)).Store(y + i);
        for (; i < n; i++)
            y[i] = x[i] * scale * weight[i];
    }

    /// <summary>
    /// gate = silu(gate) · up, where silu(g) = g / (1 + e⁻ᵍ) (Shazeer 2020, <see href="https://arxiv.org/abs/2002.05202"/>).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SwiGlu(float* gate, float* up, int n)
    {
        int i = 0;
        for (; i + Width <= n; i += Width)
        {
            var g = Vector512.Load(gate + i);
            (g / (Vector512<float>.One + Lanes.Exp(-g)) * Vector512.Load(up + i)).Store(gate + i);
        }
        for (; i < n; i++)
            gate[i] = gate[i] / (1 + MathF.Exp(-gate[i])) * up[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(float* x, float* y, int n)
    {
        int i = 0;
        for (; i + Width <= n; i += Width)
            (Vector512.Load(x + i) + Vector512.Load(y + i)).Store(x + i);
        for (; i < n; i++)
            x[i] += y[i];
    }

    /// <summary>x = x · factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(float* x, float factor, int n)
    {
        int i = 0;
        for (; i + Width <= n; i += Width)
            (Vector512.Load(x + i) * factor).Store(x + i);
        for (; i < n; i++)
            x[i] *= factor;
    }

    /// <summary>The largest of some numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Max(ReadOnlySpan<float> x)
    {
        float max = float.NegativeInfinity;
        foreach (float v in x)
            max = v > max ? v : max;
        return max;
    }

    /// <summary>Σ e^(x − shift).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumExp(ReadOnlySpan<float> x, float shift)
    {
        var sums = Vector512<float>.Zero;
        var shifts = Vector512.Create(shift);
        int i = 0;
        for (; i + Width <= x.Length; i += Width)
            sums += Lanes.Exp(Vector512.Create(x.Slice(i, Width)) - shifts);
        double sum = Lanes.Sum(sums);
        for (; i < x.Length; i++)
            sum += MathF.Exp(x[i] - shift);
        return sum;
    }
}
