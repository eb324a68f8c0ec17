using System.Globalization;
using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>What the readers of JSON exports share: cutting files into records, and what happens to a broken record.</summary>
internal static class JsonRecordReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Cuts a file, by lines where its name or its first character says so, and plans the work on each chunk.</summary>
    /// <param name="scope">Counts what is read.</param>
    /// <param name="file">The file.</param>
    /// <param name="parse">Turns chunk, prefix of the sources, and batch into content of the batch.</param>
    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file, Action<RecordChunk, string, ReadBatch> parse)
    {
        bool byLine = file.Extension is ".jsonl" or ".ndjson" && !StartsArray(file);
        var stream = scope.Open(file);
        bool any = false;
        foreach (var chunk in byLine ? LineRecords.Read(stream) : JsonRecords.Read(stream))
        {
            any = true;
            string prefix = file.Name + (byLine ? ":" : "#");
            yield return () =>
            {
                var batch = new ReadBatch();
                parse(chunk, prefix, batch);
                chunk.Release();
                return batch;
            };
        }
        long length = stream.BytesRead;
        if (!byLine && !any && length > 0 && !file.PlainName.EndsWith(".js", StringComparison.OrdinalIgnoreCase))
            yield return () => Unreadable(file.Name, length);
        scope.Close();
    }

    /// <summary>Parses every record of a chunk; those that are no JSON go into quarantine.</summary>
    /// <param name="chunk">The records.</param>
    /// <param name="prefix">What their sources start with.</param>
    /// <param name="batch">Takes what comes of them.</param>
    /// <param name="record">Takes the record, its source, where it lies, and the batch.</param>
    public static void Parse(
        RecordChunk chunk, string prefix, ReadBatch batch, Action<JsonElement, string, RecordSpan, ReadBatch> record)
    {
        foreach (var span in chunk.Records)
        {
            string source = Source(prefix, span);
            if (span.Problem is { } problem)
            {
                batch.Quarantine(source, span.Offset, span.Length, problem);
                continue;
            }
            try
            {
                using var json = JsonDocument.Parse(chunk.Memory(span), Options);
                if (json.RootElement.ValueKind == JsonValueKind.Object)
                    record(json.RootElement, source, span, batch);
                else
                    batch.Quarantine(source, span.Offset, span.Length, "not_an_object");
            }
            catch (JsonException e)
            {
                batch.Quarantine(source, span.Offset, span.Length, Reason(e, chunk.Span(span)));
            }
            catch (BadUnicodeException)
            {
                batch.Quarantine(source, span.Offset, span.Length, "bad_unicode");
            }
        }
    }

    public static string Source(string prefix, RecordSpan span) => prefix + span.Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A name for what is wrong with a record that is no JSON.</summary>
    public static string Reason(JsonException e, ReadOnlySpan<byte> record)
    {
        if (e.Message.Contains("depth", StringComparison.OrdinalIgnoreCase))
            return "too_deep";
        return e.BytePositionInLine >= record.Length ? "truncated" : "invalid_json";
    }

    private static ReadBatch Unreadable(string name, long length)
    {
        var batch = new ReadBatch();
        batch.Quarantine(name, 0, length, "not_json");
        return batch;
    }

    private static bool StartsArray(SourceFile file)
    {
        using var stream = file.Open();
        Span<byte> start = stackalloc byte[64];
        int n = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var content = start[..n].TrimStart(" \t\r\n\uFEFF"u8);
        return content.Length > 0 && content[0] == (byte)'[';
    }
}
