using System.Globalization;
using Syrinx.Inference;
using Syrinx.Server.Safety;

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

    /// <summary>Choices that are made of one prompt.</summary>
    public int Choices { get; init; } = 1;

    public IReadOnlyDictionary<int, float> LogitBias { get; init; } = new Dictionary<int, float>();

    /// <summary>Beyond OpenAI's, with the names that vLLM and llama.cpp's server give them.</summary>
    public int? TopK { get; init; }

    public float? MinP { get; init; }

    public float? RepetitionPenalty { get; init; }

    /// <summary>A grammar that the text keeps to, beyond OpenAI's; as llama.cpp's server has it.</summary>
    public string? Grammar { get; init; }

    /// <summary>Alternatives whose log-probabilities are told at each position; null for none at all.</summary>
    public int? TopLogprobs { get; init; }

    /// <summary>Drawn where none was asked for, so that asking again gives another reply.</summary>
    public long Seed { get; init; } = Random.Shared.NextInt64();

    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Reads and checks them; what this server cannot do is refused, not passed over.</summary>
    public static GenerationFields Read(JsonFields body)
    {
        foreach (string unknown in (ReadOnlySpan<string>)["mirostat", "typical_p", "dry_multiplier", "xtc_probability", "tfs_z", "guided_regex", "guided_choice"])
            body.Unsupported(unknown, "this server does not sample that way.", "0", "1", "1.0", "0.0");
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
            Choices = (int)(body.Integer("n", 1, RequestLimits.Choices) ?? 1),
            LogitBias = Bias(body),
            TopK = body.Integer("top_k", -1, int.MaxValue) is { } k ? (int)Math.Max(k, 0) : null,
            MinP = (float?)body.Number("min_p", 0, 1),
            RepetitionPenalty = (float?)body.Number("repetition_penalty", 0.01, 10),
            Grammar = body.Text("grammar"),
        };
    }

    private static Dictionary<int, float> Bias(JsonFields body)
    {
        var bias = new Dictionary<int, float>();
        if (body.Object("logit_bias") is not { } fields)
            return bias;
        foreach (string name in fields.Names())
        {
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int token))
                throw JsonFields.Invalid($"Invalid key in 'logit_bias': '{name}' is no token's number.", "logit_bias", "invalid_value");
            bias[token] = (float)(fields.Number(name, -100, 100) ?? 0);
        }
        return bias;
    }

    /// <summary>The same for the engine; what the request leaves open is the engine's default.</summary>
    /// <param name="room">Tokens that the model's context has left; the reply may take them all where no less was asked
    /// for.</param>
    /// <param name="model">The model, whose vocabulary the grammar is for.</param>
    /// <exception cref="ApiException">400: the grammar is none, or a token is not of the vocabulary.</exception>
    public SamplingOptions ToSampling(int room, LanguageModel model)
    {
        if (LogitBias.Keys.FirstOrDefault(t => t >= model.Config.VocabSize, -1) is >= 0 and var token)
        {
            throw JsonFields.Invalid(
                $"Invalid key in 'logit_bias': this model has no token {token}; its vocabulary has {model.Config.VocabSize}.", "logit_bias", "invalid_value");
        }
        var defaults = new SamplingOptions();
        return defaults with
        {
            MaxTokens = Math.Min(MaxTokens ?? room, room),
            Temperature = Temperature ?? defaults.Temperature,
            TopK = TopK ?? defaults.TopK,
            TopP = TopP ?? defaults.TopP,
            MinP = MinP ?? defaults.MinP,
            RepetitionPenalty = RepetitionPenalty ?? defaults.RepetitionPenalty,
            FrequencyPenalty = FrequencyPenalty ?? defaults.FrequencyPenalty,
            PresencePenalty = PresencePenalty ?? defaults.PresencePenalty,
            LogitBias = LogitBias,
            Seed = unchecked((ulong)Seed),
            Stop = Stop,
            TopLogprobs = TopLogprobs,
            Constraint = Grammar is null ? null : Refusing("grammar", () => model.Constraints!.Grammar(Grammar)),
        };
    }

    /// <summary>What is made of a field, or the reason why nothing can be.</summary>
    public static T Refusing<T>(string field, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (InputException e)
        {
            throw JsonFields.Invalid($"Invalid '{field}': {e.Message}", field, "invalid_value");
        }
    }
}
