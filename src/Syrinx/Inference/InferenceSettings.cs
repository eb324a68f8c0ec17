using Syrinx.Models;

namespace Syrinx.Inference;

/// <summary>How a model is run. Immutable.</summary>
public sealed record InferenceSettings
{
    /// <summary>Threads that share one generation's work. The result does not depend on them.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// How weights are kept in memory; null for as the file has them, which copies floating-point ones not at all. Matrices whose
    /// rows are no multiple of 32 stay as they are where blocks are asked for.
    /// </summary>
    public TensorType? Quantization { get; init; }

    /// <summary>How keys and values are kept.</summary>
    public CacheType Cache { get; init; } = CacheType.F16;

    /// <summary>How generations run together.</summary>
    public SchedulerSettings Scheduling { get; init; } = new();
}
