using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Syrinx.Training.Modeling.Fused;

/// <summary>What Muon does before and after its products, each in one pass over the memory. One thread.</summary>
internal static unsafe class FusedMomentum
{
    /// <summary>momentum = β·momentum + scale·gradient; ahead = scale·gradient + β·momentum, in bf16 (Nesterov).</summary>
    /// <returns>The sum of squares of what is ahead.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Ahead(float* gradient, float* momentum, void* ahead, nint count, float beta, float scale)
    {
        double squares = 0;
        nint i = 0;
        while (i + 16 <= count)
        {
            // sums of some thousand numbers in fp32, these in double
            var sum = Vector512<float>.Zero;
            for (nint end = Math.Min(count, i + 65536); i + 16 <= end; i += 16)
            {
                var g = Vector512.Load(gradient + i) * scale;
                var m = (Vector512.Load(momentum + i) * beta) + g;
                m.Store(momentum + i);
                var next = g + (m * beta);
                Bf16.Store(ahead, i, next);
                sum += next * next;
            }
            squares += Vector512.Sum(sum);
        }
        for (; i < count; i++)
        {
            float g = gradient[i] * scale;
            momentum[i] = (momentum[i] * beta) + g;
            float next = g + (momentum[i] * beta);
            Bf16.Set(ahead, i, next);
            squares += next * next;
        }
        return squares;
    }

    /// <summary>weights = keep·weights + factor·update, the update in bf16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(float* weights, void* update, nint count, float keep, float factor)
    {
        nint i = 0;
        for (; i + 16 <= count; i += 16)
            ((Vector512.Load(weights + i) * keep) + (Bf16.Load(update, i) * factor)).Store(weights + i);
        for (; i < count; i++)
            weights[i] = (weights[i] * keep) + (Bf16.Get(update, i) * factor);
    }
}
