namespace Syrinx.Inference;

/// <summary>How the next token is chosen and when a generation ends. Immutable; checked when a generation begins.</summary>
public sealed record SamplingOptions
{
    /// <summary>Most tokens to generate; null for as many as the context has room for.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>0 takes the likeliest token always; 1 samples from the model's own distribution; more is wilder.</summary>
    public float Temperature { get; init; } = 0.8f;

    /// <summary>Only the k likeliest tokens come into question; 0 for all.</summary>
    public int TopK { get; init; } = 40;

    /// <summary>
    /// Only the likeliest tokens that together have this probability come into question (nucleus sampling, Holtzman et al.
    /// 2019, <see href="https://arxiv.org/abs/1904.09751"/>); 1 for all.
    /// </summary>
    public float TopP { get; init; } = 0.95f;

    /// <summary>Taken from a token's logit for each time it was generated already (OpenAI's <c>frequency_penalty</c>).</summary>
    public float FrequencyPenalty { get; init; }

    /// <summary>Taken from the logit of every token that was generated already (OpenAI's <c>presence_penalty</c>).</summary>
    public float PresencePenalty { get; init; }

    /// <summary>The same seed gives the same text.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Texts that end the generation and are left out of it.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Whether tokens that end a text are ignored, for measurements.</summary>
    public bool IgnoreEnd { get; init; }

    /// <exception cref="InputException">A value lies outside its range.</exception>
    internal SamplingOptions Validated()
    {
        string? problem = this switch
        {
            { MaxTokens: < 1 } => $"max_tokens {MaxTokens} must be at least 1",
            { Temperature: not (>= 0 and <= 100) } => $"temperature {Temperature} must be between 0 and 100",
            { TopK: < 0 } => $"top_k {TopK} must be at least 1, or 0 for all tokens",
            { TopP: not (> 0 and <= 1) } => $"top_p {TopP} must be above 0 and at most 1",
            { FrequencyPenalty: not (>= -2 and <= 2) } => $"frequency_penalty {FrequencyPenalty} must be between -2 and 2",
            { PresencePenalty: not (>= -2 and <= 2) } => $"presence_penalty {PresencePenalty} must be between -2 and 2",
            _ when Stop.Any(string.IsNullOrEmpty) => "a stop text must not be empty",
            _ => null,
        };
        return problem is null ? this : throw new InputException($"Sampling: {problem}.");
    }
}
