using System.Text.Json.Serialization;
using Syrinx.Planning.Costs;
using Syrinx.Planning.Shapes;

namespace Syrinx.Planning;

/// <summary>How the work is split.</summary>
/// <param name="Tp">Accelerators that share each matrix (tensor parallel).</param>
/// <param name="Cp">Accelerators that share each sequence (context parallel).</param>
/// <param name="Pp">Pipeline stages.</param>
/// <param name="Dp">Copies of the model (data parallel).</param>
/// <param name="MicroBatch">Sequences of a micro-batch.</param>
/// <param name="MicroBatches">Micro-batches of a step in each copy.</param>
/// <param name="Interleave">Chunks of layers a stage holds.</param>
/// <param name="Recomputation">none, selective or full.</param>
/// <param name="Sharding">What copies share: none, optimizer or everything.</param>
public sealed record ParallelPlan(
    int Tp, int Cp, int Pp, int Dp, int MicroBatch, int MicroBatches, int Interleave, string Recomputation, string Sharding);

/// <summary>Shares of the whole run's time; they sum to 1.</summary>
/// <param name="Compute">Matrices that MFU counts.</param>
/// <param name="Recomputation">Forward work done again.</param>
/// <param name="MemoryBound">Norms, activation functions, launches, the optimizer.</param>
/// <param name="Tensor">Collectives of the tensor and context groups.</param>
/// <param name="Pipeline">Bubble and unequal stages.</param>
/// <param name="Data">Gradients and weights between copies.</param>
/// <param name="Checkpoints">Writing checkpoints.</param>
/// <param name="Failures">Lost work and restarts.</param>
/// <param name="Overhead">Evaluation, growing batches, returns after loss spikes.</param>
public sealed record TimeShares(
    double Compute, double Recomputation, double MemoryBound, double Tensor, double Pipeline, double Data,
    double Checkpoints, double Failures, double Overhead);

/// <summary>What one of Chinchilla's fits says of a plan.</summary>
/// <param name="Fit">Whose.</param>
/// <param name="OptimalParams">Parameters with the lowest loss at this compute.</param>
/// <param name="OptimalTokens">Tokens with the lowest loss at this compute.</param>
/// <param name="OptimalTokensForParams">Tokens at which these parameters are the optimum.</param>
public sealed record ChinchillaNote(string Fit, double OptimalParams, double OptimalTokens, double OptimalTokensForParams);

/// <summary>What a reader should know beside the numbers.</summary>
public enum PlanNote
{
    /// <summary>The batch or the division leaves accelerators without work; they are paid for all the same.</summary>
    SomeIdle,

    /// <summary>Pipelines stand empty for more than a quarter of a step.</summary>
    BatchTooSmall,

    /// <summary>No published run of the planner's checks was as large.</summary>
    BeyondPublishedRuns,

    /// <summary>10²⁵ FLOP or more: the EU AI Act presumes systemic risk.</summary>
    SystemicRisk,

    /// <summary>This accelerator has no published power, so energy is unknown.</summary>
    NoPower,
}

/// <summary>Why nothing fits.</summary>
public enum Refusal
{
    /// <summary>Weights, gradients and optimizer are larger than all memory together.</summary>
    StateTooLarge,

    /// <summary>They fit together, but no layout fits on each accelerator.</summary>
    NoLayoutFits,
}

/// <summary>
/// The answer to a <see cref="PlanRequest"/>. Where nothing fits, <see cref="Feasible"/> is false, what would need a layout is null, and
/// <see cref="Reason"/> says why. Field names are the report's of <c>syrinx plan --json</c>.
/// </summary>
public sealed record TrainingPlan
{
    /// <summary>Whether a layout fits.</summary>
    public required bool Feasible { get; init; }

    /// <summary>Why not, in a sentence; null when feasible.</summary>
    public string? Reason { get; init; }

    /// <summary>Why not, as a kind.</summary>
    [JsonIgnore]
    public Refusal? Refusal { get; init; }

