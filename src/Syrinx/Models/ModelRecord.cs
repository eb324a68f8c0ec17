using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Syrinx.Models;

/// <summary>
/// <c>syrinx.json</c> beside a model's weights: how it came to be. Hugging Face's readers ignore it. Fields that this
/// version does not know are kept when the record is read and written again.
/// </summary>
public sealed record ModelRecord
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The model that it was continued or tuned from, or null.</summary>
    public string? From { get; init; }

    /// <summary>The resolved recipe: every setting with the value that was used.</summary>
    public JsonNode? Recipe { get; init; }

    /// <summary>Fingerprint of the data it was trained on.</summary>
    public string? CorpusFingerprint { get; init; }

    /// <summary>The corpora that it has seen, and their policy; null in records of versions that did not know.</summary>
    public DataLineage? Data { get; init; }

    /// <summary>The canaries in what it was trained on, its own or of the models it came from; null where there are none.</summary>
    public CanarySet? Canaries { get; init; }

    /// <summary>Number of weights.</summary>
    public long? Parameters { get; init; }

    /// <summary>Training steps, those of the models it came from not counted.</summary>
    public long? Steps { get; init; }

    /// <summary>Tokens it was trained on, repeated ones counted each time.</summary>
    public long? TokensSeen { get; init; }

    /// <summary>Floating point operations spent on training.</summary>
    public double? Flops { get; init; }

    /// <summary>Seconds that training took.</summary>
    public double? Seconds { get; init; }

    /// <summary>An estimate of the energy that training took, in joules; the recipe tells how it was estimated.</summary>
    public double? EnergyJoules { get; init; }

    /// <summary>What was measured: <c>val_loss</c>, <c>val_bpb</c>, …</summary>
    public IReadOnlyDictionary<string, double> Evaluations { get; init; } = new Dictionary<string, double>();

    /// <summary>Fields of other versions.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; init; }

    /// <summary>Reads a <c>syrinx.json</c>.</summary>
    /// <exception cref="InputException">The file is missing or not such a record.</exception>
    public static ModelRecord Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<ModelRecord>(stream, ModelConfig.Json) ?? throw new JsonException("it is null");
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw new InputException($"{path} is not a model's syrinx.json: {e.Message}", e);
        }
    }

    /// <summary>Writes the record.</summary>
    public void Write(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, ModelConfig.Json) + "\n");
}
