using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Syrinx.Training.Modeling.Fused;

/// <summary>
/// Loss of rows of logits, and their gradients in the logits' place: softmax − one-hot. One pass for the largest, one for
/// the exponentials, one for the gradients, all while the row is in the cache. One thread.
/// </summary>
internal static unsafe class FusedCrossEntropy
{
    /// <summary>Sum of the losses in nats of the rows whose target is not negative.</summary>
    /// <param name="logits">(rows, width); with <paramref name="gradients"/>, overwritten by the gradient of <paramref name="scale"/> · sum.</param>
    /// <param name="targets">A target a row; negative: nothing is learnt there.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="width">V.</param>
    /// <param name="scale">What the gradients are multiplied with.</param>
    /// <param name="zLoss">Coefficient of the z-loss, which is in the gradients and not in the sum.</param>
    /// <param name="gradients">Whether they are wanted.</param>
    public static double Rows<T>(void* logits, long* targets, nint rows, int width, float scale, double zLoss, bool gradients) where T : IElement
    {
        double loss = 0;
        var exponentials = new float[width];
        fixed (float* e = exponentials)
        {
            for (nint row = 0; row < rows; row++)
                loss += Row<T>(logits, row * width, e, targets[row], width, scale, zLoss, gradients);
        }
        return loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Row<T>(void* logits, nint at, float* e, long target, int width, float scale, double zLoss, bool gradients) where T : IElement
    {
        int i = 0;
        if (target < 0)
        {
            if (!gradients)
                return 0;
            for (; i + 16 <= width; i += 16)
                T.Store(logits, at + i, Vector512<float>.Zero);
            for (; i < width; i++)
                T.Set(logits, at + i, 0);
            return 0;
        }
        var largest = Vector512.Create(float.NegativeInfinity);
        for (; i + 16 <= width; i += 16)
            largest = Vector512.Max(largest, T.Load(logits, at + i));
        float max = float.NegativeInfinity;
        for (int lane = 0; lane < 16; lane++)
            max = MathF.Max(max, largest[lane]);
        for (; i < width; i++)
            max = MathF.Max(max, T.Get(logits, at + i));

        var sums = Vector512<float>.Zero;
        float sum = 0;
        i = 0;
        for (; i + 16 <= width; i += 16)
        {
            var value = Vector512.Exp(T.Load(logits, at + i) - Vector512.Create(max));
            value.Store(e + i);
            sums += value;
        }
        for (; i < width; i++)
            sum += e[i] = MathF.Exp(T.Get(logits, at + i) - max);
        sum += Vector512.Sum(sums);
        double lnZ = Math.Log(sum) + max;
        double loss = lnZ - T.Get(logits, at + (nint)target);
        if (!gradients)
            return loss;
        float factor = scale / sum;
        if (zLoss > 0)
            factor *= (float)(1 + (2 * zLoss * lnZ));
        i = 0;
        for (; i + 16 <= width; i += 16)
            T.Store(logits, at + i, Vector512.Load(e + i) * factor);
        for (; i < width; i++)
            T.Set(logits, at + i, e[i] * factor);
        T.Set(logits, at + (nint)target, (e[target] * factor) - scale);
        return loss;
    }
}