    /// <summary>The fewest of these accelerators that the model fits on, in whole nodes beyond one; null if not even 100,000 do.</summary>
    public int? SmallestCount { get; init; }

    /// <summary>Parameters asked for.</summary>
    public required double Params { get; init; }

    /// <summary>Tokens asked for.</summary>
    public required double Tokens { get; init; }

    /// <summary>The accelerator's name.</summary>
    public required string Accelerator { get; init; }

    /// <summary>Accelerators asked for.</summary>
    public required int Count { get; init; }

    /// <summary>Accelerators that have work.</summary>
    public int? Used { get; init; }

    /// <summary>More than a tenth has no work: not the division but the batch is the reason.</summary>
    [JsonIgnore]
    public bool MostlyIdle => Used < 0.9 * Count;

    /// <summary>Tokens of a sequence.</summary>
    public required int Seq { get; init; }

    /// <summary>Sequences of a step.</summary>
    public required int Batch { get; init; }

    /// <summary>Steps.</summary>
    public required double Steps { get; init; }

    /// <summary>The model that was planned.</summary>
    public required ModelShape Shape { get; init; }

    /// <summary>6 a weight and token, and the causal half of attention; no recomputation.</summary>
    public required double Flops { get; init; }

    /// <summary>The split.</summary>
    public ParallelPlan? Parallel { get; init; }

    /// <summary>On the fullest accelerator; where nothing fits, of the layout that needs least.</summary>
    public required double MemoryBytesPerGpu { get; init; }

    /// <summary>The same by part.</summary>
    public required MemoryUse MemoryParts { get; init; }

    /// <summary>What the accelerator has.</summary>
    public required double MemoryCapacityBytes { get; init; }

    /// <summary>Weights, gradients and optimizer of one copy, 16 bytes a parameter.</summary>
    public required double StateBytes { get; init; }

    /// <summary>One step.</summary>
    public double? StepSeconds { get; init; }

    /// <summary>Of the whole cluster, within a step.</summary>
    public double? TokensPerSecond { get; init; }

    /// <summary>Model FLOPs of a step over what the accelerators asked for could do at their peak.</summary>
    public double? Mfu { get; init; }

    /// <summary>Share of the run in which steps are made that last.</summary>
    public double? Goodput { get; init; }

    /// <summary>Where the run's time goes.</summary>
    public TimeShares? TimeShares { get; init; }

    /// <summary>From beginning to end.</summary>
    public double? Days { get; init; }

    /// <summary>Accelerators asked for × hours.</summary>
    public double? GpuHours { get; init; }

    /// <summary>An estimate; null where no power is published.</summary>
    public double? EnergyMwh { get; init; }

    /// <summary>Mean watts an accelerator with its share of the host, without the building.</summary>
    public double? WattsPerGpu { get; init; }

    /// <summary>Hours × price; null without a price.</summary>
    public double? Cost { get; init; }

    /// <summary>Failures in the run, on the mean.</summary>
    public double? FailuresExpected { get; init; }

    /// <summary>Seconds from one failure to the next, on the mean.</summary>
    public double? MeanSecondsBetweenFailures { get; init; }

    /// <summary>Work between two checkpoints (Daly).</summary>
    public double? CheckpointIntervalSeconds { get; init; }

    /// <summary>Writing one.</summary>
    public double? CheckpointSeconds { get; init; }

    /// <summary>Size of one.</summary>
    public double? CheckpointBytes { get; init; }

    /// <summary>What Chinchilla's two fits say of this compute.</summary>
    public required IReadOnlyList<ChinchillaNote> Chinchilla { get; init; }

    /// <summary>What to know beside the numbers.</summary>
    [JsonIgnore]
    public IReadOnlyList<PlanNote> Remarks { get; init; } = [];

    /// <summary>The same in English sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Fields of the accelerator's data that are our assumption.</summary>
    public required IReadOnlyList<string> AssumedOfAccelerator { get; init; }
}
