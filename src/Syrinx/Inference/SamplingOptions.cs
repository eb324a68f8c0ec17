using Syrinx.Inference.Structured;

namespace Syrinx.Inference;

/// <summary>How the next token is chosen and when a generation ends. Immutable; checked when a generation begins.</summary>
public sealed record SamplingOptions
{
    /// <summary>Most alternatives that <see cref="TopLogprobs"/> may ask for, as OpenAI has it.</summary>
    public const int MostTopLogprobs = 20;

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

    /// <summary>
    /// Only tokens that are at least this share as likely as the likeliest come into question (Nguyen et al. 2024,
    /// <see href="https://arxiv.org/abs/2407.01082"/>); 0 for all.
    /// </summary>
    public float MinP { get; init; }

    /// <summary>
    /// Logits of tokens that stand in the prompt or were generated are divided by this where positive and multiplied where
    /// negative (Keskar et al. 2019, <see href="https://arxiv.org/abs/1909.05858"/>); 1 changes nothing.
    /// </summary>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>Taken from a token's logit for each time it was generated already (OpenAI's <c>frequency_penalty</c>).</summary>
    public float FrequencyPenalty { get; init; }

    /// <summary>Taken from the logit of every token that was generated already (OpenAI's <c>presence_penalty</c>).</summary>
    public float PresencePenalty { get; init; }

    /// <summary>Added to the logits of tokens, −100 to 100 (OpenAI's <c>logit_bias</c>).</summary>
    public IReadOnlyDictionary<int, float> LogitBias { get; init; } = new Dictionary<int, float>();

    /// <summary>The same seed gives the same text, whatever else runs.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Texts that end the generation and are left out of it.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>
    /// How many of the likeliest tokens are told at each position, with their log-probabilities; 0 tells those of the chosen
    /// tokens only, null tells nothing. They are the model's own, before anything here changes them.
    /// </summary>
    public int? TopLogprobs { get; init; }

    /// <summary>What the text must look like; null for free text.</summary>
    public TokenConstraint? Constraint { get; init; }

    /// <summary>Whether tokens that end a text are ignored, for measurements.</summary>
    public bool IgnoreEnd { get; init; }

    /// <summary>The same for choice number <paramref name="index"/> of a request: with another seed, the first with this one.</summary>
    public SamplingOptions ForChoice(int index) => this with { Seed = SeededRandom.Derive(Seed, index) };

    /// <exception cref="InputException">A value lies outside its range.</exception>
    internal SamplingOptions Validated()
    {
        string? problem = this switch
        {
            { MaxTokens: < 1 } => $"max_tokens {MaxTokens} must be at least 1",
            { Temperature: not (>= 0 and <= 100) } => $"temperature {Temperature} must be between 0 and 100",
            { TopK: < 0 } => $"top_k {TopK} must be at least 1, or 0 for all tokens",
            { TopP: not (> 0 and <= 1) } => $"top_p {TopP} must be above 0 and at most 1",
            { MinP: not (>= 0 and <= 1) } => $"min_p {MinP} must be between 0 and 1",
            { RepetitionPenalty: not (> 0 and <= 10) } =>
                $"repetition_penalty {RepetitionPenalty} must be above 0 and at most 10",
            { FrequencyPenalty: not (>= -2 and <= 2) } => $"frequency_penalty {FrequencyPenalty} must be between -2 and 2",
            { PresencePenalty: not (>= -2 and <= 2) } => $"presence_penalty {PresencePenalty} must be between -2 and 2",
            { TopLogprobs: not (null or (>= 0 and <= MostTopLogprobs)) } =>
                $"top_logprobs {TopLogprobs} must be between 0 and {MostTopLogprobs}",
            { IgnoreEnd: true, Constraint: not null } => "a grammar ends the text, so its end cannot be ignored",
            _ when LogitBias.FirstOrDefault(b => !(b.Value is >= -100 and <= 100)) is { Value: not 0 } bias =>
                $"logit_bias {bias.Value} of token {bias.Key} must be between -100 and 100",
            _ when Stop.Any(string.IsNullOrEmpty) => "a stop text must not be empty",
            _ => null,
        };
        return problem is null ? this : throw new InputException($"Sampling: {problem}.");
    }
}
