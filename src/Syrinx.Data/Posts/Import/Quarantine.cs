using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Syrinx.Data.Posts.Import;

/// <summary>
/// Writes <c>posts/quarantine/HASH.jsonl</c>: file, position, length and reason of every record that was not understood;
/// never its text. The name is the content's, so the same import twice leaves one file.
/// </summary>
internal sealed class Quarantine
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MemoryStream _lines = new();

    /// <summary>Entries that the file lists at most; the count goes on.</summary>
    public const int MaxListed = 1_000_000;

    public long Count { get; private set; }

    /// <summary>The first entry, as an example for a message.</summary>
    public QuarantineEntry First { get; private set; }

    public void Add(QuarantineEntry entry)
    {
        if (++Count > MaxListed)
            return;
        if (Count == 1)
            First = entry;
        using (var json = new Utf8JsonWriter(_lines, Json))
        {
            json.WriteStartObject();
            json.WriteString("source", entry.Source);
            json.WriteNumber("position", entry.Position);
            json.WriteNumber("length", entry.Length);
            json.WriteString("reason", entry.Reason);
            json.WriteEndObject();
        }
        _lines.WriteByte((byte)'\n');
    }

    /// <summary>Writes the file, if there is anything to write, and returns its path.</summary>
    public string? Save(string postsDir)
    {
        if (Count == 0)
            return null;
        byte[] bytes = _lines.ToArray();
        string name = PostBinary.Hash(bytes).ToString("x32", CultureInfo.InvariantCulture)[..16] + ".jsonl";
        string path = Path.Combine(postsDir, "quarantine", name);
        AtomicFile.Write(path, s => s.Write(bytes));
        return path;
    }
}
