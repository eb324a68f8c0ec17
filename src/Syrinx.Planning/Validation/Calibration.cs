using Syrinx.Planning.Costs;
using Syrinx.Planning.Reliability;

namespace Syrinx.Planning.Validation;

/// <summary>
/// Chooses the two constants that are chosen by looking at published runs, <see cref="CostConstants.RunOverhead"/> and
/// <see cref="CostConstants.MatmulEfficiency"/>, from any subset of the runs: from all for the planner, from all but one to
/// predict that one (leave-one-out). Both hold for every run.
/// </summary>
internal sealed class Calibration
{
    private const double Least = 0.50, Step = 0.01;
    private const int Steps = 46;
    private readonly IReadOnlyList<PublishedRun> _runs;
    private readonly Dictionary<PublishedRun, double[]> _ratios;

    /// <summary>Predicts every run with every efficiency from 0.50 to 0.95.</summary>
    internal Calibration(IReadOnlyList<PublishedRun> runs)
    {
        _runs = runs;
        _ratios = runs.ToDictionary(run => run, run => Enumerable.Range(0, Steps).Select(
            i => Ratio(run, CostConstants.Default with { MatmulEfficiency = Efficiency(i), RunOverhead = 0 })).ToArray());
    }

    /// <summary>
    /// The constants that all runs but <paramref name="without"/> choose: the overhead is the median of what step MFU and hours
    /// leave; the efficiency has the smallest mean of |ln(predicted / published)|, of hours where they are published, else of a step.
    /// </summary>
    internal CostConstants Choose(PublishedRun? without = null)
    {
        var used = _runs.Where(run => run != without).ToList();
        double overhead = Math.Round(Median(used.Select(Overhead).OfType<double>()), 2);
        double Error(int i) => used.Average(
            run => Math.Abs(Math.Log(_ratios[run][i] / (run.Hours is null || run.HoursIdeal ? 1 : 1 - overhead))));
        int best = Enumerable.Range(0, Steps).MinBy(Error);
        return CostConstants.Default with { RunOverhead = overhead, MatmulEfficiency = Efficiency(best) };
    }

    /// <summary>
    /// What a run lost beside steps and failures: one minus its 6ND share of peak over its step MFU, less failures. The published
    /// MFUs count 12·L·d·T for attention, as the PaLM paper does.
    /// </summary>
    internal static double? Overhead(PublishedRun run)
    {
        if (run is not { StepMfu: { } mfu, Hours: { } hours, HoursIdeal: false })
            return null;
        var shape = run.Shape;
        double weights = 6 * shape.Parameters, attention = 12 * shape.Layers * shape.QueryWidth * run.Sequence;
        double share = weights * run.Tokens / (hours * 3600 * run.Machine.Peak), step = mfu * weights / (weights + attention);
        return 1 - share / step / new ReliabilitySettings().Schedule(shape.Parameters, run.Count).Goodput;
    }

    /// <summary>The middle, or the mean of the two in the middle.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Predicted time over published time.</summary>
    private static double Ratio(PublishedRun run, CostConstants constants)
    {
        var prediction = RunPrediction.Of(run, constants);
        return run.Hours is { } hours ? prediction.Hours / hours : run.StepMfu!.Value / prediction.StepMfu;
    }

    private static double Efficiency(int i) => Math.Round(Least + i * Step, 2);
}
