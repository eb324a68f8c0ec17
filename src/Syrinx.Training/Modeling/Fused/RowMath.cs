using System.Runtime.Intrinsics;

namespace Syrinx.Training.Modeling.Fused;

/// <summary>Sums over rows, shared by the kernels.</summary>
internal static unsafe class RowMath
{
    /// <summary>1 / √(mean of squares + ε) of the <paramref name="width"/> numbers from <paramref name="at"/> on.</summary>
    public static float InverseRms<T>(void* x, nint at, int width, float epsilon) where T : IElement
    {
        var squares = Vector512<float>.Zero;
        int i = 0;
        for (; i + 16 <= width; i += 16)
        {
            var v = T.Load(x, at + i);
            squares += v * v;
        }
        float sum = Vector512.Sum(squares);
        for (; i < width; i++)
            sum += T.Get(x, at + i) * T.Get(x, at + i);
        return 1 / MathF.Sqrt((sum / width) + epsilon);
    }
}
