using System.Text.Encodings.Web;
using System.Text.Json;

namespace Syrinx.Evaluation;

/// <summary>What was measured of a model: <c>models/NAME/eval.json</c>. It has numbers only, no text of posts and none that the model wrote.</summary>
public sealed record EvaluationReport
{
    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The model that it was tuned from or goes on with, or null.</summary>
    public string? From { get; init; }

    /// <summary>Number of weights.</summary>
    public required long Parameters { get; init; }

    /// <summary>Tokens that it reads at once.</summary>
    public required int Context { get; init; }

    /// <summary>How weights were kept: <c>f32</c> or <c>q8</c>.</summary>
    public required string Quantization { get; init; }

    /// <summary>What was asked for.</summary>
    public required EvaluationSettings Settings { get; init; }

    /// <summary>Held-out documents; null where there are none.</summary>
    public HeldOutBits? HeldOut { get; init; }

    /// <summary>Reply ranking; null where there are too few dialogues.</summary>
    public ReplyRanking? Replies { get; init; }

    /// <summary>Variety of answers; null where there are no dialogues.</summary>
    public Distinctness? Answers { get; init; }

    /// <summary>Canaries; null where the model was trained without.</summary>
    public Memorization? Canaries { get; init; }

    /// <summary>Copies of training documents; null where their tokens are not at hand.</summary>
    public VerbatimOverlap? Verbatim { get; init; }

    /// <summary>What was not measured, and why.</summary>
    public required IReadOnlyList<string> NotMeasured { get; init; }

    /// <summary>Seconds of each part.</summary>
    public required IReadOnlyDictionary<string, double> Seconds { get; init; }

    /// <summary>Name of its file in a model's folder.</summary>
    public const string FileName = "eval.json";

    /// <summary>How it is spelt.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>Reads a model's <c>eval.json</c>; null where there is none.</summary>
    /// <exception cref="InputException">It is not such a report.</exception>
    public static EvaluationReport? TryRead(string modelFolder)
    {
        string path = Path.Combine(modelFolder, FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<EvaluationReport>(stream, Json) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new InputException($"{path} is not an evaluation of this version: {e.Message} Run 'syrinx eval model' again.", e);
        }
    }

    /// <summary>The chief numbers by name, for a model's record.</summary>
    public IReadOnlyDictionary<string, double> Chief()
    {
        var chief = new Dictionary<string, double>();
        void Add(string name, double? value)
        {
            if (value is { } number)
                chief[name] = number;
        }
        Add("held_out_bits_per_byte", HeldOut?.All.BitsPerByte.Value);
        Add("reply_mrr", Replies?.Find("likelihood")?.Mrr.Value);
        Add("reply_mrr_mutual_information", Replies?.Find("mutual_information")?.Mrr.Value);
        Add("answers_distinct_2", Answers?.Model.Distinct2);
        Add("verbatim_share", Verbatim?.Share.Value);
        foreach (var row in Canaries?.Rows.Where(r => r.Repetitions > 0) ?? [])
        {
            Add($"canary_exposure_{row.Repetitions}", row.Exposure.Value);
            Add($"canary_extracted_{row.Repetitions}", row.ExtractedShare.Value);
        }
        return chief;
    }
}
