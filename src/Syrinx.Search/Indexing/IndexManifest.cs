using System.Text.Json;
using System.Text.Json.Serialization;

namespace Syrinx.Search.Indexing;

/// <summary>
/// <c>index.json</c>: which of the two folders beside it, <c>a</c> or <c>b</c>, is the index, and what it was built from.
/// Replacing this one file is the switch from an old index to a new one.
/// </summary>
internal sealed record IndexManifest(
    [property: JsonPropertyName("format")] string Format,
    [property: JsonPropertyName("generation")] string Generation,
    [property: JsonPropertyName("fingerprint")] string Fingerprint,
    [property: JsonPropertyName("posts")] int Posts,
    [property: JsonPropertyName("newest")] DateTime? Newest)
{
    /// <summary>Raised whenever the fields or the analysis change: an index of another format is rebuilt, not read.</summary>
    public const string CurrentFormat = "syrinx-search/2";

    public static string PathIn(string directory) => Path.Combine(directory, "index.json");

    /// <summary>The manifest, or null where there is none.</summary>
    /// <exception cref="InputException">It cannot be read, or another version wrote it.</exception>
    public static IndexManifest? TryRead(string directory)
    {
        string path = PathIn(directory);
        IndexManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<IndexManifest>(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"{path} cannot be read as an index's description ({e.Message}). Run 'syrinx index' again.", e);
        }
        if (manifest is not { Format: CurrentFormat, Generation: "a" or "b", Fingerprint: not null })
            throw new InputException($"{path} is of another version of Syrinx ('{manifest?.Format}'; this one reads "
                + $"'{CurrentFormat}'). Run 'syrinx index' again.");
        return manifest;
    }

    public void Write(string directory) => AtomicFile.WriteText(PathIn(directory), JsonSerializer.Serialize(this));
}
