using TorchSharp;
using static TorchSharp.torch;

namespace Syrinx.Training.Modeling;

/// <summary>
/// The output head and the loss in one, a few hundred rows at a time, so that logits of all rows never exist in fp32 (they would be
/// the largest tensor of training by far). The gradient is known as soon as the logits are: softmax − one-hot; autograd is
/// not asked. The idea is Liger's fused linear cross entropy, https://arxiv.org/abs/2410.10989.
/// </summary>
internal static class LinearCrossEntropy
{
    private const int ChunkRows = 256;

    /// <summary>Sum of the losses in nats of the rows whose target is not negative.</summary>
    /// <param name="x_ND">Hidden rows, in the computing type.</param>
    /// <param name="head_VD">The output head, in the computing type.</param>
    /// <param name="targets_N">Token that follows each row (int64); −1 where none is to be learnt.</param>
    public static double Loss(Tensor x_ND, Tensor head_VD, Tensor targets_N)
    {
        double sum = 0;
        Chunks(x_ND, head_VD, targets_N, (_, _, losses, _, _) => sum += losses.sum().item<float>());
        return sum;
    }

    /// <summary>The same sum, and the gradients of <paramref name="scale"/> · sum.</summary>
    /// <returns>The sum (not scaled), its gradient for the rows (N, D) and for the head (V, D), in the computing type.</returns>
    public static (double Sum, Tensor RowGradient, Tensor HeadGradient) LossAndGradients(
        Tensor x_ND, Tensor head_VD, Tensor targets_N, double scale)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        x_ND = x_ND.detach();
        var logitGradient_NV = empty(x_ND.shape[0], head_VD.shape[0], x_ND.dtype, x_ND.device);
        var rowGradient_ND = empty_like(x_ND);
        double sum = 0;
        Chunks(x_ND, head_VD, targets_N, (start, logits_CV, losses_C1, targets_C1, mask_C1) =>
        {
            sum += losses_C1.sum().item<float>();
            // logits − logsumexp were left in place by the loss
            var p_CV = logits_CV.exp_();
            p_CV.scatter_add_(1, targets_C1, full_like(mask_C1, -1f));
            var part_CV = logitGradient_NV.narrow(0, start, p_CV.shape[0]);
            part_CV.copy_(p_CV.mul_(mask_C1 * scale));
            rowGradient_ND.narrow(0, start, p_CV.shape[0]).copy_(mm(part_CV, head_VD));
        });
        var headGradient_VD = mm(logitGradient_NV.t(), x_ND);
        return (sum, rowGradient_ND.MoveToOuterDisposeScope(), headGradient_VD.MoveToOuterDisposeScope());
    }

    private delegate void Chunk(long start, Tensor logProbabilities_CV, Tensor losses_C1, Tensor targets_C1, Tensor mask_C1);

    private static void Chunks(Tensor x_ND, Tensor head_VD, Tensor targets_N, Chunk chunk)
    {
        if (x_ND.dim() != 2 || head_VD.dim() != 2 || x_ND.shape[1] != head_VD.shape[1] || targets_N.dim() != 1 || targets_N.shape[0] != x_ND.shape[0])
            throw new ArgumentException($"rows ({string.Join(", ", x_ND.shape)}), head ({string.Join(", ", head_VD.shape)}) and targets ({string.Join(", ", targets_N.shape)}) do not fit.");
        using var noGrad = no_grad();
        var head_DV = head_VD.t();
        for (long start = 0; start < x_ND.shape[0]; start += ChunkRows)
        {
            using var scope = NewDisposeScope();
            long rows = Math.Min(ChunkRows, x_ND.shape[0] - start);
            var logits_CV = mm(x_ND.narrow(0, start, rows), head_DV).to(ScalarType.Float32);
            var targets_C1 = targets_N.narrow(0, start, rows).unsqueeze(1);
            var mask_C1 = targets_C1.ge(0).to(ScalarType.Float32);
            targets_C1 = targets_C1.clamp(min: 0);
            logits_CV.sub_(logits_CV.logsumexp(1, keepdim: true));
            var losses_C1 = logits_CV.gather(1, targets_C1).neg_().mul_(mask_C1);
            chunk(start, logits_CV, losses_C1, targets_C1, mask_C1);
        }
    }
}
