using Microsoft.Extensions.AI;

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

    public long? Seed { get; init; }

    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Reads and checks them; what this server cannot do is refused, not passed over.</summary>
    public static GenerationFields Read(JsonFields body)
    {
        foreach (string penalty in (string[])["frequency_penalty", "presence_penalty"])
            body.Unsupported(penalty, "this server has no penalties; leave it out or send 0.", "0", "0.0");
        body.Unsupported("n", "one choice is made for a request; send several requests.", "1");
        body.Unsupported("logit_bias", "this server does not bias tokens.");
        var stop = body.Texts("stop") ?? [];
        if (stop.Count > 4)
            throw JsonFields.Invalid($"Invalid 'stop': array too long. Expected at most 4 elements, but got {stop.Count}.", "stop", "array_above_max_length");
        bool stream = body.Flag("stream") ?? false;
        var streamOptions = body.Object("stream_options");
        if (streamOptions is not null && !stream)
            throw JsonFields.Invalid("The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options", "invalid_value");
        return new()
        {
            Model = body.RequiredText("model"),
            Stream = stream,
            IncludeUsage = streamOptions?.Flag("include_usage") ?? false,
            MaxTokens = (int?)(body.Integer("max_completion_tokens", 1, int.MaxValue) ?? body.Integer("max_tokens", 1, int.MaxValue)),
            Temperature = (float?)body.Number("temperature", 0, 2),
            TopP = (float?)body.Number("top_p", 0, 1),
            Seed = body.Integer("seed", long.MinValue, long.MaxValue),
            Stop = [.. stop.Where(s => s.Length > 0)],
        };
    }

    /// <summary>The same for Microsoft.Extensions.AI.</summary>
    /// <param name="room">Tokens that the model's context has left; the reply takes them all where no less was asked for.</param>
    public ChatOptions ToChatOptions(int room) => new()
    {
        MaxOutputTokens = Math.Min(MaxTokens ?? room, room),
        Temperature = Temperature,
        TopP = TopP,
        Seed = Seed,
        StopSequences = Stop.Count > 0 ? [.. Stop] : null,
    };
}
