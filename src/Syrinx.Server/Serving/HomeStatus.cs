using System.Text.Json;

namespace Syrinx.Server.Serving;

/// <summary>
/// What has been built in the home folder, as the home page shows it; null or empty where a step has not been taken. Read
/// from the files that the steps left, so it is true whoever took them.
/// </summary>
public sealed record HomeStatus
{
    /// <summary>Posts became documents and dialogues: <c>corpus/card.json</c>.</summary>
    public CorpusCard? Corpus { get; init; }

    /// <summary>The models, by name.</summary>
    public required IReadOnlyList<ServedModel> Models { get; init; }

    /// <summary>The training runs, the one written last first.</summary>
    public required IReadOnlyList<RunMetrics> Runs { get; init; }

    /// <summary>Posts that the search knows; null where there is no index.</summary>
    public long? IndexedPosts { get; init; }
}

/// <summary>Reads <see cref="HomeStatus"/>; safe to share between threads.</summary>
public sealed class HomeStatusReader(HomeFolder home, ServedModels models, PostIndex posts)
{
    /// <summary>Reads everything anew: some milliseconds, for a small home folder.</summary>
    public HomeStatus Read() => new()
    {
        Corpus = CorpusCard.Read(Path.Combine(home.Corpus, "card.json")),
        Models = models.All,
        Runs = ReadRuns(),
        IndexedPosts = posts.PostCount,
    };

    private List<RunMetrics> ReadRuns()
    {
        if (!Directory.Exists(home.Runs))
            return [];
        var files = Directory.EnumerateDirectories(home.Runs).Select(d => new FileInfo(Path.Combine(d, "metrics.jsonl")));
        return [.. files.Where(f => f.Exists)
            .OrderByDescending(f => f.LastWriteTimeUtc).ThenBy(f => f.FullName, StringComparer.Ordinal)
            .Select(f => RunMetrics.Read(f.FullName))];
    }
}

/// <summary>
/// The numbers of <c>corpus/card.json</c> that the home page shows; what the card does not tell is null or empty.
/// </summary>
public sealed record CorpusCard
{
    /// <summary>Posts read.</summary>
    public long? Posts { get; init; }

    /// <summary>Documents written.</summary>
    public long? Documents { get; init; }

    /// <summary>Dialogues written.</summary>
    public long? Dialogues { get; init; }

    /// <summary>Characters of all documents.</summary>
    public long? Characters { get; init; }

    /// <summary>Posts left out, by reason.</summary>
    public IReadOnlyDictionary<string, long> Dropped { get; init; } = new Dictionary<string, long>();

    /// <summary>Posts or documents by language, as the card counts them.</summary>
    public IReadOnlyDictionary<string, long> Languages { get; init; } = new Dictionary<string, long>();

    /// <summary>Posts or documents by community.</summary>
    public IReadOnlyDictionary<string, long> Communities { get; init; } = new Dictionary<string, long>();

    /// <summary>The whole card.</summary>
    public required JsonElement Json { get; init; }

    /// <summary>Reads the card; null where there is none, or it is no JSON object.</summary>
    public static CorpusCard? Read(string path)
    {
        try
        {
            var card = JsonElement.Parse(File.ReadAllBytes(path));
            return card.ValueKind != JsonValueKind.Object ? null : new()
            {
                Posts = Number(card, "posts"),
                Documents = Number(card, "documents"),
                Dialogues = Number(card, "dialogues"),
                Characters = Number(card, "characters"),
                Dropped = Counts(card, "dropped"),
                Languages = Counts(card, "languages"),
                Communities = Counts(card, "communities"),
                Json = card,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static long? Number(JsonElement card, string name) =>
        card.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out long n) ? n : null;

    private static Dictionary<string, long> Counts(JsonElement card, string name)
    {
        var counts = new Dictionary<string, long>();
        if (card.TryGetProperty(name, out var group) && group.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in group.EnumerateObject())
            {
                if (entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetInt64(out long n))
                    counts[entry.Name] = n;
            }
        }
        return counts;
    }
}
