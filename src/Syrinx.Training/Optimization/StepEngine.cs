using Syrinx.Training.Data;
using Syrinx.Training.Distributed;
using Syrinx.Training.Modeling;
using Syrinx.Training.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Syrinx.Training.Optimization;

/// <summary>
/// Computes a batch's loss and gradients in micro-batches: each rank a share of them, on each rank side by side, one a worker. Gradients are added
/// in the order of a fixed tree (<see cref="PairwiseSum{T}"/>). With as many micro-batches as threads, or more, each runs on a single
/// thread, so the result is the same to the bit whatever the number of threads and ranks; and two single-threaded passes are faster than one of
/// two threads. For one caller at a time.
/// </summary>
internal sealed class StepEngine : IDisposable
{
    private readonly TransformerWeights _weights;
    private readonly Transformer _model;
    private readonly WorkerPool _pool;
    private readonly Replica[] _replicas;
    private readonly int[][] _shares;
    private readonly int _microBatches;
    private readonly World _world;
    private readonly Dictionary<Parameter, GradientSum> _sums;
    private readonly SliceExchange? _exchange;

    /// <summary>Prepares the workers.</summary>
    /// <param name="weights">The model; its gradients are written by <see cref="Differentiate"/>.</param>
    /// <param name="length">Longest sequence.</param>
    /// <param name="microBatches">Parts of a batch, of all ranks together.</param>
    /// <param name="threads">Threads of each rank.</param>
    /// <param name="muon">Whether layers' matrices are updated by Muon; the ranks' shares depend on it, not the result.</param>
    /// <param name="world">The ranks; this process alone by default.</param>
    /// <param name="recompute">Whether layers are computed anew in the backward pass, for memory; the result is the same.</param>
    /// <param name="zLoss">Coefficient of the z-loss; 0: none.</param>
    public StepEngine(
        TransformerWeights weights, int length, int microBatches, int threads, bool muon = false, World? world = null, bool recompute = false, double zLoss = 0)
    {
        _weights = weights;
        _microBatches = microBatches;
        _world = world ?? World.Alone;
        var device = weights.Head.Master.device;
        // a GPU is one worker: its own parallelism is inside the operations
        int atOnce = device.type == DeviceType.CUDA ? 1 : Math.Min(threads, microBatches);
        // what one micro-batch is computed with must not depend on how many of them this rank has
        ThreadsEach = Math.Max(1, threads / atOnce);
        Share = _world.Share(microBatches);
        _model = new Transformer(weights.Config, length, device);
        _pool = new WorkerPool(Math.Min(atOnce, Share.End - Share.Begin), ThreadsEach);
        _replicas = [.. Enumerable.Range(0, _pool.Count).Select(_ => new Replica(_model, weights, recompute, zLoss))];
        _shares = Deal(weights.All, _pool.Count);
        _sums = weights.All.ToDictionary(p => p, p => new GradientSum(p, microBatches));
        Plan = SlicePlan.Of(weights.All, p => p.IsMatrix && !Replica.IsEnd(p), muon, _world);
        _exchange = _world.Size > 1 ? new SliceExchange(_world, Plan, microBatches) : null;
    }

    /// <summary>Number of workers.</summary>
    public int Workers => _pool.Count;

    /// <summary>Threads that one micro-batch is computed with; results may depend on it.</summary>
    public int ThreadsEach { get; }

    /// <summary>The micro-batches of this rank.</summary>
    public (int Begin, int End) Share { get; }

    /// <summary>Which rank updates which weights.</summary>
    public SlicePlan Plan { get; }

    /// <summary>Time spent on moving gradients and weights between ranks and adding them.</summary>
    public TimeSpan Exchanging => _exchange?.Elapsed ?? TimeSpan.Zero;

    /// <summary>
    /// Loss and gradients of a batch: <see cref="Parameter.Gradient"/> of this rank's slices, which are all where it is alone, is that of the
    /// mean loss over the batch's targets.
    /// </summary>
    /// <param name="mine">The sequences of this rank's micro-batches.</param>
    /// <param name="targets">Targets of the whole batch.</param>
    /// <returns>
    /// The mean loss of the whole batch in nats and the gradients' common Euclidean norm, the same on all ranks; either may be NaN or infinite.
    /// </returns>
    public (double Loss, double GradientNorm) Differentiate(Batch mine, int targets)
    {
        targets = Math.Max(1, targets);
        int share = Share.End - Share.Begin;
        // losses of the micro-batches, then squares of the slices' gradients
        var numbers = new double[share + Plan.Mine.Count];
        foreach (var sum in _sums.Values)
            sum.Clear();
        for (int first = 0; first < share; first += _pool.Count)
        {
            int count = Math.Min(_pool.Count, share - first);
            var parts = new MicroGradients?[count];
            try
            {
                _pool.Run(worker =>
                {
                    if (worker < count)
                        parts[worker] = _replicas[worker].Differentiate(mine.Part(first + worker, share), 1.0 / targets);
                });
                for (int i = 0; i < count; i++)
                    numbers[first + i] = parts[i]!.LossSum;
                _pool.Run(worker =>
                {
                    foreach (int index in _shares[worker])
                    {
                        for (int i = 0; i < count; i++)
                            AddUp(index, Share.Begin + first + i, parts[i]!);
                    }
                });
            }
            finally
            {
                foreach (var part in parts)
                    part?.Dispose();
            }
        }
        _exchange?.Reduce(_sums);
        ForEach(Plan.Mine.Count, i => numbers[share + i] = Square(Plan.Mine[i]));
        var (losses, squares) = OfAll(numbers);
        return (losses.Sum() / targets, Math.Sqrt(squares.Sum()));
    }

