using System.Text.Json;

namespace Syrinx.Training.Runs;

/// <summary>
/// The files of a run: <c>recipe.json</c>, <c>metrics.jsonl</c> (a line a step), <c>samples.jsonl</c>, <c>checkpoints/</c>,
/// <c>data.json</c>, and when it has ended <c>report.json</c>.
/// </summary>
internal sealed record RunFolder(string Path)
{
    /// <summary>How lines and reports are spelt.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Recipe => In("recipe.json");

    public string Metrics => In("metrics.jsonl");

    public string Samples => In("samples.jsonl");

    public string Checkpoints => In("checkpoints");

    public string Report => In("report.json");

    /// <summary>Which corpora the run has seen.</summary>
    public string Data => In("data.json");

    /// <summary>Tokens of <c>--input</c>.</summary>
    public string Tokens => In("tokens");

    /// <summary>Makes the folder for a run that begins, without what a former run of the name left.</summary>
    /// <exception cref="InputException">It cannot be written to.</exception>
    public void Clear()
    {
        Make(Path);
        try
        {
            foreach (string file in (string[])[Recipe, Metrics, Samples, Report, Data])
                File.Delete(file);
            if (Directory.Exists(Checkpoints))
                Directory.Delete(Checkpoints, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot write to {Path}: {e.Message} Choose another --home.", e);
        }
    }

    /// <summary>Whether a run of the name has saved anything.</summary>
    public bool HasCheckpoint => Directory.Exists(Checkpoints) && Directory.EnumerateDirectories(Checkpoints, "step-*").Any();

    /// <summary>Keeps other processes out until disposed, or until this one ends, however.</summary>
    /// <exception cref="InputException">Another process trains here.</exception>
    public IDisposable Lock() => FolderLock.Take(In(".lock"),
        $"{Path} is in use: another process trains a model of this name. Wait for it, or give another --model.");

    /// <summary>Makes a folder.</summary>
    /// <exception cref="InputException">It cannot be made.</exception>
    public static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot write to {folder}: {e.Message} Choose another --home.", e);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
