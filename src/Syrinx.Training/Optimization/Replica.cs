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

    private readonly bool _recompute;
    private readonly double _zLoss;

    /// <param name="model">The forward pass.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="recompute">Whether the backward pass computes each layer anew instead of keeping what is in it (activation checkpointing).</param>
    /// <param name="zLoss">Coefficient of the z-loss; 0: none.</param>
    public Replica(Transformer model, TransformerWeights weights, bool recompute = false, double zLoss = 0)
    {
        (_model, _weights, _recompute, _zLoss) = (model, weights, recompute, zLoss);
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
        return _model.Forward(x_ND, batch.Rows, _layers, _finalNorm, batch.Borders).MoveToOuterDisposeScope();
    }

    /// <summary>Sum of the losses of a batch in nats.</summary>
    public double Loss(Batch batch)
    {
        using var scope = NewDisposeScope();
        return LinearCrossEntropy.Loss(Hidden(batch), _weights.Head.Compute, Tokens(batch.Targets));
    }

    /// <summary>Logits in fp32 of a batch: (N, V), or (1, V) of one row.</summary>
    public Tensor Logits(Batch batch, int? row)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var hidden_ND = Hidden(batch);
        if (row is { } only)
            hidden_ND = hidden_ND.narrow(0, only, 1);
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
        var (sum, embeddingRows_ND, headGradient_VD) = _recompute ? Recomputing(x_ND, batch, scale) : Keeping(x_ND, batch, scale);
        var gradients = new Tensor?[_leaves.Length];
        for (int i = 0; i < _leaves.Length; i++)
        {
            if (_leaves[i] is not { } leaf)
                continue;
            gradients[i] = leaf.grad!.DetachFromDisposeScope();
            leaf.grad = null;
        }
        return new MicroGradients(sum, gradients, tokens_N.DetachFromDisposeScope(), embeddingRows_ND.DetachFromDisposeScope(), headGradient_VD.DetachFromDisposeScope());
    }

    /// <summary>Forward and backward through one graph of all layers. Leaves gradients in the leaves; returns those of the two ends.</summary>
    private (double Sum, Tensor Rows, Tensor Head) Keeping(Tensor x_ND, Batch batch, double scale)
    {
        x_ND.requires_grad_(true);
        var hidden_ND = _model.Forward(x_ND, batch.Rows, _layers, _finalNorm, batch.Borders);
        var (sum, rowGradient_ND, headGradient_VD) = Loss(hidden_ND, batch, scale);
        hidden_ND.backward([rowGradient_ND]);
        return (sum, x_ND.grad!, headGradient_VD);
    }

    /// <summary>
    /// The same to the bit with the memory of one layer and a third more products: the forward pass keeps only what enters each layer, and the backward
    /// pass computes the layers anew, one at a time from the last (Chen et al. 2016, https://arxiv.org/abs/1604.06174).
    /// </summary>
    private (double Sum, Tensor Rows, Tensor Head) Recomputing(Tensor x_ND, Batch batch, double scale)
    {
        var entering = new List<Tensor> { x_ND };
        using (no_grad())
        {
            foreach (var layer in _layers)
                entering.Add(_model.Layer(entering[^1], batch.Rows, layer, batch.Borders));
        }
        var last_ND = entering[^1].requires_grad_(true);
        var hidden_ND = _model.LastNorm(last_ND, _finalNorm);
        var (sum, gradient_ND, headGradient_VD) = Loss(hidden_ND, batch, scale);
        hidden_ND.backward([gradient_ND]);
        hidden_ND.Dispose();
        gradient_ND.Dispose();
        gradient_ND = Taken(last_ND);
        for (int l = _layers.Length - 1; l >= 0; l--)
        {
            using var scope = NewDisposeScope();
            var enters_ND = entering[l].requires_grad_(true);
            _model.Layer(enters_ND, batch.Rows, _layers[l], batch.Borders).backward([gradient_ND]);
            gradient_ND.Dispose();
            gradient_ND = Taken(enters_ND).MoveToOuterDisposeScope();
        }
        return (sum, gradient_ND, headGradient_VD);

        Tensor Taken(Tensor x)
        {
            var gradient = x.grad!;
            x.Dispose();
            return gradient;
        }
    }

    private (double Sum, Tensor RowGradient, Tensor HeadGradient) Loss(Tensor hidden_ND, Batch batch, double scale) =>
        LinearCrossEntropy.LossAndGradients(hidden_ND, _weights.Head.Compute, Tokens(batch.Targets), scale, _zLoss);

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
