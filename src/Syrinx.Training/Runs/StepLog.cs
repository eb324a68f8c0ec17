using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syrinx.Training.Runs;

/// <summary>
/// A JSONL file with a field <c>step</c> on each line, appended to as a run goes. A resumed run first drops the lines after its
/// checkpoint and a last line that was cut off, so that no step is there twice or missing.
/// </summary>
internal sealed class StepLog : IDisposable
{
    private readonly FileStream _stream;

    /// <summary>Opens the file, keeping the lines up to a step.</summary>
    /// <exception cref="InputException">It cannot be written.</exception>
    public StepLog(string path, long lastStep)
    {
        var kept = new MemoryStream();
        if (File.Exists(path) && lastStep > 0)
        {
            foreach (string line in File.ReadLines(path))
            {
                if (Parse(line) is { } json && StepOf(json) <= lastStep)
                {
                    kept.Write(System.Text.Encoding.UTF8.GetBytes(line));
                    kept.WriteByte((byte)'\n');
                    Kept.Add(json);
                }
            }
        }
        AtomicFile.Write(path, kept.WriteTo);
        _stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 1);
    }

    /// <summary>The lines that were kept.</summary>
    public List<JsonObject> Kept { get; } = [];

    /// <summary>Appends a line; a killed process loses none that was appended.</summary>
    /// <exception cref="InputException">The disk is full.</exception>
    public void Append(JsonObject line)
    {
        try
        {
            _stream.Write(JsonSerializer.SerializeToUtf8Bytes(line, RunFolder.Json).Append((byte)'\n').ToArray());
        }
        catch (Exception e) when (WriteError.Reason(e) is { } reason)
        {
            throw new InputException($"Cannot write {_stream.Name}: {reason}", e);
        }
    }

    public void Dispose() => _stream.Dispose();

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null; // cut off when the process was killed
        }
    }

    private static long StepOf(JsonObject line) => line["step"] is JsonValue v && v.TryGetValue(out long step) ? step : long.MaxValue;
}
