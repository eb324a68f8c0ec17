namespace Syrinx.Inference;

/// <summary>How weights are kept in memory.</summary>
public enum Quantization
{
    /// <summary>32-bit floating point, exact.</summary>
    F32,

    /// <summary>16-bit floating point, IEEE's.</summary>
    F16,

    /// <summary>The upper halves of 32-bit floating-point numbers.</summary>
    BF16,

    /// <summary>8-bit integers in blocks of 32 with one scale each, ggml's <c>q8_0</c>: 8.5 bits a weight.</summary>
    Q8,

    /// <summary>4-bit integers in blocks of 32 with one scale each, ggml's <c>q4_0</c>: 4.5 bits a weight.</summary>
    Q4,
}

/// <summary>How a model is run. Immutable.</summary>
public sealed record InferenceSettings
{
    /// <summary>Threads that share one generation's work. The result does not depend on them.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// How weights are kept in memory; null for as the file has them, which copies floating-point ones not at all. Matrices whose
    /// rows are no multiple of 32 stay as they are where blocks are asked for.
    /// </summary>
    public Quantization? Quantization { get; init; }

    /// <summary>How keys and values are kept.</summary>
    public CacheType Cache { get; init; } = CacheType.F16;
}
