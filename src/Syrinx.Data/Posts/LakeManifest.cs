using System.Globalization;
using System.Text.Json;

namespace Syrinx.Data.Posts;

/// <summary>One Parquet file of the lake. It holds the ids from <paramref name="First"/> up to the next file's first.</summary>
/// <param name="Name">File name, within the folder of the posts.</param>
/// <param name="First">Its first id.</param>
/// <param name="Last">Its last id.</param>
/// <param name="Rows">How many posts.</param>
/// <param name="Content">Sum of the content hashes of its posts, mod 2^128, as hex.</param>
internal sealed record LakeFile(string Name, string First, string Last, long Rows, string Content);

/// <summary>
/// Which files the lake consists of, in the order of their ids: <c>posts/lake.json</c>. To replace it is what commits an
/// import. Files that it names and that still lie there under their staged name were being renamed when a process died.
/// </summary>
/// <param name="Version">Of this format: 1.</param>
/// <param name="Next">Number of the next file.</param>
/// <param name="Files">In the order of their ids, ranges disjoint.</param>
/// <param name="Authors">The file of the authors, or null where there are none.</param>
/// <param name="AuthorRows">How many authors.</param>
/// <param name="AuthorContent">Hash of the authors, as hex.</param>
/// <param name="Removals">Fingerprint of the removals that the lake obeys; where it is another, files must be looked
/// through.</param>
internal sealed record LakeManifest(
    int Version, int Next, IReadOnlyList<LakeFile> Files, string? Authors, long AuthorRows, string AuthorContent, string Removals)
{
    public const string FileName = "lake.json";

    private const int CurrentVersion = 1;

    public static LakeManifest Empty { get; } = new(CurrentVersion, 1, [], null, 0, "", "");

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // what the file leaves out is null here, whatever the types say
    private bool IsIncomplete => Version == 0 || AuthorContent is null || Removals is null
        || Files?.All(f => f is { Name: not null, First: not null, Last: not null, Content: not null }) is not true;

    public long Posts => Files.Sum(f => f.Rows);

    /// <summary>Changes when, and only when, posts or authors do; how they are spread over files does not matter.</summary>
    public string Fingerprint()
    {
        UInt128 sum = 0;
        foreach (var file in Files)
            sum += UInt128.Parse(file.Content, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        string all = string.Create(CultureInfo.InvariantCulture, $"{Posts} {sum:x32} {AuthorRows} {AuthorContent}");
        return PostBinary.Hash(System.Text.Encoding.UTF8.GetBytes(all)).ToString("x32", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads the folder's manifest and finishes a switch that was interrupted; empty where there is none.</summary>
    public static LakeManifest Load(string postsDir)
    {
        string path = Path.Combine(postsDir, FileName);
        if (!File.Exists(path))
            return Empty;
        LakeManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<LakeManifest>(File.ReadAllBytes(path), Json) ?? throw new JsonException("it is null.");
            if (manifest.Version is not 0 and not CurrentVersion)
                throw new InputException($"{path} is of another version of Syrinx ({manifest.Version}; this one reads {CurrentVersion}). Update Syrinx, or import the exports again into a new home folder.");
            if (manifest.IsIncomplete)
                throw new JsonException("a field is missing.");
        }
        catch (JsonException e)
        {
            throw new InputException($"{path} is damaged: {e.Message} Import the exports again into a new home folder.", e);
        }
        foreach (string name in manifest.Names())
        {
            string file = Path.Combine(postsDir, name);
            string staged = StagedPath(postsDir, name, manifest.Next);
            if (File.Exists(staged))
                Switch(staged, file);
            else if (!File.Exists(file))
                throw new InputException($"{file} is missing, though {path} lists it. Import the exports again into a new home folder.");
        }
        return manifest;
    }

    private static void Switch(string staged, string file)
    {
        try
        {
            File.Move(staged, file, overwrite: true);
        }
        catch (FileNotFoundException) when (File.Exists(file))
        {
            // Another process that looked at the same time was quicker.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"An import into {Path.GetDirectoryName(file)} was interrupted and cannot be finished: {e.Message} "
                + "Make the folder writable, then run this again.", e);
        }
    }

    /// <summary>Where a new file waits for the manifest whose <see cref="Next"/> is given.</summary>
    public static string StagedPath(string postsDir, string name, int next) =>
        Path.Combine(postsDir, string.Create(CultureInfo.InvariantCulture, $"{name}.{next}.tmp"));

    /// <summary>
    /// Makes this manifest the lake's. Its new files lie under their staged names, whole and flushed; files it does not name
    /// are deleted afterwards.
    /// </summary>
    public void Commit(string postsDir)
    {
        AtomicFile.WriteText(Path.Combine(postsDir, FileName), JsonSerializer.Serialize(this, Json) + "\n");
        Load(postsDir);
        Sweep(postsDir);
    }

    /// <summary>Deletes the Parquet files that the lake does not consist of: older ones, and those of a killed import.</summary>
    public void Sweep(string postsDir)
    {
        var live = Names().ToHashSet(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(postsDir, "*.parquet*"))
        {
            if (!live.Contains(Path.GetFileName(file)))
                File.Delete(file);
        }
    }

    private IEnumerable<string> Names() => Files.Select(f => f.Name).Concat(Authors is null ? [] : [Authors]);
}
