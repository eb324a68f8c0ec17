using static TorchSharp.torch;

namespace Syrinx.Training.Optimization;

/// <summary>What one micro-batch contributes to a step; its tensors are freed when they have been added up.</summary>
/// <param name="LossSum">Sum of its losses in nats.</param>
/// <param name="Gradients">In the order of the weights; null for embedding and head.</param>
/// <param name="Tokens">Its tokens (N).</param>
/// <param name="EmbeddingRows">Gradient of each token's embedding (N, D).</param>
/// <param name="Head">Gradient of the output head (V, D).</param>
internal sealed record MicroGradients(double LossSum, Tensor?[] Gradients, Tensor Tokens, Tensor EmbeddingRows, Tensor Head) : IDisposable
{
    public void Dispose()
    {
        foreach (var gradient in Gradients)
            gradient?.Dispose();
        Tokens.Dispose();
        EmbeddingRows.Dispose();
        Head.Dispose();
    }
}
