using Syrinx.Training.Modeling.Fused;
using Syrinx.Training.Native;
using static TorchSharp.torch;

namespace Syrinx.Training.Modeling;

/// <summary>
/// The output head and the loss in one. Logits are by far the largest tensor of training, so they exist for some rows at a
/// time, and the gradient replaces them as soon as it is known: softmax − one-hot; autograd is not asked. The idea is Liger's
/// fused linear cross entropy, https://arxiv.org/abs/2410.10989.
/// </summary>
internal static class LinearCrossEntropy
{
    /// <summary>Most logits that exist at once: 32 MB in bf16.</summary>
    public const long ChunkLogits = 1 << 24;

    /// <summary>Sum of the losses in nats of the rows whose target is not negative.</summary>
    /// <param name="x_ND">Hidden rows, in the computing type.</param>
    /// <param name="head_VD">The output head, in the computing type.</param>
    /// <param name="targets_N">Token that follows each row (int64); −1 where none is to be learnt.</param>
    public static double Loss(Tensor x_ND, Tensor head_VD, Tensor targets_N)
    {
        double sum = 0;
        ForChunks(x_ND, head_VD, targets_N, (x_CD, targets_C) => sum += Losses(mm(x_CD, head_VD.t()), targets_C, 1, 0, gradients: false));
        return sum;
    }

    /// <summary>
    /// The same sum, and the gradients of <paramref name="scale"/> · (sum + <paramref name="zLoss"/> · Σ ln² Z) with Z = Σ exp(logit): the z-loss, which keeps
    /// the logits of a long training from drifting (PaLM, https://arxiv.org/abs/2204.02311, section 5; there 1e-4). It is not in the sum.
    /// </summary>
    /// <returns>The sum (not scaled), its gradient for the rows (N, D) in the computing type, and for the head (V, D).</returns>
    public static (double Sum, Tensor RowGradient, Tensor HeadGradient) LossAndGradients(
        Tensor x_ND, Tensor head_VD, Tensor targets_N, double scale, double zLoss = 0)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        double sum = 0;
        var rowGradients = new List<Tensor>();
        Tensor? headGradient_VD = null;
        ForChunks(x_ND.detach(), head_VD, targets_N, (x_CD, targets_C) =>
        {
            var logits_CV = mm(x_CD, head_VD.t());
            sum += Losses(logits_CV, targets_C, scale, zLoss, gradients: true);
            rowGradients.Add(mm(logits_CV, head_VD).MoveToOuterDisposeScope());
            var part_VD = mm(logits_CV.t(), x_CD);
            if (headGradient_VD is null)
                headGradient_VD = part_VD.MoveToOuterDisposeScope();
            else if (headGradient_VD.dtype == ScalarType.Float32)
                headGradient_VD.PlusInPlace(part_VD);
            else // sums of several chunks are kept in fp32
            {
                using var first_VD = headGradient_VD;
                headGradient_VD = first_VD.to(ScalarType.Float32).PlusInPlace(part_VD).MoveToOuterDisposeScope();
            }
        });
        var rowGradient_ND = rowGradients.Count == 1 ? rowGradients[0] : cat(rowGradients, 0);
        return (sum, rowGradient_ND.MoveToOuterDisposeScope(), headGradient_VD!.MoveToOuterDisposeScope());
    }

    private static void ForChunks(Tensor x_ND, Tensor head_VD, Tensor targets_N, Action<Tensor, Tensor> chunk)
    {
        if (x_ND.dim() != 2 || head_VD.dim() != 2 || x_ND.shape[1] != head_VD.shape[1] || targets_N.dim() != 1 || targets_N.shape[0] != x_ND.shape[0])
        {
            throw new ArgumentException(
                $"rows ({string.Join(", ", x_ND.shape)}), head ({string.Join(", ", head_VD.shape)}) and targets ({string.Join(", ", targets_N.shape)}) do not fit.");
        }
        using var noGrad = no_grad();
        long size = Math.Max(1, ChunkLogits / head_VD.shape[0]);
        for (long start = 0; start < x_ND.shape[0]; start += size)
        {
            using var scope = NewDisposeScope();
            long rows = Math.Min(size, x_ND.shape[0] - start);
            chunk(x_ND.narrow(0, start, rows), targets_N.narrow(0, start, rows));
        }
    }

    private static unsafe double Losses(Tensor logits_CV, Tensor targets_C, double scale, double zLoss, bool gradients)
    {
        if (!Memory.Reaches(logits_CV))
            return ComposedLosses(logits_CV, targets_C, scale, zLoss, gradients);
        var (rows, width) = ((nint)logits_CV.shape[0], (int)logits_CV.shape[1]);
        return logits_CV.dtype == ScalarType.BFloat16
            ? FusedCrossEntropy.Rows<Bf16>(Memory.Of(logits_CV), (long*)Memory.Of(targets_C), rows, width, (float)scale, zLoss, gradients)
            : FusedCrossEntropy.Rows<Fp32>(Memory.Of(logits_CV), (long*)Memory.Of(targets_C), rows, width, (float)scale, zLoss, gradients);
    }

    /// <summary>The kernel's slow twin, and what a GPU runs: sum of losses; with gradients, these take the logits' place.</summary>
    public static double ComposedLosses(Tensor logits_CV, Tensor targets_C, double scale, double zLoss, bool gradients)
    {
        var targets_C1 = targets_C.unsqueeze(1);
        using TorchSharp.Scalar zero = 0;
        var mask_C1 = targets_C1.ge(zero).to(ScalarType.Float32);
        targets_C1 = targets_C1 * targets_C1.ge(zero).to(ScalarType.Int64);
        var logProbabilities_CV = logits_CV.to(ScalarType.Float32);
        var lnZ_C1 = logProbabilities_CV.logsumexp(1, keepdim: true);
        logProbabilities_CV = logProbabilities_CV - lnZ_C1;
        double sum = -(logProbabilities_CV.gather(1, targets_C1) * mask_C1).to(ScalarType.Float64).sum().Value<double>();
        if (gradients)
        {
            var p_CV = logProbabilities_CV.exp_().mul_(lnZ_C1.Times(2 * zLoss).Plus(1)); // the slope of z·ln² Z is 2·z·ln Z·softmax
            p_CV.scatter_add_(1, targets_C1, ones_like(mask_C1).neg());
            logits_CV.copy_(p_CV.mul_(mask_C1.Times(scale)));
        }
        return sum;
    }
}
