namespace Syrinx.Inference;

/// <summary>How many generations a <see cref="Scheduler"/> runs at once. Immutable.</summary>
public sealed record SchedulerSettings
{
    /// <summary>Generations that run together; each gets its next token in every step.</summary>
    public int MostRunning { get; init; } = 64;

    /// <summary>Generations that wait; further ones are refused.</summary>
    public int MostWaiting { get; init; } = 256;

    /// <summary>
    /// Tokens of prompts that are read in one step while others wait for their next token: the fewer, the steadier the others'
    /// text, and the slower the prompts.
    /// </summary>
    public int PromptTokensPerStep { get; init; } = 128;

    /// <summary>
    /// Bytes of keys and values, those kept for prompts to come included. Never less than what one full context takes.
    /// </summary>
    public long CacheBytes { get; init; } = 1L << 30;
}
