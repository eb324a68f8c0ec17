using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Syrinx.Training.Modeling.Fused;

/// <summary><see cref="Ops.SwiGlu"/> in one pass over the memory, forward and backward. One thread.</summary>
internal sealed unsafe class FusedSwiGlu : autograd.SingleTensorFunction<FusedSwiGlu>
{
    public override string Name => nameof(FusedSwiGlu);

    /// <param name="ctx">Keeps what the backward pass needs.</param>
    /// <param name="vars">gate and up, of one shape and type.</param>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (gate, up) = (((Tensor)vars[0]).contiguous(), ((Tensor)vars[1]).contiguous());
        ctx.save_for_backward([gate, up]);
        var y = empty_like(gate);
        nint count = (nint)gate.numel();
        if (gate.dtype == ScalarType.BFloat16)
            Forward<Bf16>(Memory.Of(gate), Memory.Of(up), Memory.Of(y), count);
        else
            Forward<Fp32>(Memory.Of(gate), Memory.Of(up), Memory.Of(y), count);
        return y;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
    {
        var saved = ctx.get_saved_variables();
        var (gate, up) = (saved[0], saved[1]);
        var dy = gradient.contiguous();
        var (dGate, dUp) = (empty_like(gate), empty_like(up));
        nint count = (nint)gate.numel();
        if (gate.dtype == ScalarType.BFloat16)
            Backward<Bf16>(Memory.Of(gate), Memory.Of(up), Memory.Of(dy), Memory.Of(dGate), Memory.Of(dUp), count);
        else
            Backward<Fp32>(Memory.Of(gate), Memory.Of(up), Memory.Of(dy), Memory.Of(dGate), Memory.Of(dUp), count);
        return [dGate, dUp];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<T>(void* gate, void* up, void* y, nint count) where T : IElement
    {
        nint i = 0;
        for (; i + 16 <= count; i += 16)
        {
            var g = T.Load(gate, i);
            T.Store(y, i, g * Sigmoid(g) * T.Load(up, i));
        }
        for (; i < count; i++)
            T.Set(y, i, T.Get(gate, i) * Sigmoid(T.Get(gate, i)) * T.Get(up, i));
    }

    // silu(g) = g·σ(g);  silu'(g) = σ(g)·(1 + g·(1 − σ(g)))
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward<T>(void* gate, void* up, void* dy, void* dGate, void* dUp, nint count) where T : IElement
    {
        nint i = 0;
        for (; i + 16 <= count; i += 16)
        {
            var (g, u, d) = (T.Load(gate, i), T.Load(up, i), T.Load(dy, i));
            var s = Sigmoid(g);
            T.Store(dGate, i, d * u * s * (Vector512<float>.One + (g * (Vector512<float>.One - s))));
            T.Store(dUp, i, d * g * s);
        }
        for (; i < count; i++)
        {
            float g = T.Get(gate, i), d = T.Get(dy, i), s = Sigmoid(g);
            float u = T.Get(up, i);
            T.Set(dGate, i, d * u * s * (1 + (g * (1 - s))));
            T.Set(dUp, i, d * g * s);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sigmoid(Vector512<float> x) => Vector512<float>.One / (Vector512<float>.One + Vector512.Exp(-x));

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
