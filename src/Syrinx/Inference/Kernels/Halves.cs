using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Syrinx.Inference.Kernels;

/// <summary>Rows of 16-bit floats from and to 32-bit ones, which .NET has no instruction for.</summary>
internal static unsafe class Halves
{
    /// <summary>Rounds to nearest, ties to even; what is out of range becomes the largest number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round(float* x, Half* halves, int n)
    {
        int i = 0;
        for (; i + 32 <= n; i += 32)
            Vector512.Narrow(Bits(Vector512.Load(x + i)), Bits(Vector512.Load(x + i + 16))).Store((ushort*)(halves + i));
        for (; i < n; i++)
            halves[i] = (Half)Math.Clamp(x[i], -65504, 65504);
    }

    /// <summary>Widens numbers, exactly.</summary>
    /// <param name="halves">The numbers.</param>
    /// <param name="x">Where they go.</param>
    /// <param name="n">How many.</param>
    /// <param name="next">As many that will be wanted next, and are asked for meanwhile: it may be any address.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(Half* halves, float* x, int n, Half* next)
    {
        int i = 0;
        for (; i + 32 <= n; i += 32)
        {
            if (Sse.IsSupported)
                Sse.Prefetch1(next + i); // into the second cache: the first cannot wait for so many at once
            var (low, high) = Vector512.Widen(Vector512.Load((short*)(halves + i)));
            Lanes.HalvesToSingles(low).Store(x + i);
            Lanes.HalvesToSingles(high).Store(x + i + 16);
        }
        for (; i < n; i++)
            x[i] = (float)halves[i];
    }

    /// <summary>The halves' bits. Below 2⁻¹⁴ the addition of ½ does the rounding, above an integer addition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Bits(Vector512<float> x)
    {
        var sign = x.AsUInt32() & Vector512.Create(0x80000000);
        var magnitude = Vector512.Min(Vector512.Abs(x), Vector512.Create(65504f));
        var bits = magnitude.AsUInt32();
        var small = (magnitude + Vector512.Create(0.5f)).AsUInt32() - Vector512.Create(0x3F000000u);
        var normal = (bits + Vector512.Create(0xC8000FFFu) + ((bits >> 13) & Vector512<uint>.One)) >> 13;
        return Vector512.ConditionalSelect(Vector512.LessThan(bits, Vector512.Create(0x38800000u)), small, normal) | (sign >> 16);
    }
}
