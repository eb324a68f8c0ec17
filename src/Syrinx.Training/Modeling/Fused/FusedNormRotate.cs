using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Syrinx.Training.Modeling.Fused;

/// <summary>
/// <see cref="Ops.NormAndRotate"/> in one pass over the memory, forward and backward: each head's numbers are normalised
/// and rotated while they are in registers. One thread.
/// </summary>
internal sealed unsafe class FusedNormRotate : autograd.SingleTensorFunction<FusedNormRotate>
{
    public override string Name => nameof(FusedNormRotate);

    /// <param name="ctx">Keeps what the backward pass needs.</param>
    /// <param name="vars">x (B, T, H, S); weight (S) in fp32, of no numbers where there is no norm; cos and sin (T…, S/2) in fp32; ε (double).</param>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var x = ((Tensor)vars[0]).contiguous();
        var (weight, cos, sin) = ((Tensor)vars[1], (Tensor)vars[2], (Tensor)vars[3]);
        ctx.save_for_backward([x, weight, cos, sin]);
        ctx.save_data("epsilon", vars[4]);
        var y = empty_like(x);
        var heads = new Heads(x, weight, cos, sin, (double)vars[4]);
        if (x.dtype == ScalarType.BFloat16)
            Forward<Bf16>(heads, Memory.Of(x), Memory.Of(y));
        else
            Forward<Fp32>(heads, Memory.Of(x), Memory.Of(y));
        return y;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
    {
        var saved = ctx.get_saved_variables();
        var (x, weight, cos, sin) = (saved[0], saved[1], saved[2], saved[3]);
        var dy = gradient.contiguous();
        var dx = empty_like(x);
        var dw = zeros_like(weight);
        var heads = new Heads(x, weight, cos, sin, (double)ctx.get_data("epsilon"));
        if (x.dtype == ScalarType.BFloat16)
            Backward<Bf16>(heads, Memory.Of(x), Memory.Of(dy), Memory.Of(dx), (float*)Memory.Of(dw));
        else
            Backward<Fp32>(heads, Memory.Of(x), Memory.Of(dy), Memory.Of(dx), (float*)Memory.Of(dw));
        return [dx, dw, null!, null!, null!];
    }

    /// <summary>The tables and sizes that both passes walk.</summary>
    private readonly struct Heads(Tensor x, Tensor weight, Tensor cos, Tensor sin, double epsilon)
    {
        public readonly nint Rows = (nint)(x.shape[0] * x.shape[1]);
        public readonly int Length = (int)x.shape[1];
        public readonly int Count = (int)x.shape[2];
        public readonly int Size = (int)x.shape[3];
        public readonly float* Weight = weight.numel() == 0 ? null : (float*)Memory.Of(weight);
        public readonly float* Cos = (float*)Memory.Of(cos);
        public readonly float* Sin = (float*)Memory.Of(sin);
        public readonly float Epsilon = (float)epsilon;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<T>(in Heads h, void* x, void* y) where T : IElement
    {
        int half = h.Size / 2;
        var ones = Vector512<float>.One;
        for (nint row = 0; row < h.Rows; row++)
        {
            nint angle = row % h.Length * half;
            for (int head = 0; head < h.Count; head++)
            {
                nint at = ((row * h.Count) + head) * h.Size;
                float scale = h.Weight is null ? 1 : RowMath.InverseRms<T>(x, at, h.Size, h.Epsilon);
                int i = 0;
                for (; i + 16 <= half; i += 16)
                {
                    var a = T.Load(x, at + i) * scale * (h.Weight is null ? ones : Vector512.Load(h.Weight + i));
                    var b = T.Load(x, at + half + i) * scale * (h.Weight is null ? ones : Vector512.Load(h.Weight + half + i));
                    var (cos, sin) = (Vector512.Load(h.Cos + angle + i), Vector512.Load(h.Sin + angle + i));
                    T.Store(y, at + i, (a * cos) - (b * sin));
                    T.Store(y, at + half + i, (b * cos) + (a * sin));
                }
                for (; i < half; i++)
                {
                    float a = T.Get(x, at + i) * scale * WeightAt(h, i), b = T.Get(x, at + half + i) * scale * WeightAt(h, half + i);
                    float cos = h.Cos[angle + i], sin = h.Sin[angle + i];
                    T.Set(y, at + i, (a * cos) - (b * sin));
                    T.Set(y, at + half + i, (b * cos) + (a * sin));
                }
            }
        }
    }

    // the rotation's gradient is the rotation back; then the norm's, as in FusedRmsNorm
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward<T>(in Heads h, void* x, void* dy, void* dx, float* dw) where T : IElement
    {
        int half = h.Size / 2;
        float* turned = stackalloc float[h.Size];
        for (nint row = 0; row < h.Rows; row++)
        {
            nint angle = row % h.Length * half;
            for (int head = 0; head < h.Count; head++)
            {
                nint at = ((row * h.Count) + head) * h.Size;
                int i = 0;
                for (; i + 16 <= half; i += 16)
                {
                    var (a, b) = (T.Load(dy, at + i), T.Load(dy, at + half + i));
                    var (cos, sin) = (Vector512.Load(h.Cos + angle + i), Vector512.Load(h.Sin + angle + i));
                    ((a * cos) + (b * sin)).Store(turned + i);
                    ((b * cos) - (a * sin)).Store(turned + half + i);
                }
                for (; i < half; i++)
                {
                    float a = T.Get(dy, at + i), b = T.Get(dy, at + half + i), cos = h.Cos[angle + i], sin = h.Sin[angle + i];
                    turned[i] = (a * cos) + (b * sin);
                    turned[half + i] = (b * cos) - (a * sin);
                }
                NormBackward<T>(h, x, turned, dx, dw, at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NormBackward<T>(in Heads h, void* x, float* turned, void* dx, float* dw, nint at) where T : IElement
    {
        int i = 0;
        if (h.Weight is null)
        {
            for (; i + 16 <= h.Size; i += 16)
                T.Store(dx, at + i, Vector512.Load(turned + i));
            for (; i < h.Size; i++)
                T.Set(dx, at + i, turned[i]);
            return;
        }
        float scale = RowMath.InverseRms<T>(x, at, h.Size, h.Epsilon);
        var sums = Vector512<float>.Zero;
        float sum = 0;
        for (; i + 16 <= h.Size; i += 16)
        {
            var product = Vector512.Load(turned + i) * T.Load(x, at + i);
            (Vector512.Load(dw + i) + (product * scale)).Store(dw + i);
            sums += product * Vector512.Load(h.Weight + i);
        }
        for (; i < h.Size; i++)
        {
            float product = turned[i] * T.Get(x, at + i);
            dw[i] += product * scale;
            sum += product * h.Weight[i];
        }
        float back = (sum + Vector512.Sum(sums)) * scale * scale / h.Size;
        i = 0;
        for (; i + 16 <= h.Size; i += 16)
            T.Store(dx, at + i, ((Vector512.Load(turned + i) * Vector512.Load(h.Weight + i)) - (T.Load(x, at + i) * back)) * scale);
        for (; i < h.Size; i++)
            T.Set(dx, at + i, ((turned[i] * h.Weight[i]) - (T.Get(x, at + i) * back)) * scale);
    }

    private static float WeightAt(in Heads h, int i) => h.Weight is null ? 1 : h.Weight[i];
}
