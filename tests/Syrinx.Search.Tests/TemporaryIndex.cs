using Syrinx.Data.Posts;

namespace Syrinx.Search.Tests;

/// <summary>An index of given posts in a folder of its own, gone when disposed.</summary>
internal sealed class TemporaryIndex : IDisposable
{
    public TemporaryIndex(params IEnumerable<Post> posts) : this(posts, labels: null) { }

    public TemporaryIndex(IEnumerable<Post> posts, string? labels)
    {
        if (labels is not null)
            File.WriteAllText(Path.Combine(Folder, "labels.jsonl"), labels);
        SearchIndex.Build(posts, Town.Authors, PostLabels.TryRead(Folder), "fingerprint", IndexFolder);
        Index = SearchIndex.Open(IndexFolder);
    }

    /// <summary>Posts that all say the same, with labels.</summary>
    public TemporaryIndex(IEnumerable<string> ids, string labels)
        : this(ids.Select(id => Town.Post(id, "The harbour is behind the old fish market on Ferry Street.")), labels) { }

    public string Folder { get; } = Directory.CreateTempSubdirectory("syrinx-search-").FullName;

    public string IndexFolder => Path.Combine(Folder, "index");

    public SearchIndex Index { get; }

    public SearchResults Search(string text) => Index.Search(new() { Text = text });

    /// <summary>Ids of the posts found, the best first.</summary>
    public string[] Find(string text) => [.. Search(text).Hits.Select(h => h.Id)];

    public static string Label(string id, double spam = 0, double bot = 0, string? campaign = null, string? dropped = null,
        string lang = "en") =>
        System.Text.Json.JsonSerializer.Serialize(new
        {
            id,
            lang,
            lang_score = 1,
            spam,
            bot,
            campaign,
            cluster = (string?)null,
            dropped
        }) + "\n";

    public void Dispose()
    {
        Index.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
