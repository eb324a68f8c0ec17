// The decoder of the Llama family, as nanochat would read it: one file, from token embeddings to the last norm.
// Shapes: B sequences, T positions, N = B·T rows, D width, H query heads, K key and value heads, S size of a head.
using Syrinx.Models;
using Syrinx.Training.Native;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Syrinx.Training.Modeling;

/// <summary>
/// The forward pass between embedding and output head; gradients come from autograd. It knows nothing of threads,
/// micro-batches, losses or files. Shapes are checked here, because libtorch ends the process where a product's shapes do not
/// fit. Any number of threads may run it at once, each with weights of its own.
/// </summary>
internal sealed class Transformer(ModelConfig config, int length, Device device) : IDisposable
{
    private readonly RotaryEmbedding _rope = new(config, length, device);

    /// <summary>Longest sequence.</summary>
    public int Length { get; } = length;

    /// <summary>Runs all layers and the last norm.</summary>
    /// <param name="x_ND">Embedded tokens, N = B·T rows, in the computing type.</param>
    /// <param name="batch">B.</param>
    /// <param name="layers">Weights of the layers.</param>
    /// <param name="finalNorm">Weight of the last norm.</param>
    /// <param name="borders">Where documents begin that attention must not look beyond; null: rows are whole.</param>
    /// <returns>(N, D), in the computing type, for the output head.</returns>
    public Tensor Forward(Tensor x_ND, int batch, IReadOnlyList<LayerWeights> layers, Tensor finalNorm, DocumentBorders? borders = null)
    {
        long rows = x_ND.shape[0];
        if (x_ND.dim() != 2 || x_ND.shape[1] != config.HiddenSize || batch < 1 || rows % batch != 0 || rows / batch > Length)
            throw new ArgumentException($"({string.Join(", ", x_ND.shape)}) are not {batch} sequences of width {config.HiddenSize}, at most {Length} long.", nameof(x_ND));
        foreach (var layer in layers)
            x_ND = Layer(x_ND, batch, layer, borders);
        return LastNorm(x_ND, finalNorm);
    }

    /// <summary>The norm after the last layer.</summary>
    public Tensor LastNorm(Tensor x_ND, Tensor finalNorm) => Ops.RmsNorm(x_ND, finalNorm, config.RmsNormEps);

    /// <summary>Runs one layer.</summary>
    /// <param name="x_ND">What enters it, in the computing type.</param>
    /// <param name="batch">B.</param>
    /// <param name="w">Its weights.</param>
    /// <param name="borders">Where documents begin that attention must not look beyond; null: rows are whole.</param>
    public Tensor Layer(Tensor x_ND, int batch, LayerWeights w, DocumentBorders? borders)
    {
        // what autograd does not keep is freed when the layer ends, not when the step ends
        using var scope = NewDisposeScope();
        x_ND = x_ND.Plus(Attention(Ops.RmsNorm(x_ND, w.InputNorm, config.RmsNormEps), batch, w, borders));
        var h_ND = Ops.RmsNorm(x_ND, w.PostAttentionNorm, config.RmsNormEps);
        var gated_NF = Ops.SwiGlu(F.linear(h_ND, w.Gate), F.linear(h_ND, w.Up));
        return x_ND.Plus(F.linear(gated_NF, w.Down)).MoveToOuterDisposeScope();
    }

    private Tensor Attention(Tensor h_ND, int batch, LayerWeights w, DocumentBorders? borders)
    {
        var q_BTHS = Heads(Project(h_ND, w.Q, w.QBias), config.NumAttentionHeads);
        var k_BTKS = Heads(Project(h_ND, w.K, w.KBias), config.NumKeyValueHeads);
        var v_BTKS = Heads(Project(h_ND, w.V, w.VBias), config.NumKeyValueHeads);
        q_BTHS = Ops.NormAndRotate(q_BTHS, w.QNorm, config.RmsNormEps, _rope);
        k_BTKS = Ops.NormAndRotate(k_BTKS, w.KNorm, config.RmsNormEps, _rope);
        var y_ND = Ops.CausalAttention(q_BTHS, k_BTKS, v_BTKS, borders);
        return F.linear(y_ND, w.O);

        Tensor Heads(Tensor x, int heads) => x.view(batch, -1, heads, config.HeadSize);
    }

    // the bias is fp32, as all vectors are
    private static Tensor Project(Tensor h_ND, Tensor weight, Tensor? bias) =>
        bias is null ? F.linear(h_ND, weight) : F.linear(h_ND, weight, bias.to(h_ND.dtype));

    public void Dispose() => _rope.Dispose();
}
