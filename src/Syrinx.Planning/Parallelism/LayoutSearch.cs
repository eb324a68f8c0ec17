using Syrinx.Planning.Costs;
using Syrinx.Planning.Hardware;
using Syrinx.Planning.Reliability;
using Syrinx.Planning.Shapes;

namespace Syrinx.Planning.Parallelism;

/// <summary>What of a layout is given; null is searched. A published run's layout is given as far as it was published.</summary>
internal sealed record LayoutGiven(
    int? Tensor = null, int? Context = null, int? Pipeline = null, int? MicroBatch = null, int? Interleave = null,
    Recomputation? Recomputation = null, Sharding? Sharding = null);

/// <summary>A layout with what it costs.</summary>
internal sealed record PlacedLayout(Layout Layout, MemoryUse Memory, StepTime Time);

/// <summary>
/// Tries every sensible layout and keeps the one that fits and ends the run first, failures included. Deterministic: a layout
/// replaces another only when it is better by more than rounding, so among equals the simplest, which comes first, stays.
/// </summary>
/// <param name="shape">The model.</param>
/// <param name="sequence">Tokens of a sequence.</param>
/// <param name="batch">Sequences of a step.</param>
/// <param name="accelerator">Which.</param>
/// <param name="techniques">What the program can do.</param>
/// <param name="constants">The planner's.</param>
/// <param name="reliability">More accelerators fail more often: an idle one can be worth more than a busy one.</param>
/// <param name="given">What is not searched.</param>
internal sealed class LayoutSearch(
    ModelShape shape, int sequence, int batch, Accelerator accelerator, Techniques techniques, CostConstants constants,
    ReliabilitySettings reliability, LayoutGiven given)
{
    // more than published runs use; what more chunks would cost besides transfers is not modelled
    private const int MostTensor = 16, MostContext = 64, MostMicroBatch = 16, MostInterleave = 8;
    private readonly Dictionary<(int, int, int, Recomputation), (LayerTime Layer, LayerTime Head)> _layers = [];
    private readonly Dictionary<int, double> _goodput = [];

    /// <summary>Checkpoints and failures of a run on this many accelerators.</summary>
    internal CheckpointSchedule Schedule(int accelerators) => reliability.Schedule(shape.Parameters, accelerators);

    /// <summary>The fastest layout that fits on <paramref name="count"/> accelerators; some may idle. Null: none fits.</summary>
    internal PlacedLayout? Fastest(int count) => Best(count, needsFit: true);

    /// <summary>The layout that needs the least memory, to tell how much is missing.</summary>
    internal PlacedLayout Smallest(int count) => Best(count, needsFit: false)!;

    /// <summary>The fewest accelerators that something fits on, in whole nodes beyond one; null if 100,000 are not enough.</summary>
    internal int? SmallestCount()
    {
        int node = Math.Min(accelerator.NodeSize, 8), low = 1, high = 2;
        for (int count = 1; count <= node; count++)
        {
            if (Fits(count))
                return count;
        }
        while (!Fits(Math.Min(high * node, PlanRequest.MostAccelerators)))
        {
            if (high * node >= PlanRequest.MostAccelerators)
                return null;
            (low, high) = (high, high * 2);
        }
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = Fits(Math.Min(middle * node, PlanRequest.MostAccelerators)) ? (low, middle) : (middle, high);
        }
        return Math.Min(high * node, PlanRequest.MostAccelerators);
    }

    private bool Fits(int count) => Candidates(count).Any(
        layout => MemoryModel.Of(shape, sequence, batch, layout, techniques, accelerator, constants).Total <= accelerator.MemoryBytes);

    private PlacedLayout? Best(int count, bool needsFit)
    {
        Layout? best = null;
        double bestCost = double.PositiveInfinity;
        foreach (var layout in Candidates(count))
        {
            var memory = MemoryModel.Of(shape, sequence, batch, layout, techniques, accelerator, constants);
            if (needsFit && memory.Total > accelerator.MemoryBytes)
                continue;
            double cost = needsFit ? Time(layout).Total / Goodput(layout.Accelerators) : memory.Total;
            if (cost < bestCost * (1 - 1e-9))
                (best, bestCost) = (layout, cost);
        }
        return best is null ? null
            : new(best, MemoryModel.Of(shape, sequence, batch, best, techniques, accelerator, constants), Time(best));
    }

    private double Goodput(int accelerators) =>
        _goodput.TryGetValue(accelerators, out double known) ? known : _goodput[accelerators] = Schedule(accelerators).Goodput;

    private StepTime Time(Layout layout)
    {
        var key = (layout.Tensor, layout.Context, layout.MicroBatch, layout.Recomputation);
        if (!_layers.TryGetValue(key, out var times))
        {
            _layers[key] = times = (
                LayerTime.OfLayer(shape, sequence, layout, techniques, accelerator, constants),
                LayerTime.OfHead(shape, sequence, layout, accelerator, constants));
        }
        return StepTimeModel.Of(shape, sequence, batch, layout, accelerator, constants, times.Layer, times.Head);
    }

    private IEnumerable<Layout> Candidates(int count)
    {
        foreach (int tensor in Given(given.Tensor, Tensors()))
        {
            foreach (int context in Given(given.Context, Contexts()))
            {
                foreach (int pipeline in Given(given.Pipeline, Pipelines()))
                {
                    int copies = (int)Math.Min(count / ((long)tensor * context * pipeline), batch);
                    if (copies == 0)
                        continue;
                    foreach (int microBatch in Given(given.MicroBatch, MicroBatches(copies)))
                    {
                        foreach (int m in MicroBatchCounts(copies, microBatch, pipeline))
                        {
                            // copies that would not shorten the step idle
                            int data = (batch + m * microBatch - 1) / (m * microBatch);
                            foreach (var recomputation in Given(given.Recomputation, Recomputations()))
                            {
                                foreach (var sharding in Given(given.Sharding, Shardings(pipeline, data * context)))
                                {
                                    foreach (int interleave in Given(given.Interleave, Interleaves(pipeline, m)))
                                        yield return new(tensor, context, pipeline, data, microBatch, interleave, recomputation, sharding);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static IEnumerable<T> Given<T>(T? given, IEnumerable<T> otherwise) where T : struct => given is { } one ? [one] : otherwise;

    private IEnumerable<int> Tensors() =>
        PowersOfTwo(Math.Min(accelerator.NodeSize, MostTensor)).Where(t => shape.Heads % t == 0 && shape.FeedForward % t == 0);

    /// <summary>Sequences are shared only where they are long: at least 4,096 tokens stay together.</summary>
    private IEnumerable<int> Contexts() => PowersOfTwo((int)Math.Min(MostContext, Math.Max(1, sequence / 8192L)));

    /// <summary>For each length of the longest stage the fewest stages.</summary>
    private IEnumerable<int> Pipelines()
    {
        int last = 0;
        for (int layers = shape.Layers; layers >= 1; layers--)
        {
            int stages = (shape.Layers + layers - 1) / layers;
            if (stages != last)
                yield return last = stages;
        }
    }

    private IEnumerable<int> MicroBatches(int copies) => PowersOfTwo(Math.Clamp(batch / copies, 1, MostMicroBatch));

    /// <summary>
    /// The fewest micro-batches, on as many copies as there are; and where a pipeline would stand mostly empty, some more on fewer.
    /// </summary>
    private IEnumerable<int> MicroBatchCounts(int copies, int microBatch, int pipeline)
    {
        int data = Math.Min(copies, Math.Max(1, batch / microBatch));
        int fewest = (batch + data * microBatch - 1) / (data * microBatch);
        yield return fewest;
        foreach (int m in PowersOfTwo(Math.Min(2 * pipeline, batch / microBatch)).Where(m => m > fewest))
            yield return m;
    }

    private Recomputation[] Recomputations() => techniques.SelectiveRecomputation
        ? [Recomputation.None, Recomputation.Selective, Recomputation.Full] : [Recomputation.None, Recomputation.Full];

    private IEnumerable<Sharding> Shardings(int pipeline, int copies)
    {
        if (copies == 1 || !techniques.ShardedOptimizer)
            yield return Sharding.None;
        if (copies > 1 && techniques.ShardedOptimizer)
            yield return Sharding.Optimizer;
        if (copies > 1 && techniques.FullSharding && pipeline == 1)
            yield return Sharding.Everything;
    }

    /// <summary>Chunks that a stage's layers divide into; a schedule needs as many micro-batches as stages.</summary>
    private IEnumerable<int> Interleaves(int pipeline, int microBatches)
    {
        yield return 1;
        int layers = (shape.Layers + pipeline - 1) / pipeline;
        if (pipeline == 1 || !techniques.InterleavedPipeline || microBatches < pipeline)
            yield break;
        for (int v = 2; v <= Math.Min(layers, MostInterleave); v++)
        {
            if (layers % v == 0)
                yield return v;
        }
    }

    private static IEnumerable<int> PowersOfTwo(int most)
    {
        for (int n = 1; n <= most; n *= 2)
            yield return n;
    }
}
