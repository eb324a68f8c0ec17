using Syrinx.Training.Distributed;
using Syrinx.Training.Modeling;
using Syrinx.Training.Native;
using static TorchSharp.torch;

namespace Syrinx.Training.Optimization;

/// <summary>
/// Sums one parameter's gradient over micro-batches in fp32, pairwise. It holds at most log₂ of the micro-batches' number of buffers, which are
/// used again in each step. One thread at a time.
/// </summary>
internal sealed class GradientSum(Parameter parameter, int microBatches) : IDisposable
{
    private readonly Stack<Tensor> _free = [];
    private PairwiseSum<Tensor>? _sum;
    private Tensor? _notOurs;

    /// <summary>The sums from left to right. The first is <see cref="Parameter.Gradient"/>; after all micro-batches it is the only one.</summary>
    public IReadOnlyList<Tensor> Parts { get; private set; } = [];

    /// <summary>Begins a step.</summary>
    public void Clear()
    {
        foreach (var part in Parts.Skip(1))
            _free.Push(part);
        Parts = [];
        Sum.Clear();
    }

    /// <summary>Adds the gradient of the next micro-batch, in any type; it is not kept.</summary>
    public void Add(int microBatch, Tensor gradient)
    {
        if (!Sum.HasLeftOf(microBatch))
        {
            Add(microBatch, buffer => buffer.copy_(gradient));
            return;
        }
        _notOurs = gradient; // goes into its left neighbour without a copy
        Push(microBatch, gradient);
    }

    /// <summary>Adds the gradient of the next micro-batch, which <paramref name="fill"/> writes into a buffer that it is given.</summary>
    public void Add(int microBatch, Action<Tensor> fill)
    {
        using var noGrad = no_grad();
        var buffer = Sum.Open.Count == 0 ? parameter.Gradient : _free.Count > 0 ? _free.Pop() : zeros_like(parameter.Master).DetachFromDisposeScope();
        fill(buffer);
        Push(microBatch, buffer);
    }

    public void Dispose()
    {
        Clear();
        foreach (var buffer in _free)
            buffer.Dispose();
    }

    private PairwiseSum<Tensor> Sum => _sum ??= new(microBatches, AddUp);

    private void Push(int microBatch, Tensor value)
    {
        Sum.Push(new SumNode(0, microBatch), value);
        Parts = [.. Sum.Open.Select(o => o.Value)];
    }

    private Tensor AddUp(Tensor left, Tensor right)
    {
        using var noGrad = no_grad();
        using var scope = TorchSharp.torch.NewDisposeScope();
        left.PlusInPlace(right);
        if (!ReferenceEquals(right, _notOurs))
            _free.Push(right);
        return left;
    }
}
