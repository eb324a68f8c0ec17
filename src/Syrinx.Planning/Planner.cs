using Syrinx.Planning.Costs;
using Syrinx.Planning.Parallelism;
using Syrinx.Planning.Reliability;
using Syrinx.Planning.Shapes;

namespace Syrinx.Planning;

/// <summary>
/// Answers what it would take to train a dense decoder on a number of accelerators. Pure and thread-safe: the same request
/// gives the same plan; one takes milliseconds.
/// </summary>
public static class Planner
{
    /// <summary>The largest cluster among the published runs.</summary>
    internal const int LargestPublished = 16_384;

    /// <summary>Share of a step in which pipelines stand empty that is worth a remark.</summary>
    private const double MuchBubble = 0.25;

    /// <summary>The plan of a request.</summary>
    /// <exception cref="InputException">The request is out of range.</exception>
    public static TrainingPlan Plan(PlanRequest request)
    {
        request.Validated();
        var shape = ShapeRule.For(request.Parameters);
        var search = Search(request, shape);
        var plan = search.Fastest(request.Count) is { } placed ? Feasible(request, shape, placed) : Refused(request, shape, search);
        return plan with { SmallestCount = plan.SmallestCount ?? search.SmallestCount() };
    }

    /// <summary>The same request on other counts, which shares most of the work; for a curve of days over accelerators.</summary>
    public static IReadOnlyList<TrainingPlan> Ladder(PlanRequest request, IEnumerable<int> counts)
    {
        request.Validated();
        var shape = ShapeRule.For(request.Parameters);
        var search = Search(request, shape);
        return [.. counts.Select(count => (Request: request with { Count = count }, Placed: search.Fastest(count)))
            .Where(rung => rung.Placed is not null).Select(rung => Feasible(rung.Request, shape, rung.Placed!))];
    }

    private static LayoutSearch Search(PlanRequest request, ModelShape shape) => new(
        shape, request.SequenceInForce, request.BatchInForce, request.Accelerator, Techniques.Today, CostConstants.Default,
        request.Reliability, new());

    private static TrainingPlan Feasible(PlanRequest request, ModelShape shape, PlacedLayout placed)
    {
        var (layout, memory, time) = placed;
        var plan = Common(request, shape, memory);
        int used = layout.Accelerators;
        var schedule = request.Reliability.Schedule(shape.Parameters, used);
        var shares = Shares(time, schedule, CostConstants.Default.RunOverhead);
        double goodput = schedule.Goodput * (1 - CostConstants.Default.RunOverhead);
        double seconds = plan.Steps * time.Total / goodput, hours = seconds / 3600 * request.Count;
        // accelerators without work draw what an idle one draws
        double busy = (shares.Compute + shares.Recomputation) * used / request.Count;
        double? watts = PowerModel.Watts(request.Accelerator, busy);
        return WithNotes(plan with
        {
            Used = used,
            Parallel = new(layout.Tensor, layout.Context, layout.Pipeline, layout.Data, layout.MicroBatch, layout.MicroBatches(plan.Batch),
                layout.Interleave, Spelt(layout.Recomputation), Spelt(layout.Sharding)),
            StepSeconds = time.Total,
            TokensPerSecond = (double)plan.Batch * plan.Seq / time.Total,
            Mfu = shape.FlopsPerToken(plan.Seq) * plan.Batch * plan.Seq / (time.Total * request.Count * request.Accelerator.Peak),
            Goodput = goodput,
            TimeShares = shares,
            Days = seconds / 86_400,
            GpuHours = hours,
            WattsPerGpu = watts,
            EnergyMwh = watts * hours * request.Pue / 1e6,
            Cost = request.PricePerGpuHour * hours,
            FailuresExpected = seconds / schedule.MeanTimeBetweenFailures,
            MeanSecondsBetweenFailures = schedule.MeanTimeBetweenFailures,
            CheckpointIntervalSeconds = schedule.IntervalSeconds,
            CheckpointSeconds = schedule.WriteSeconds,
            CheckpointBytes = ReliabilitySettings.CheckpointBytesPerParameter * shape.Parameters,
        }, request);
    }

    private static TrainingPlan Refused(PlanRequest request, ModelShape shape, LayoutSearch search)
    {
        var least = search.Smallest(request.Count);
        var plan = Common(request, shape, least.Memory) with { Feasible = false, SmallestCount = search.SmallestCount() };
        double usable = request.Count * request.Accelerator.MemoryBytes * (1 - CostConstants.Default.ReserveShare);
        var refusal = plan.StateBytes > usable ? Refusal.StateTooLarge : Refusal.NoLayoutFits;
        return plan with { Refusal = refusal, Reason = PlanSentences.Of(refusal, plan, request.Accelerator, usable) };
    }

    private static TrainingPlan Common(PlanRequest request, ModelShape shape, MemoryUse memory)
    {
        int sequence = request.SequenceInForce, batch = request.BatchInForce;
        double flops = shape.FlopsPerToken(sequence) * request.Tokens;
        return new()
        {
            Feasible = true,
            Params = request.Parameters,
            Tokens = request.Tokens,
            Accelerator = request.Accelerator.Name,
            Count = request.Count,
            Seq = sequence,
            Batch = batch,
            Steps = Math.Ceiling(request.Tokens / ((double)batch * sequence)),
            Shape = shape,
            Flops = flops,
            MemoryBytesPerGpu = memory.Total,
            MemoryParts = memory,
            MemoryCapacityBytes = request.Accelerator.MemoryBytes,
            StateBytes = 16 * request.Parameters,
            Chinchilla = [.. new[] { Chinchilla.Hoffmann, Chinchilla.Epoch }.Select(fit =>
            {
                var (n, d) = fit.Optimum(6 * request.Parameters * request.Tokens);
                return new ChinchillaNote(fit.Name, n, d, fit.TokensFor(request.Parameters));
            })],
            Notes = [],
            AssumedOfAccelerator = request.Accelerator.Assumed,
        };
    }

    private static TimeShares Shares(StepTime time, CheckpointSchedule schedule, double overhead)
    {
        double failuresLeave = schedule.Goodput * (1 - overhead), step = failuresLeave / time.Total;
        double writing = schedule.Writing * (1 - overhead);
        return new(
            time.Compute * step, time.Recomputation * step, time.MemoryBound * step, time.Tensor * step, time.Pipeline * step, time.Data * step,
            writing, 1 - overhead - failuresLeave - writing, overhead);
    }

    private static TrainingPlan WithNotes(TrainingPlan plan, PlanRequest request)
    {
        List<PlanNote> remarks = [];
        if (plan.Used < plan.Count)
            remarks.Add(PlanNote.SomeIdle);
        if (plan.Used > LargestPublished)
            remarks.Add(PlanNote.BeyondPublishedRuns);
        if (plan.TimeShares!.Pipeline > MuchBubble * (plan.Goodput ?? 1))
            remarks.Add(PlanNote.BatchTooSmall);
        if (plan.Flops >= 1e25)
            remarks.Add(PlanNote.SystemicRisk);
        if (request.Accelerator.Watts is null)
            remarks.Add(PlanNote.NoPower);
        return plan with { Remarks = remarks, Notes = [.. remarks.Select(remark => PlanSentences.Of(remark, plan))] };
    }

    private static string Spelt(Enum value) => value.ToString().ToLowerInvariant();
}
