using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Syrinx.Training.Modeling.Fused;

/// <summary>
/// Causal attention for short sequences: libtorch's batched products, and between them a softmax of ours that looks only at
/// the past, and at none of another document. The T×T probabilities are kept for the backward pass, in the computing type. At T 256 it is three times as
/// fast as libtorch's fused kernel for CPUs, forward and backward together; its memory grows with T², the other's doesn't. One thread.
/// </summary>
internal sealed unsafe class FusedCausalAttention : autograd.SingleTensorFunction<FusedCausalAttention>
{
    /// <summary>Sequences up to this are taken.</summary>
    public const int LongestSequence = 512;

    public override string Name => nameof(FusedCausalAttention);

    /// <param name="ctx">Keeps what the backward pass needs.</param>
    /// <param name="vars">q, k and v, each (B·H, T, S) and contiguous; then a <see cref="DocumentBorders"/> of B rows, or <c>false</c>.</param>
    /// <returns>(B·H, T, S).</returns>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (q, k, v) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var p = bmm(q, k.transpose(1, 2));
        nint rows = (nint)(p.shape[0] * p.shape[1]);
        int length = (int)p.shape[1];
        float scale = Scale(q);
        int[] starts = Starts(vars[3] as DocumentBorders, rows, length);
        if (p.dtype == ScalarType.BFloat16)
            Softmax<Bf16>(Memory.Of(p), rows, length, scale, starts);
        else
            Softmax<Fp32>(Memory.Of(p), rows, length, scale, starts);
        ctx.save_for_backward([q, k, v, p]);
        ctx.save_data("starts", starts);
        return bmm(p, v);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
    {
        var saved = ctx.get_saved_variables();
        var (q, k, v, p) = (saved[0], saved[1], saved[2], saved[3]);
        var dy = gradient.contiguous();
        var dv = bmm(p.transpose(1, 2), dy);
        var ds = bmm(dy, v.transpose(1, 2));
        nint rows = (nint)(p.shape[0] * p.shape[1]);
        int length = (int)p.shape[1];
        float scale = Scale(q);
        int[] starts = (int[])ctx.get_data("starts");
        if (p.dtype == ScalarType.BFloat16)
            SoftmaxBackward<Bf16>(Memory.Of(p), Memory.Of(ds), rows, length, scale, starts);
        else
            SoftmaxBackward<Fp32>(Memory.Of(p), Memory.Of(ds), rows, length, scale, starts);
        return [bmm(ds, k), bmm(ds.transpose(1, 2), q), dv, null!];
    }

    /// <summary>
    /// First key that each of the B·H·T queries looks at; none where it is always the row's first. The heads of a sequence share them.
    /// </summary>
    private static int[] Starts(DocumentBorders? borders, nint rows, int length)
    {
        if (borders is null)
            return [];
        var starts = borders.Starts;
        int heads = (int)(rows / starts.Length);
        var all = new int[rows];
        for (int row = 0; row < starts.Length / length; row++)
        {
            for (int head = 0; head < heads; head++)
                starts.Slice(row * length, length).CopyTo(all.AsSpan(((row * heads) + head) * length));
        }
        return all;
    }

    private static float Scale(Tensor q) => 1 / MathF.Sqrt(q.shape[2]);

    /// <summary>Row t of each T×T matrix becomes softmax(scale · its numbers from the start to t), with zeros before and after.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Softmax<T>(void* p, nint rows, int length, float scale, int[] starts) where T : IElement
    {
        float* e = stackalloc float[LongestSequence];
        for (nint row = 0; row < rows; row++)
        {
            int start = starts.Length == 0 ? 0 : starts[row];
            nint at = row * length;
            Zero<T>(p, at, start);
            at += start;
            int count = (int)(row % length) + 1 - start, i = 0;
            var largest = Vector512.Create(float.NegativeInfinity);
            for (; i + 16 <= count; i += 16)
                largest = Vector512.Max(largest, T.Load(p, at + i));
            float max = float.NegativeInfinity;
            for (int lane = 0; lane < 16 && i > 0; lane++)
                max = MathF.Max(max, largest[lane]);
            for (; i < count; i++)
                max = MathF.Max(max, T.Get(p, at + i));

            var sums = Vector512<float>.Zero;
            float sum = 0;
            i = 0;
            for (; i + 16 <= count; i += 16)
            {
                var value = Vector512.Exp((T.Load(p, at + i) - Vector512.Create(max)) * scale);
                value.Store(e + i);
                sums += value;
            }
            for (; i < count; i++)
                sum += e[i] = MathF.Exp((T.Get(p, at + i) - max) * scale);
            float factor = 1 / (sum + Vector512.Sum(sums));
            i = 0;
            for (; i + 16 <= count; i += 16)
                T.Store(p, at + i, Vector512.Load(e + i) * factor);
            for (; i < count; i++)
                T.Set(p, at + i, e[i] * factor);
            Zero<T>(p, at + count, length - start - count);
        }
    }

    private static void Zero<T>(void* p, nint at, int count) where T : IElement
    {
        int i = 0;
        for (; i + 16 <= count; i += 16)
            T.Store(p, at + i, Vector512<float>.Zero);
        for (; i < count; i++)
            T.Set(p, at + i, 0);
    }

    /// <summary>From dP in <paramref name="ds"/> to the gradient of the scores before scaling: scale · P · (dP − Σ P·dP).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SoftmaxBackward<T>(void* p, void* ds, nint rows, int length, float scale, int[] starts) where T : IElement
    {
        for (nint row = 0; row < rows; row++)
        {
            int start = starts.Length == 0 ? 0 : starts[row];
            nint at = row * length;
            Zero<T>(ds, at, start);
            at += start;
            int count = (int)(row % length) + 1 - start, i = 0;
            var sums = Vector512<float>.Zero;
            float sum = 0;
            for (; i + 16 <= count; i += 16)
                sums += T.Load(p, at + i) * T.Load(ds, at + i);
            for (; i < count; i++)
                sum += T.Get(p, at + i) * T.Get(ds, at + i);
            sum += Vector512.Sum(sums);
            i = 0;
            for (; i + 16 <= count; i += 16)
                T.Store(ds, at + i, T.Load(p, at + i) * (T.Load(ds, at + i) - Vector512.Create(sum)) * scale);
            for (; i < count; i++)
                T.Set(ds, at + i, T.Get(p, at + i) * (T.Get(ds, at + i) - sum) * scale);
            Zero<T>(ds, at + count, length - start - count);
        }
    }
}
