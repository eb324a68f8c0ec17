using Syrinx.Training.Modeling.Fused;
using Syrinx.Training.Native;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Syrinx.Training.Modeling;

/// <summary>
/// The decoder's operations that are not matrix products. On a CPU they are kernels of ours (Fused/), since libtorch's
/// composed ones read and write the memory many times; the composed ones serve GPUs and are the kernels' slow twins in
/// the tests.
/// </summary>
internal static class Ops
{
    /// <summary>x / √(mean(x²) + ε) · w over the last dimension (Zhang, Sennrich, https://arxiv.org/abs/1910.07467), in fp32.</summary>
    public static Tensor RmsNorm(Tensor x, Tensor weight, double epsilon) =>
        Memory.Reaches(x) ? FusedRmsNorm.apply(x, weight, epsilon) : ComposedRmsNorm(x, weight, epsilon);

    public static Tensor ComposedRmsNorm(Tensor x, Tensor weight, double epsilon) => RmsNormFloat(x, weight, epsilon).to(x.dtype);

    /// <summary>Heads (B, T, H, S): normalised per head where there is a weight (Qwen3), then rotated.</summary>
    public static Tensor NormAndRotate(Tensor x_BTHS, Tensor? weight, double epsilon, RotaryEmbedding rope) =>
        Memory.Reaches(x_BTHS) ? FusedNormRotate.apply(x_BTHS, weight ?? rope.NoWeight, rope.Cos, rope.Sin, epsilon)
            : ComposedNormAndRotate(x_BTHS, weight, epsilon, rope);

    public static Tensor ComposedNormAndRotate(Tensor x_BTHS, Tensor? weight, double epsilon, RotaryEmbedding rope)
    {
        var x = weight is null ? x_BTHS.to(ScalarType.Float32) : RmsNormFloat(x_BTHS, weight, epsilon);
        return rope.Rotate(x).to(x_BTHS.dtype);
    }

    /// <summary>silu(gate) · up (Shazeer, https://arxiv.org/abs/2002.05202).</summary>
    public static Tensor SwiGlu(Tensor gate, Tensor up) => Memory.Reaches(gate) ? FusedSwiGlu.apply(gate, up) : ComposedSwiGlu(gate, up);

    public static Tensor ComposedSwiGlu(Tensor gate, Tensor up) => F.silu(gate) * up;

    /// <summary>
    /// Causal attention over q (B, T, H, S) and k, v (B, T, K, S), K dividing H: neighbouring query heads share one of k
    /// and v. Returns (B·T, H·S). Long sequences go through libtorch's fused kernel, which keeps no T×T matrix; with borders, document by document.
    /// </summary>
    public static Tensor CausalAttention(Tensor q_BTHS, Tensor k_BTKS, Tensor v_BTKS, DocumentBorders? borders = null)
    {
        long batch = q_BTHS.shape[0], length = q_BTHS.shape[1], heads = q_BTHS.shape[2], size = q_BTHS.shape[3];
        long share = heads / k_BTKS.shape[2];
        if (share > 1)
        {
            k_BTKS = k_BTKS.repeat_interleave(share, 2);
            v_BTKS = v_BTKS.repeat_interleave(share, 2);
        }
        var (q_BHTS, k_BHTS, v_BHTS) = (q_BTHS.transpose(1, 2), k_BTKS.transpose(1, 2), v_BTKS.transpose(1, 2));
        var y_BHTS = Memory.Reaches(q_BTHS) && length <= FusedCausalAttention.LongestSequence
            ? FusedCausalAttention.apply(Flat(q_BHTS), Flat(k_BHTS), Flat(v_BHTS), borders ?? (object)false).view(batch, heads, length, size)
            : borders is null ? F.scaled_dot_product_attention(q_BHTS, k_BHTS, v_BHTS, is_casual: true)
            : DocumentAttention(q_BHTS, k_BHTS, v_BHTS, borders);
        return y_BHTS.transpose(1, 2).reshape(batch * length, heads * size);

        Tensor Flat(Tensor x_BHTS) => x_BHTS.reshape(batch * heads, length, size).contiguous();
    }

    /// <summary>Causal attention inside each document of each row; what lies outside is not computed.</summary>
    public static Tensor DocumentAttention(Tensor q_BHTS, Tensor k_BHTS, Tensor v_BHTS, DocumentBorders borders)
    {
        var rows = new List<Tensor>();
        for (int row = 0; row < q_BHTS.shape[0]; row++)
        {
            long[] lengths = borders.Lengths(row);
            Tensor[] q = Documents(q_BHTS), k = Documents(k_BHTS), v = Documents(v_BHTS);
            rows.Add(cat([.. lengths.Select((_, i) => F.scaled_dot_product_attention(q[i], k[i], v[i], is_casual: true))], 2));

            Tensor[] Documents(Tensor x) => x.narrow(0, row, 1).split(lengths, 2);
        }
        return cat(rows, 0);
    }

    private static Tensor RmsNormFloat(Tensor x, Tensor weight, double epsilon)
    {
        var f = x.to(ScalarType.Float32);
        return f * rsqrt(f.square().mean([-1], keepdim: true).Plus(epsilon)) * weight;
    }
}
