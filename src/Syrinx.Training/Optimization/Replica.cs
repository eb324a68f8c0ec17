using System.Runtime.InteropServices;
using Syrinx.Training.Data;
using Syrinx.Training.Modeling;
using static TorchSharp.torch;

namespace Syrinx.Training.Optimization;

/// <summary>
/// One worker's view of the model: the same weights, gradients of its own. The embedding and the output head, the two
/// ends, are differentiated by hand; autograd does what lies between. For one thread.
/// </summary>
internal sealed class Replica : IDisposable
{
    private readonly Transformer _model;
    private readonly TransformerWeights _weights;
    private readonly Tensor?[] _leaves;
    private readonly LayerWeights[] _layers;
    private readonly Tensor _finalNorm;

    public Replica(Transformer model, TransformerWeights weights)
    {
        _model = model;
        _weights = weights;
        // a leaf shares the memory of the parameter's computing copy
        _leaves = [.. weights.All.Select(p => IsEnd(p) ? null : p.Compute.detach().requires_grad_(true).DetachFromDisposeScope())];
        var byName = weights.All.Zip(_leaves).Where(p => p.Second is not null).ToDictionary(p => p.First.Name, p => p.Second!);
        _layers = [.. Enumerable.Range(0, weights.Config.NumHiddenLayers).Select(l => LayerWeights.Of(l, byName.GetValueOrDefault))];
        _finalNorm = byName[WeightNames.FinalNorm];
    }

    /// <summary>Whether a parameter is the embedding or the head.</summary>
    public static bool IsEnd(Parameter p) => p.Name is WeightNames.Embedding or WeightNames.Head;

    /// <summary>Hidden rows (N, D) of a batch, for the output head.</summary>
    public Tensor Hidden(Batch batch)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var x_ND = Embed(Tokens(batch.Inputs));
        return _model.Forward(x_ND, batch.Rows, _layers, _finalNorm).MoveToOuterDisposeScope();
    }

    /// <summary>Sum of the losses of a batch in nats.</summary>
    public double Loss(Batch batch)
    {
        using var scope = NewDisposeScope();
        return LinearCrossEntropy.Loss(Hidden(batch), _weights.Head.Compute, Tokens(batch.Targets));
    }

    /// <summary>Logits in fp32 of a batch: (N, V), or (1, V) of its last row.</summary>
    public Tensor Logits(Batch batch, bool lastOnly)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var hidden_ND = Hidden(batch);
        if (lastOnly)
            hidden_ND = hidden_ND.narrow(0, hidden_ND.shape[0] - 1, 1);
        return mm(hidden_ND, _weights.Head.Compute.t()).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>The loss of a micro-batch, and its share of the gradients.</summary>
    /// <param name="batch">The micro-batch.</param>
    /// <param name="scale">What the sum of losses is multiplied with: 1 / targets of the whole batch.</param>
    public MicroGradients Differentiate(Batch batch, double scale)
    {
        using var scope = NewDisposeScope();
        var tokens_N = Tokens(batch.Inputs);
        Tensor x_ND;
        using (no_grad())
            x_ND = Embed(tokens_N);
        x_ND.requires_grad_(true);
        var hidden_ND = _model.Forward(x_ND, batch.Rows, _layers, _finalNorm);
        var (sum, rowGradient_ND, headGradient_VD) =
            LinearCrossEntropy.LossAndGradients(hidden_ND, _weights.Head.Compute, Tokens(batch.Targets), scale);
        hidden_ND.backward([rowGradient_ND]);
        var gradients = new Tensor?[_leaves.Length];
        for (int i = 0; i < _leaves.Length; i++)
        {
            if (_leaves[i] is not { } leaf)
                continue;
            gradients[i] = leaf.grad!.DetachFromDisposeScope();
            leaf.grad = null;
        }
        return new MicroGradients(sum, gradients, tokens_N.DetachFromDisposeScope(), x_ND.grad!.DetachFromDisposeScope(), headGradient_VD.DetachFromDisposeScope());
    }

    public void Dispose()
    {
        foreach (var leaf in _leaves)
            leaf?.Dispose();
    }

    private Tensor Embed(Tensor tokens_N) => _weights[WeightNames.Embedding].Compute.index_select(0, tokens_N);

    private Tensor Tokens(int[] ids)
    {
        foreach (int id in ids)
        {
            if (id >= _weights.Config.VocabSize || id < -1)
                throw new ArgumentException($"Token {id} is outside the vocabulary of {_weights.Config.VocabSize}.", nameof(ids));
        }
        var host = empty(ids.Length, ScalarType.Int64);
        var values = MemoryMarshal.Cast<byte, long>(host.bytes);
        for (int i = 0; i < ids.Length; i++)
            values[i] = ids[i];
        return host.to(_weights.Head.Master.device);
    }
}
