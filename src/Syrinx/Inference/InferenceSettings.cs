namespace Syrinx.Inference;

/// <summary>How weights are kept in memory.</summary>
public enum Quantization
{
    /// <summary>32-bit floating point, exact; a float32 file is not copied but mapped.</summary>
    F32,

    /// <summary>
    /// 8-bit integers in blocks of 32 with one scale each, as llama.cpp's <c>q8_0</c>: a quarter of the memory to read.
    /// </summary>
    Q8,
}

/// <summary>How a model is run. Immutable.</summary>
public sealed record InferenceSettings
{
    /// <summary>Threads that share one generation's work. The result does not depend on them.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How weights are kept in memory.</summary>
    public Quantization Quantization { get; init; } = Quantization.F32;
}
