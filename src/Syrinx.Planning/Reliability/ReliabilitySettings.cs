namespace Syrinx.Planning.Reliability;

/// <summary>What fails, how long it takes to come back, and how fast a checkpoint is written. Immutable.</summary>
public sealed record ReliabilitySettings
{
    /// <summary>
    /// Accelerator-years from one failure to the next. Llama 3 405B: 419 unexpected interruptions in 54 days on 16,384 H100.
    /// </summary>
    public double YearsPerFailure { get; init; } = 5.8;

    /// <summary>
    /// Seconds until training goes on after a failure, without the work lost. Assumption: Llama 3's 466 interruptions in 54 days,
    /// with over 90% effective time, leave at most 17 minutes for each, lost work and checkpoints included.
    /// </summary>
    public double RestartSeconds { get; init; } = 600;

    /// <summary>Bytes a second that checkpoints are written with; null: <see cref="StorageFor"/>.</summary>
    public double? StorageBytesPerSecond { get; init; }

    /// <summary>Bytes of a checkpoint for a parameter: 32-bit weights and Adam's moments, 16-bit weights. BLOOM's 2.3 TB are 13.</summary>
    public const double CheckpointBytesPerParameter = 14;

    /// <summary>When to write checkpoints in a run of a model on <paramref name="accelerators"/>.</summary>
    internal CheckpointSchedule Schedule(double parameters, int accelerators) => CheckpointSchedule.Best(
        MeanTimeBetweenFailures(accelerators), CheckpointBytesPerParameter * parameters / StorageFor(accelerators), RestartSeconds);

    /// <summary>
    /// 150 MB/s an accelerator (BLOOM: 2.3 TB in 40 s from 384), at most 2 TB/s (what the storage of Llama 3's cluster sustains).
    /// </summary>
    internal double StorageFor(int accelerators) => StorageBytesPerSecond ?? Math.Min(accelerators * 150e6, 2e12);

    /// <summary>Seconds from one failure to the next on <paramref name="accelerators"/>.</summary>
    internal double MeanTimeBetweenFailures(int accelerators) => YearsPerFailure * 365.25 * 86_400 / accelerators;
}
