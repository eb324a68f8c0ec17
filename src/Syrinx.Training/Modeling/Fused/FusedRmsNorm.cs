using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Syrinx.Training.Modeling.Fused;

/// <summary>
/// <see cref="Ops.RmsNorm"/> in one pass over the memory, forward and backward, where libtorch makes six and more. One
/// thread: the caller's micro-batch. The backward pass computes 1/√(mean(x²) + ε) anew, which is cheaper than keeping it.
/// </summary>
internal sealed unsafe class FusedRmsNorm : autograd.SingleTensorFunction<FusedRmsNorm>
{
    public override string Name => nameof(FusedRmsNorm);

    /// <param name="ctx">Keeps what the backward pass needs.</param>
    /// <param name="vars">x (…, D), weight (D) in fp32, ε (double).</param>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var x = ((Tensor)vars[0]).contiguous();
        var weight = (Tensor)vars[1];
        double epsilon = (double)vars[2];
        ctx.save_for_backward([x, weight]);
        ctx.save_data("epsilon", epsilon);
        var y = empty_like(x);
        int width = (int)x.shape[^1];
        nint rows = (nint)(x.numel() / width);
        if (x.dtype == ScalarType.BFloat16)
            Forward<Bf16>(Memory.Of(x), (float*)Memory.Of(weight), Memory.Of(y), rows, width, (float)epsilon);
        else
            Forward<Fp32>(Memory.Of(x), (float*)Memory.Of(weight), Memory.Of(y), rows, width, (float)epsilon);
        return y;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
    {
        var saved = ctx.get_saved_variables();
        var (x, weight) = (saved[0], saved[1]);
        float epsilon = (float)(double)ctx.get_data("epsilon");
        var dy = gradient.contiguous();
        var dx = empty_like(x);
        var dw = zeros_like(weight);
        int width = (int)x.shape[^1];
        nint rows = (nint)(x.numel() / width);
        if (x.dtype == ScalarType.BFloat16)
            Backward<Bf16>(Memory.Of(x), (float*)Memory.Of(weight), Memory.Of(dy), Memory.Of(dx), (float*)Memory.Of(dw), rows, width, epsilon);
        else
            Backward<Fp32>(Memory.Of(x), (float*)Memory.Of(weight), Memory.Of(dy), Memory.Of(dx), (float*)Memory.Of(dw), rows, width, epsilon);
        return [dx, dw, null!];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<T>(void* x, float* weight, void* y, nint rows, int width, float epsilon) where T : IElement
    {
        for (nint row = 0; row < rows; row++)
        {
            nint at = row * width;
            var scale = RowMath.InverseRms<T>(x, at, width, epsilon);
            int i = 0;
            for (; i + 16 <= width; i += 16)
                T.Store(y, at + i, T.Load(x, at + i) * scale * Vector512.Load(weight + i));
            for (; i < width; i++)
                T.Set(y, at + i, T.Get(x, at + i) * scale * weight[i]);
        }
    }

    // y = x·r·w with r = (Σx²/D + ε)^-½:  dx = r·(w·dy − x·r²/D·Σ(w·dy·x)),  dw = Σ over rows of dy·x·r
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward<T>(void* x, float* weight, void* dy, void* dx, float* dw, nint rows, int width, float epsilon) where T : IElement
    {
        for (nint row = 0; row < rows; row++)
        {
            nint at = row * width;
            float scale = RowMath.InverseRms<T>(x, at, width, epsilon);
            var sums = Vector512<float>.Zero;
            float sum = 0;
            int i = 0;
            for (; i + 16 <= width; i += 16)
            {
                var product = T.Load(dy, at + i) * T.Load(x, at + i);
                (Vector512.Load(dw + i) + (product * scale)).Store(dw + i);
                sums += product * Vector512.Load(weight + i);
            }
            for (; i < width; i++)
            {
                float product = T.Get(dy, at + i) * T.Get(x, at + i);
                dw[i] += product * scale;
                sum += product * weight[i];
            }
            sum += Vector512.Sum(sums);
            float back = sum * scale * scale / width;
            i = 0;
            for (; i + 16 <= width; i += 16)
                T.Store(dx, at + i, ((T.Load(dy, at + i) * Vector512.Load(weight + i)) - (T.Load(x, at + i) * back)) * scale);
            for (; i < width; i++)
                T.Set(dx, at + i, ((T.Get(dy, at + i) * weight[i]) - (T.Get(x, at + i) * back)) * scale);
        }
    }
}
