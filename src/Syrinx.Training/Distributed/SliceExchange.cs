using System.Diagnostics;
using Syrinx.Training.Modeling.Fused;
using Syrinx.Training.Native;
using Syrinx.Training.Optimization;
using static TorchSharp.torch;

namespace Syrinx.Training.Distributed;

/// <summary>
/// What ranks exchange in a step: each sends the sums of its micro-batches to the slices' owners, who add them in the order of the tree
/// (a reduce-scatter), and later the owners' new weights to all (an all-gather). In 32-bit numbers that is together less than a ring
/// all-reduce of the gradients moves, since weights go as the type that is computed in. Buffers on the host; for one thread.
/// </summary>
internal sealed unsafe class SliceExchange : IDisposable
{
    /// <summary>Bytes that a rank sends at a time: PyTorch DDP's default size of a bucket (Li et al. 2020, https://arxiv.org/abs/2006.15704).</summary>
    internal const int BucketBytes = 25 << 20;

    private readonly World _world;
    private readonly int _microBatches;
    private readonly SumNode[][] _nodes;
    private readonly SliceLayout _gradients;
    private readonly (ScalarType Type, SliceLayout Layout)[] _weights;
    private readonly int _bucketBytes;
    private readonly Stopwatch _clock = new();
    private readonly Dictionary<ScalarType, (Tensor Send, Tensor Receive)> _buffers = [];

    public SliceExchange(World world, SlicePlan plan, int microBatches, int bucketBytes = BucketBytes)
    {
        (_world, _microBatches, _bucketBytes) = (world, microBatches, bucketBytes);
        _nodes = [.. Enumerable.Range(0, world.Size).Select(r => world.Share(microBatches, r)).Select(s => PairwiseSum.Nodes(microBatches, s.Begin, s.End))];
        _gradients = new SliceLayout(plan.All, world.Size);
        _weights = [.. plan.All.GroupBy(s => s.Parameter.Compute.dtype).OrderBy(g => g.Key).Select(g => (g.Key, new SliceLayout(g, world.Size)))];
    }

    /// <summary>Time spent on moving and adding, without waiting for ranks that are not as far.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Adds the gradients of all ranks; <see cref="Modeling.Parameter.Gradient"/> of this rank's own slices is then that of the whole batch.</summary>
    /// <param name="sums">This rank's sums, one for each parameter.</param>
    public void Reduce(IReadOnlyDictionary<Modeling.Parameter, GradientSum> sums)
    {
        _world.Meet("the gradients");
        _clock.Start();
        var (rank, size) = (_world.Rank, _world.Size);
        int piece = Piece(4), own = _nodes[rank].Length;
        var (send, receive) = Buffers(ScalarType.Float32, (long)size * piece * own, (long)piece * _nodes.Sum(n => n.Length));
        for (long begin = 0; begin < _gradients.Longest; begin += piece)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var sendCounts = new int[size];
            long at = 0;
            for (int owner = 0; owner < size; owner++)
            {
                int count = _gradients.CountIn(owner, begin, piece);
                for (int node = 0; node < own; node++, at += count)
                {
                    foreach (var p in _gradients.Pieces(owner, begin, count))
                        Run(send, at + p.At, p.Count).copy_(Run(sums[p.Slice.Parameter].Parts[node], p.Offset, p.Count));
                }
                sendCounts[owner] = count * own * sizeof(float);
            }
            int mine = _gradients.CountIn(rank, begin, piece);
            int[] receiveCounts = [.. _nodes.Select(n => n.Length * mine * sizeof(float))];
            _world.AllToAllBytes(Memory.Of(send), sendCounts, Memory.Of(receive), receiveCounts, "the gradients");
            if (mine == 0)
                continue;
            var sum = new PairwiseSum<Tensor>(_microBatches, (left, right) =>
            {
                left.PlusInPlace(right);
                return left;
            });
            long from = 0;
            foreach (var node in _nodes.SelectMany(n => n))
            {
                sum.Push(node, Run(receive, from, mine));
                from += mine;
            }
            foreach (var p in _gradients.Pieces(rank, begin, mine))
                Run(p.Slice.Parameter.Gradient, p.Offset, p.Count).copy_(Run(sum.Open[0].Value, p.At, p.Count));
        }
        _clock.Stop();
    }

    /// <summary>Gives every rank the computing copies of the weights that the others have updated.</summary>
    public void ShareWeights()
    {
        _world.Meet("the weights");
        _clock.Start();
        foreach (var (type, layout) in _weights)
        {
            int bytes = type == ScalarType.BFloat16 ? 2 : 4;
            int piece = Piece(bytes);
            var (send, receive) = Buffers(type, piece, (long)_world.Size * piece);
            for (long begin = 0; begin < layout.Longest; begin += piece)
            {
                using var scope = NewDisposeScope();
                using var noGrad = no_grad();
                int[] counts = [.. Enumerable.Range(0, _world.Size).Select(owner => layout.CountIn(owner, begin, piece))];
                foreach (var p in layout.Pieces(_world.Rank, begin, counts[_world.Rank]))
                    Run(send, p.At, p.Count).copy_(Run(p.Slice.Parameter.Compute, p.Offset, p.Count));
                _world.AllGatherBytes(Memory.Of(send), Memory.Of(receive), [.. counts.Select(c => c * bytes)], "the weights");
                long from = 0;
                for (int owner = 0; owner < _world.Size; from += counts[owner], owner++)
                {
                    if (owner == _world.Rank)
                        continue;
                    foreach (var p in layout.Pieces(owner, begin, counts[owner]))
                        Run(p.Slice.Parameter.Compute, p.Offset, p.Count).copy_(Run(receive, from + p.At, p.Count));
                }
            }
        }
        _clock.Stop();
    }

    public void Dispose()
    {
        foreach (var (send, receive) in _buffers.Values)
        {
            send.Dispose();
            receive.Dispose();
        }
    }

    private static Tensor Run(Tensor tensor, long offset, int count) => tensor.view(-1).narrow(0, offset, count);

    /// <summary>Numbers of each owner that go in one bucket.</summary>
    private int Piece(int bytes) => Math.Max(1024, _bucketBytes / bytes / _world.Size);

    private (Tensor Send, Tensor Receive) Buffers(ScalarType type, long send, long receive)
    {
        _buffers.TryGetValue(type, out var there);
        return _buffers[type] = (Grown(there.Send, send), Grown(there.Receive, receive));

        Tensor Grown(Tensor? buffer, long numbers)
        {
            if (buffer is not null && buffer.numel() >= numbers)
                return buffer;
            buffer?.Dispose();
            return empty(numbers, type).DetachFromDisposeScope();
        }
    }
}
