using System.IO.Compression;
using System.Text.Json;
using Syrinx.Data.Sample;

namespace Syrinx.Data.Tests.Sample;

/// <summary>One sample for all tests of this folder, written once.</summary>
public sealed class SampleFolder : IDisposable
{
    public const int Posts = 4000;

    public SampleFolder() => Report = SamplePlatform.Write(Path, Posts, 7, null, CancellationToken.None);

    public string Path { get; } = Directory.CreateTempSubdirectory("syrinx-sample-").FullName;

    public SampleReport Report { get; }

    public IReadOnlyList<Planted> Truth =>
        field ??= [.. File.ReadLines(System.IO.Path.Combine(Path, "truth.jsonl")).Select(Planted.Parse)];

    /// <summary>The text of a file of a member's archive, read once.</summary>
    public string Archived(string name) =>
        string.Concat(Archives.Where(a => a.Name.StartsWith("data/" + name, StringComparison.Ordinal)).Select(a => a.Text));

    public IReadOnlyList<(string Member, string Name, string Text)> Archives => field ??= ReadArchives(Path);

    public static IReadOnlyList<(string Member, string Name, string Text)> ReadArchives(string folder)
    {
        var all = new List<(string, string, string)>();
        foreach (string path in Directory.EnumerateFiles(System.IO.Path.Combine(folder, "x-archives"))
            .Order(StringComparer.Ordinal))
        {
            using var zip = ZipFile.OpenRead(path);
            foreach (var entry in zip.Entries)
            {
                using var reader = new StreamReader(entry.Open());
                all.Add((System.IO.Path.GetFileNameWithoutExtension(path), entry.FullName, reader.ReadToEnd()));
            }
        }
        return all;
    }

    /// <summary>Tweets of the API pages' <c>data</c>.</summary>
    public IEnumerable<JsonElement> ApiTweets() => ApiPages().SelectMany(p => p.GetProperty("data").EnumerateArray());

    public IEnumerable<JsonElement> ApiPages() =>
        from file in Directory.EnumerateFiles(System.IO.Path.Combine(Path, "x-api"), "tweets-*.jsonl")
        from line in File.ReadLines(file)
        select JsonSerializer.Deserialize<JsonElement>(line);

    public string Boards => field ??= string.Concat(
        Directory.EnumerateFiles(System.IO.Path.Combine(Path, "ptt"), "*.txt", SearchOption.AllDirectories)
            .Select(File.ReadAllText));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>A line of truth.jsonl.</summary>
public sealed record Planted(string Id, string AuthorId, string Kind, string Probe, string Note)
{
    public static Planted Parse(string line)
    {
        var json = JsonSerializer.Deserialize<JsonElement>(line);
        string Of(string name) => json.GetProperty(name).GetString()!;
        return new(Of("id"), Of("author_id"), Of("kind"), Of("probe"), Of("note"));
    }
}
