using Syrinx.Planning.Costs;
using Syrinx.Planning.Parallelism;
using Syrinx.Planning.Reliability;

namespace Syrinx.Planning.Validation;

/// <summary>What the planner says of a published run, knowing all but its hours and speed.</summary>
/// <param name="Placed">The layout: published as far as it is, else searched among what the program could do then.</param>
/// <param name="Hours">Chip-hours; without failures and overhead where the published ones are without.</param>
/// <param name="StepMfu">MFU within a step.</param>
/// <param name="Watts">Mean watts an accelerator.</param>
internal sealed record RunPrediction(PlacedLayout Placed, double Hours, double StepMfu, double? Watts)
{
    internal static RunPrediction Of(PublishedRun run, CostConstants constants)
    {
        var machine = run.Machine;
        var search = new LayoutSearch(
            run.Shape, run.Sequence, run.Batch, machine, Techniques.At(run.Trained), constants, new ReliabilitySettings(), run.Given);
        var placed = search.Fastest(run.Count) ?? throw new InvalidOperationException($"{run.Name} does not fit, and yet it ran.");
        double tokens = (double)run.Batch * run.Sequence, seconds = placed.Time.Total;
        double goodput = search.Schedule(run.Count).Goodput * (1 - constants.RunOverhead);
        double hours = run.Tokens / tokens * seconds * run.Count / 3600;
        double busy = (placed.Time.Compute + placed.Time.Recomputation) / seconds * goodput;
        return new(placed, run.HoursIdeal ? hours : hours / goodput,
            run.Shape.FlopsPerToken(run.Sequence) * tokens / (seconds * run.Count * machine.Peak), PowerModel.Watts(machine, busy));
    }
}
