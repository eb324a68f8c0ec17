using System.Text;
using Syrinx.Planning;
using static System.FormattableString;

namespace Syrinx.Cli.Terminal;

/// <summary>A plan as a person reads it on a terminal: the answer first, then why.</summary>
internal static class PlanText
{
    private const int BarWidth = 40;

    internal static string Of(TrainingPlan plan)
    {
        var text = new StringBuilder();
        text.AppendLine(Invariant($"{Quantity.Short(plan.Params)} parameters, {Quantity.Short(plan.Tokens)} tokens on {plan.Count:N0} {plan.Accelerator}: ")
            + (plan.Feasible ? Headline(plan) : "does not fit."));
        if (plan.Reason is not null)
            text.AppendLine(plan.Reason);
        text.AppendLine();
        Line(text, "model", Invariant($"{plan.Shape.Layers} layers of {plan.Shape.Width:N0}, {plan.Shape.Heads} heads, feed-forward {plan.Shape.FeedForward:N0}, vocabulary {plan.Shape.Vocabulary:N0} ({plan.Shape.Source})"));
        if (plan.Feasible)
            Details(text, plan);
        Line(text, "memory", Invariant($"{Gb(plan.MemoryBytesPerGpu)} of {Gb(plan.MemoryCapacityBytes)} on the fullest accelerator"));
        Bars(text, plan);
        foreach (var note in plan.Chinchilla)
            Line(text, "Chinchilla", Invariant($"this compute is best spent on {Quantity.Short(note.OptimalParams)} parameters and {Quantity.Short(note.OptimalTokens)} tokens ({note.Fit})"));
        foreach (string note in plan.Notes)
            Line(text, "note", note);
        return text.ToString().TrimEnd();
    }

    private static string Headline(TrainingPlan plan) =>
        Invariant($"{Days(plan.Days!.Value)}, {Quantity.Short(plan.GpuHours!.Value)} GPU-hours")
        + (plan.EnergyMwh is { } mwh ? Invariant($", about {Few(mwh)} MWh") : "") + (plan.Cost is { } cost ? Invariant($", cost {cost:N0}") : "") + ".";

    private static void Details(StringBuilder text, TrainingPlan plan)
    {
        var split = plan.Parallel!;
        string context = split.Cp > 1 ? Invariant($" × context {split.Cp}") : "";
        Line(text, "split", Invariant($"tensor {split.Tp}{context} × pipeline {split.Pp} × data {split.Dp} = {plan.Used:N0} accelerators"));
        Line(text, "batch", Invariant($"{plan.Batch:N0} sequences of {plan.Seq:N0}; {split.MicroBatches} micro-batches of {split.MicroBatch} in each copy")
            + (split.Interleave > 1 ? Invariant($", {split.Interleave} chunks a stage") : ""));
        Line(text, "", Invariant($"recomputation {split.Recomputation}, sharding {split.Sharding}"));
        Line(text, "speed", Invariant($"{Few(plan.StepSeconds!.Value)} s a step, {plan.Steps:N0} steps, {Quantity.Short(plan.TokensPerSecond!.Value)} tokens/s, MFU {Percent(plan.Mfu!.Value)}"));
        Line(text, "failures", Invariant($"one every {Span(plan.MeanSecondsBetweenFailures!.Value)}, {plan.FailuresExpected:0.#} in the run; goodput {Percent(plan.Goodput!.Value)}"));
        Line(text, "checkpoint", Invariant($"{Bytes(plan.CheckpointBytes!.Value)} in {Span(plan.CheckpointSeconds!.Value)}, every {Span(plan.CheckpointIntervalSeconds!.Value)}"));
        var shares = plan.TimeShares!;
        (string Name, double Share)[] parts =
        [
            ("compute", shares.Compute), ("recomputation", shares.Recomputation), ("memory-bound", shares.MemoryBound), ("tensor", shares.Tensor),
            ("pipeline", shares.Pipeline), ("data", shares.Data), ("checkpoints", shares.Checkpoints), ("failures", shares.Failures), ("overhead", shares.Overhead),
        ];
        Line(text, "time", string.Join(", ", parts.Where(part => part.Share >= 0.0005).Select(part => Invariant($"{part.Name} {Percent(part.Share)}"))));
    }

    private static void Bars(StringBuilder text, TrainingPlan plan)
    {
        var parts = plan.MemoryParts;
        double whole = Math.Max(plan.MemoryCapacityBytes, plan.MemoryBytesPerGpu);
        foreach (var (name, bytes) in new[]
        {
            ("weights", parts.Weights), ("gradients", parts.Gradients), ("optimizer", parts.Optimizer), ("activations", parts.Activations), ("reserve", parts.Reserve),
        })
        {
            string bar = new('█', (int)Math.Round(bytes / whole * BarWidth));
            text.AppendLine(Invariant($"  {name,12} {Gb(bytes),9} {bar}"));
        }
    }

    private static void Line(StringBuilder text, string name, string value) => text.AppendLine(Invariant($"{name,-11} {value}"));

    private static string Percent(double share) => Invariant($"{share * 100:0.0}%");

    /// <summary>Three digits that count, or all before the point.</summary>
    private static string Few(double n) => n >= 100 ? Invariant($"{n:N0}") : Invariant($"{n:G3}");

    private static string Bytes(double bytes) => bytes >= 1e12 ? Invariant($"{bytes / 1e12:0.##} TB") : Gb(bytes);

    private static string Gb(double bytes) => Invariant($"{bytes / 1e9:0.##} GB");

    private static string Days(double days) => days >= 2 ? Invariant($"{days:N1} days") : Span(days * 86_400);

    private static string Span(double seconds) => seconds switch
    {
        >= 2 * 86_400 => Invariant($"{seconds / 86_400:0.#} days"),
        >= 2 * 3600 => Invariant($"{seconds / 3600:0.#} hours"),
        >= 120 => Invariant($"{seconds / 60:0.#} minutes"),
        _ => Invariant($"{seconds:0.##} s"),
    };
}
