using Microsoft.Extensions.AI;
using Syrinx.Inference;

namespace Syrinx.Server.OpenAi;

/// <summary>What chat completions and completions share of a request: how to sample, when to stop, how to send.</summary>
internal sealed record GenerationFields
{
    public required string Model { get; init; }

    public bool Stream { get; init; }

    public bool IncludeUsage { get; init; }

    public int? MaxTokens { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public float? FrequencyPenalty { get; init; }

    public float? PresencePenalty { get; init; }

    /// <summary>Drawn where none was asked for, so that asking again gives another reply.</summary>
    public long Seed { get; init; } = Random.Shared.NextInt64();

    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Reads and checks them; what this server cannot do is refused, not passed over.</summary>
    public static GenerationFields Read(JsonFields body)
    {
        body.Unsupported("n", "one choice is made for a request; send several requests.", "1");
        body.Unsupported("logit_bias", "this server does not bias tokens.");
        var stop = body.Texts("stop") ?? [];
        if (stop.Count > 4)
            throw JsonFields.Invalid($"Invalid 'stop': array too long. Expected at most 4 elements, but got {stop.Count}.",
                "stop", "array_above_max_length");
        bool stream = body.Flag("stream") ?? false;
        var streamOptions = body.Object("stream_options");
        if (streamOptions is not null && !stream)
            throw JsonFields.Invalid("The 'stream_options' parameter is only allowed when 'stream' is enabled.",
                "stream_options", "invalid_value");
        return new()
        {
            Model = body.RequiredText("model"),
            Stream = stream,
            IncludeUsage = streamOptions?.Flag("include_usage") ?? false,
            MaxTokens = (int?)(body.Integer("max_completion_tokens", 1, int.MaxValue)
                ?? body.Integer("max_tokens", 1, int.MaxValue)),
            Temperature = (float?)body.Number("temperature", 0, 2),
            // 0 is legal there: only the likeliest token
            TopP = body.Number("top_p", 0, 1) is { } p ? Math.Max((float)p, 1e-6f) : null,
            FrequencyPenalty = (float?)body.Number("frequency_penalty", -2, 2),
            PresencePenalty = (float?)body.Number("presence_penalty", -2, 2),
            Seed = body.Integer("seed", long.MinValue, long.MaxValue) ?? Random.Shared.NextInt64(),
            Stop = [.. stop.Where(s => s.Length > 0)],
        };
    }

    /// <summary>The same for Microsoft.Extensions.AI; what the request leaves open is the engine's default.</summary>
    /// <param name="room">Tokens that the model's context has left; the reply may take them all where no less was asked
    /// for.</param>
    public ChatOptions ToChatOptions(int room) => new()
    {
        MaxOutputTokens = Math.Min(MaxTokens ?? room, room),
        Temperature = Temperature,
        TopP = TopP,
        FrequencyPenalty = FrequencyPenalty,
        PresencePenalty = PresencePenalty,
        Seed = Seed,
        StopSequences = [.. Stop],
    };

    /// <summary>The same for the engine itself.</summary>
    /// <param name="room">As in <see cref="ToChatOptions"/>.</param>
    public SamplingOptions ToSampling(int room)
    {
        var defaults = new SamplingOptions();
        return defaults with
        {
            MaxTokens = Math.Min(MaxTokens ?? room, room),
            Temperature = Temperature ?? defaults.Temperature,
            TopP = TopP ?? defaults.TopP,
            FrequencyPenalty = FrequencyPenalty ?? defaults.FrequencyPenalty,
            PresencePenalty = PresencePenalty ?? defaults.PresencePenalty,
            Seed = unchecked((ulong)Seed),
            Stop = Stop,
        };
    }
}
