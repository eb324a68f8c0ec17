using System.Text.Json;

namespace Syrinx.Models;

/// <summary>
/// Which corpora a model has seen, its own and those of the models it came from: in <c>syrinx.json</c> as <c>data</c>, and in a
/// run's folder as <c>data.json</c> from its first step on. <c>syrinx forget</c> tells by it which models had seen an author.
/// Immutable.
/// </summary>
public sealed record DataLineage
{
    private static readonly string[] Policies = ["strict", "standard", "adult"]; // the later, the more they let in

    /// <summary>Names of the corpora (<c>corpus</c> in <c>corpus/card.json</c>), the first seen first.</summary>
    public IReadOnlyList<string> Corpora { get; init; } = [];

    /// <summary>The policy that decided what entered; of several the one that let in most. Null without a corpus.</summary>
    public string? Policy { get; init; }

    /// <summary>The lineage of what is trained on a home folder's corpus.</summary>
    /// <param name="home">Its <c>corpus/card.json</c> is read; without one, nothing is known of the corpus.</param>
    /// <param name="from">The folder or GGUF file of the model that the training goes on with, or null.</param>
    /// <exception cref="InputException">The card or the model's record is damaged.</exception>
    public static DataLineage OfCorpus(HomeFolder home, string? from)
    {
        var earlier = OfModel(from);
        string path = Path.Combine(home.Corpus, "card.json");
        if (!File.Exists(path))
            return earlier;
        try
        {
            using var card = JsonDocument.Parse(File.ReadAllBytes(path));
            string? policy = card.RootElement.GetProperty("settings").GetProperty("policy").GetString();
            return card.RootElement.TryGetProperty("corpus", out var corpus)
                ? earlier.With(new DataLineage { Corpora = [corpus.GetString()!], Policy = policy }) : earlier;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            throw new InputException($"{path} is not a corpus' card: {e.Message} Run 'syrinx curate' again.", e);
        }
    }

    /// <summary>The lineage of a model's folder or GGUF file; empty where there is none or it has no record.</summary>
    /// <exception cref="InputException">The record is damaged.</exception>
    public static DataLineage OfModel(string? path) => path is null ? new() : ModelFiles.ReadRecord(path)?.Data ?? new();

    /// <summary>Reads a run's <c>data.json</c>; null where there is none.</summary>
    /// <exception cref="InputException">It is damaged.</exception>
    public static DataLineage? TryRead(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<DataLineage>(File.ReadAllBytes(path), ModelConfig.Json);
        }
        catch (JsonException e)
        {
            throw new InputException($"{path} is damaged: {e.Message}", e);
        }
    }

    /// <summary>Writes a run's <c>data.json</c>.</summary>
    public void Write(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, ModelConfig.Json) + "\n");

    private DataLineage With(DataLineage later) => new()
    {
        Corpora = [.. Corpora.Union(later.Corpora)],
        Policy = Policies[Math.Max(Array.IndexOf(Policies, Policy), Array.IndexOf(Policies, later.Policy)) is var i and >= 0 ? i : 1],
    };
}
