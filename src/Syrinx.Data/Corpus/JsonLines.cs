using System.Buffers;
using System.Text.Json;

namespace Syrinx.Data.Corpus;

/// <summary>Writes records as lines of JSON into a buffer.</summary>
internal static class JsonLines
{
    public static readonly JsonWriterOptions Options = new() { Encoder = CorpusFiles.Json.Encoder };

    /// <summary>Writes records one by one.</summary>
    public static void Write<T>(Stream stream, IEnumerable<T> records, CancellationToken cancel)
    {
        foreach (var record in records)
        {
            cancel.ThrowIfCancellationRequested();
            JsonSerializer.Serialize(stream, record, CorpusFiles.Json);
            stream.WriteByte((byte)'\n');
        }
    }

    /// <summary>Appends a line.</summary>
    /// <param name="json">A writer to use again; where it pointed before does not matter.</param>
    /// <param name="lines">Where the line goes.</param>
    /// <param name="record">The record.</param>
    public static void Append<T>(Utf8JsonWriter json, ArrayBufferWriter<byte> lines, T record)
    {
        json.Reset(lines);
        JsonSerializer.Serialize(json, record, CorpusFiles.Json);
        json.Flush();
        lines.Write("\n"u8);
    }
}
