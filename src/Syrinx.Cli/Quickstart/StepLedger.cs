using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Syrinx.Cli.Quickstart;

/// <summary>
/// Remembers in <c>quickstart.json</c> which steps are done and from what: a step whose key (its settings and the keys of
/// the steps before it) is unchanged need not run again. Written after every step, so that a killed run goes on.
/// </summary>
internal sealed class StepLedger
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    private readonly string _path;
    private readonly Dictionary<string, Entry> _steps;

    private StepLedger(string path, Dictionary<string, Entry> steps) => (_path, _steps) = (path, steps);

    /// <summary>One step: what it was made from, and how long that took.</summary>
    internal sealed record Entry(string Key, double Seconds, bool Done);

    /// <summary>Reads the ledger; one that is missing or unreadable is empty, and the steps run again.</summary>
    public static StepLedger Load(string path)
    {
        try
        {
            return new(path, JsonSerializer.Deserialize<Dictionary<string, Entry>>(File.ReadAllText(path), Json) ?? []);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return new(path, []);
        }
    }

    /// <summary>A ledger in which nothing is done.</summary>
    public static StepLedger Empty(string path) => new(path, []);

    /// <summary>Whether the step was ever begun.</summary>
    public bool Has(string step) => _steps.ContainsKey(step);

    /// <summary>Whether the step was finished with this very key.</summary>
    public bool IsDone(string step, string key) => _steps.TryGetValue(step, out var entry) && entry.Done && entry.Key == key;

    /// <summary>Whether the step was begun with this very key and not finished: it can be resumed.</summary>
    public bool IsBegun(string step, string key) => _steps.TryGetValue(step, out var entry) && !entry.Done && entry.Key == key;

    /// <summary>Notes that the step begins.</summary>
    public void Begin(string step, string key) => Set(step, new(key, 0, Done: false));

    /// <summary>Notes that the step is finished.</summary>
    public void Finish(string step, string key, double seconds) => Set(step, new(key, seconds, Done: true));

    /// <summary>A key from whatever a step depends on.</summary>
    public static string Key(params object?[] parts)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts)));
        return Convert.ToHexStringLower(hash.AsSpan(0, 12));
    }

    /// <summary>A key of export files: their relative names, lengths and times of last change.</summary>
    /// <exception cref="InputException">A path does not exist.</exception>
    public static string KeyOfFiles(IEnumerable<string> paths)
    {
        var lines = new List<string>();
        foreach (string path in paths)
        {
            string[] files = Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : [path];
            foreach (string file in files.Order(StringComparer.Ordinal))
            {
                var info = new FileInfo(file);
                if (!info.Exists)
                    throw new InputException($"{path} is not there. Give the folder or file of an export, or none for the sample platform.");
                lines.Add($"{file}|{info.Length}|{info.LastWriteTimeUtc.Ticks}");
            }
        }
        return Key([.. lines]);
    }

    private void Set(string step, Entry entry)
    {
        _steps[step] = entry;
        AtomicFile.WriteText(_path, JsonSerializer.Serialize(_steps, Json) + "\n");
    }
}
