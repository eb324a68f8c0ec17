using System.Text.Json.Nodes;

namespace Syrinx.Training.Runs;

/// <summary>
/// What a checkpoint holds beside weights and moments. Data order and samples are functions of seed and step, so the step is
/// the cursor and no generator's state is needed.
/// </summary>
internal sealed record CheckpointState
{
    /// <summary>The layout that this program writes and reads.</summary>
    public const int Current = 2;

    /// <summary>Version of the layout.</summary>
    public int Version { get; init; } = Current;

    /// <summary>Steps done.</summary>
    public required long Step { get; init; }

    /// <summary>Steps of the run, or null while they are not fixed (<c>--minutes</c>).</summary>
    public long? TotalSteps { get; init; }

    /// <summary>Updates of the weights: steps less those that were skipped.</summary>
    public required long Updates { get; init; }

    /// <summary>Steps skipped because loss or gradients were no numbers, or spikes.</summary>
    public long Skipped { get; init; }

    /// <summary>Losses of the last steps, by which spikes are told (<see cref="SpikeGuard"/>).</summary>
    public double[] RecentLosses { get; init; } = [];

    /// <summary>The gradients' norms of the same steps.</summary>
    public double[] RecentNorms { get; init; } = [];

    /// <summary>Whether it is kept however old: the end of a stable phase, from which the run can go on to more steps.</summary>
    public bool Keep { get; init; }

    /// <summary>Seconds of training so far.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds of the steps alone, without validation, samples and saving.</summary>
    public double StepSeconds { get; init; }

    /// <summary>Validation loss before the first step, where it was wanted.</summary>
    public double? ValLossBefore { get; init; }

    /// <summary>Fingerprint of the data.</summary>
    public required string Data { get; init; }

    /// <summary>The recipe.</summary>
    public required JsonObject Recipe { get; init; }

    /// <summary>SHA-256 of the tensors' file.</summary>
    public string Sha256 { get; init; } = "";
}