    /// <summary>After an update of this rank's slices: brings the other slices' computing copies up to date.</summary>
    public void ShareWeights() => _exchange?.ShareWeights();

    /// <summary>Calls <paramref name="body"/> with 0 … count − 1 on the workers, each of which takes the next when it has done one.</summary>
    public void ForEach(int count, Action<int> body)
    {
        if (count == 0)
            return;
        int next = -1;
        _pool.Run(_ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                using var scope = TorchSharp.torch.NewDisposeScope();
                body(i);
            }
        });
    }

    /// <summary>Sum of losses in nats over batches, of which each rank computes a share, and how many targets that were.</summary>
    public (double Sum, long Targets) Loss(IReadOnlyList<Batch> batches)
    {
        var (begin, end) = _world.Share(batches.Count);
        var sums = new double[end - begin];
        _pool.Run(worker =>
        {
            for (int i = worker; i < sums.Length; i += _pool.Count)
                sums[i] = _replicas[worker].Loss(batches[begin + i]);
        });
        int[] counts = [.. Enumerable.Range(0, _world.Size).Select(r => _world.Share(batches.Count, r)).Select(s => s.End - s.Begin)];
        return (_world.AllGather<double>(sums, counts, "the validation losses").Sum(), batches.Sum(b => (long)b.TargetCount));
    }

    /// <summary>Logits (V) of the token that follows position <paramref name="at"/> of a sequence, in fp32.</summary>
    public float[] NextLogits(int[] tokens, int at) => Logits(tokens, at)[0];

    /// <summary>Logits (V) at each position of a sequence, in fp32.</summary>
    public float[][] Logits(int[] tokens) => Logits(tokens, null);

    private float[][] Logits(int[] tokens, int? at)
    {
        float[][] rows = [];
        _pool.Run(worker =>
        {
            if (worker != 0)
                return;
            using var logits = _replicas[0].Logits(new Batch(1, tokens.Length, tokens, tokens), at).cpu();
            rows = [.. Enumerable.Range(0, (int)logits.shape[0]).Select(i => logits[i].data<float>().ToArray())];
        });
        return rows;
    }

    public void Dispose()
    {
        _pool.Dispose();
        foreach (var replica in _replicas)
            replica.Dispose();
        foreach (var sum in _sums.Values)
            sum.Dispose();
        _exchange?.Dispose();
        _model.Dispose();
    }

    private void AddUp(int index, int microBatch, MicroGradients part)
    {
        using var noGrad = no_grad();
        var parameter = _weights.All[index];
        bool isHead = parameter == _weights.Head;
        if (!Replica.IsEnd(parameter))
            _sums[parameter].Add(microBatch, part.Gradients[index]!);
        else if (parameter.Name != WeightNames.Embedding)
            _sums[parameter].Add(microBatch, part.Head);
        else
            _sums[parameter].Add(microBatch, FillEmbedding);

        // each token's row is added to the row of its word; a micro-batch's sum is its own, before it meets others
        void FillEmbedding(Tensor gradient_VD)
        {
            if (isHead)
                gradient_VD.copy_(part.Head);
            else
                gradient_VD.zero_();
            using var rows = part.EmbeddingRows.to(ScalarType.Float32);
            gradient_VD.PlusRowsInPlace(part.Tokens, rows);
        }
    }

    private static double Square(Slice slice)
    {
        using var noGrad = no_grad();
        var flat = slice.Of(slice.Parameter.Gradient);
        return flat.dot(flat).Value<float>();
    }

    /// <summary>Losses by micro-batch and squares by slice, of all ranks.</summary>
    private (double[] Losses, double[] Squares) OfAll(double[] mine)
    {
        var shares = Enumerable.Range(0, _world.Size).Select(r => _world.Share(_microBatches, r)).ToList();
        var slices = Plan.All.ToLookup(s => s.Owner);
        double[] all = _world.AllGather<double>(mine, [.. shares.Select((s, r) => s.End - s.Begin + slices[r].Count())], "the losses");
        var (losses, squares) = (new double[_microBatches], new double[Plan.All.Count]);
        int at = 0;
        for (int rank = 0; rank < _world.Size; rank++)
        {
            for (int i = shares[rank].Begin; i < shares[rank].End; i++)
                losses[i] = all[at++];
            foreach (var slice in slices[rank])
                squares[slice.Index] = all[at++];
        }
        return (losses, squares);
    }

    /// <summary>The weights' indices, dealt out to workers so that each has about the same number of numbers.</summary>
    private static int[][] Deal(IReadOnlyList<Parameter> all, int workers)
    {
        var shares = Enumerable.Range(0, workers).Select(_ => new List<int>()).ToArray();
        var sizes = new long[workers];
        foreach (int index in Enumerable.Range(0, all.Count).OrderByDescending(i => all[i].Master.numel()).ThenBy(i => i))
        {
            int least = Array.IndexOf(sizes, sizes.Min());
            shares[least].Add(index);
            sizes[least] += all[index].Master.numel();
        }
        return [.. shares.Select(s => s.ToArray())];
    }
}
