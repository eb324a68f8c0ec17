using Syrinx.Training.Data;
using Syrinx.Training.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace Syrinx.Training.Optimization;

/// <summary>
/// Computes a batch's loss and gradients in micro-batches that run side by side, one a worker, and adds the gradients up in
/// the order of the micro-batches. With as many micro-batches as threads, or more, each runs on a single thread, so the
/// result is the same to the bit whatever the number of threads; and two single-threaded passes are faster than one of two threads.
/// For one caller at a time.
/// </summary>
internal sealed class StepEngine : IDisposable
{
    private readonly TransformerWeights _weights;
    private readonly Transformer _model;
    private readonly WorkerPool _pool;
    private readonly Replica[] _replicas;
    private readonly int[][] _shares;
    private readonly int _microBatches;

    /// <summary>Prepares the workers.</summary>
    /// <param name="weights">The model; its gradients are written by <see cref="Differentiate"/>.</param>
    /// <param name="length">Longest sequence.</param>
    /// <param name="microBatches">Parts of a batch.</param>
    /// <param name="threads">Threads in all.</param>
    public StepEngine(TransformerWeights weights, int length, int microBatches, int threads)
    {
        _weights = weights;
        _microBatches = microBatches;
        var device = weights.Head.Master.device;
        // a GPU is one worker: its own parallelism is inside the operations
        int workers = device.type == DeviceType.CUDA ? 1 : Math.Min(threads, microBatches);
        _model = new Transformer(weights.Config, length, device);
        _pool = new WorkerPool(workers, Math.Max(1, threads / workers));
        _replicas = [.. Enumerable.Range(0, workers).Select(_ => new Replica(_model, weights))];
        _shares = Share(weights.All, workers);
    }

    /// <summary>Number of workers.</summary>
    public int Workers => _pool.Count;

    /// <summary>
    /// Loss and gradients of a batch: <see cref="Parameter.Gradient"/> of every weight is that of the mean loss over the
    /// batch's targets.
    /// </summary>
    /// <returns>The mean loss in nats and the gradients' common Euclidean norm; either may be NaN or infinite.</returns>
    public (double Loss, double GradientNorm) Differentiate(Batch batch)
    {
        int targets = Math.Max(1, batch.TargetCount);
        double sum = 0;
        var squares = new double[_weights.All.Count];
        for (int first = 0; first < _microBatches; first += _pool.Count)
        {
            int count = Math.Min(_pool.Count, _microBatches - first);
            var parts = new MicroGradients?[count];
            try
            {
                _pool.Run(worker =>
                {
                    if (worker < count)
                        parts[worker] = _replicas[worker].Differentiate(batch.Part(first + worker, _microBatches), 1.0 / targets);
                });
                foreach (var part in parts)
                    sum += part!.LossSum;
                bool last = first + count == _microBatches;
                _pool.Run(worker =>
                {
                    foreach (int index in _shares[worker])
                    {
                        AddUp(index, parts!, replace: first == 0);
                        if (last)
                            squares[index] = Square(_weights.All[index].Gradient);
                    }
                });
            }
            finally
            {
                foreach (var part in parts)
                    part?.Dispose();
            }
        }
        return (sum / targets, Math.Sqrt(squares.Sum()));
    }

    /// <summary>Calls <paramref name="body"/> with 0 … count − 1, shared among the workers.</summary>
    public void ForEach(int count, Action<int> body)
    {
        if (count == 0)
            return;
        _pool.Run(worker =>
        {
            for (int i = worker; i < count; i += _pool.Count)
                body(i);
        });
    }

    /// <summary>Sum of losses in nats over batches, and how many targets that were.</summary>
    public (double Sum, long Targets) Loss(IReadOnlyList<Batch> batches, CancellationToken cancel)
    {
        var sums = new double[batches.Count];
        _pool.Run(worker =>
        {
            for (int i = worker; i < batches.Count && !cancel.IsCancellationRequested; i += _pool.Count)
                sums[i] = _replicas[worker].Loss(batches[i]);
        });
        cancel.ThrowIfCancellationRequested();
        return (sums.Sum(), batches.Sum(b => (long)b.TargetCount));
    }

    /// <summary>Logits (V) of the token that follows a sequence, in fp32.</summary>
    public float[] NextLogits(int[] tokens) => Logits(tokens, lastOnly: true)[0];

    /// <summary>Logits (V) at each position of a sequence, in fp32.</summary>
    public float[][] Logits(int[] tokens) => Logits(tokens, lastOnly: false);

    private float[][] Logits(int[] tokens, bool lastOnly)
    {
        float[][] rows = [];
        _pool.Run(worker =>
        {
            if (worker != 0)
                return;
            using var logits = _replicas[0].Logits(new Batch(1, tokens.Length, tokens, tokens), lastOnly).cpu();
            rows = [.. Enumerable.Range(0, (int)logits.shape[0]).Select(i => logits[i].data<float>().ToArray())];
        });
        return rows;
    }

    public void Dispose()
    {
        _pool.Dispose();
        foreach (var replica in _replicas)
            replica.Dispose();
        _model.Dispose();
    }

    private void AddUp(int index, MicroGradients[] parts, bool replace)
    {
        using var noGrad = no_grad();
        var parameter = _weights.All[index];
        var total = parameter.Gradient;
        foreach (var part in parts)
        {
            if (!Replica.IsEnd(parameter))
            {
                Add(part.Gradients[index]!);
                continue;
            }
            if (parameter == _weights.Head)
                Add(part.Head);
            else if (replace)
                total.zero_();
            replace = false;
            if (parameter.Name == WeightNames.Embedding)
            {
                using var rows = part.EmbeddingRows.to(ScalarType.Float32);
                total.index_add_(0, part.Tokens, rows, 1);
            }
        }

        void Add(Tensor gradient)
        {
            if (replace)
                total.copy_(gradient);
            else
                total.add_(gradient);
            replace = false;
        }
    }

    private static double Square(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var flat = gradient.view(-1);
        return flat.dot(flat).item<float>();
    }

    /// <summary>The weights' indices, dealt out to workers so that each has about the same number of numbers.</summary>
    private static int[][] Share(IReadOnlyList<Parameter> all, int workers)
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
