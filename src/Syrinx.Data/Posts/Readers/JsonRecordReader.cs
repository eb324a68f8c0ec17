using System.Globalization;
using System.Text;
using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>What the readers of JSON exports share: cutting files into records, and what happens to a broken record.</summary>
internal static class JsonRecordReader
{
    private const int PeekBytes = 1 << 18;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Cuts a file, by lines where its name or its first character says so, and plans the work on each chunk.</summary>
    /// <param name="scope">Counts what is read.</param>
    /// <param name="file">The file.</param>
    /// <param name="parse">Turns chunk, prefix of the sources, and batch into content of the batch.</param>
    /// <param name="member">Where the file's one object has an array of this name, its elements are the records.</param>
    public static IEnumerable<Func<ReadBatch>> Plan(
        ImportScope scope, SourceFile file, Action<RecordChunk, string, ReadBatch> parse, string member = "")
    {
        byte[] start = file.Peek(PeekBytes);
        if (!HasMember(start, member))
            member = "";
        bool byLine = member.Length == 0 && HasLines(start, file.Extension is ".jsonl" or ".ndjson");
        var stream = scope.Open(file);
        bool any = false;
        foreach (var chunk in byLine ? LineRecords.Read(stream) : JsonRecords.Read(stream, member: member))
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

    /// <summary>Plans the work of parsing each record of a file, of which nothing else must be known.</summary>
    /// <inheritdoc cref="Plan(ImportScope, SourceFile, Action{RecordChunk, string, ReadBatch}, string)"/>
    public static IEnumerable<Func<ReadBatch>> Plan(
        ImportScope scope, SourceFile file, Action<JsonElement, string, RecordSpan, ReadBatch> record, string member = "") =>
        Plan(scope, file, (chunk, prefix, batch) => Parse(chunk, prefix, batch, record), member);

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

    /// <summary>Parses one of several posts of a record, so that one that is no Unicode does not take the others along.</summary>
    public static void Part(
        JsonElement part, string source, RecordSpan span, ReadBatch batch, Action<JsonElement, string, RecordSpan, ReadBatch> record)
    {
        try
        {
            if (part.ValueKind == JsonValueKind.Object)
                record(part, source, span, batch);
            else
                batch.Quarantine(source, span.Offset, span.Length, "not_an_object");
        }
        catch (BadUnicodeException)
        {
            batch.Quarantine(source, span.Offset, span.Length, "bad_unicode");
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

    /// <summary>Whether the file starts with an object in which the member's name stands early on.</summary>
    private static bool HasMember(ReadOnlySpan<byte> start, string member)
    {
        var content = start.TrimStart(" \t\r\n\uFEFF"u8);
        return member.Length > 0 && content.Length > 0 && content[0] == (byte)'{'
            && content.IndexOf(Encoding.UTF8.GetBytes($"\"{member}\"")) >= 0;
    }

    /// <summary>
    /// Whether there is an object a line: the name says so and no array starts that goes on in the next line, or the first line
    /// is an object and the next one starts like one. Then a broken line costs one record, and not those behind it.
    /// </summary>
    private static bool HasLines(ReadOnlySpan<byte> start, bool byName)
    {
        var content = start.TrimStart(" \t\r\n\uFEFF"u8);
        int end = content.IndexOf((byte)'\n');
        if (end < 0)
            return byName && content.Length > 0 && content[0] != (byte)'[';
        var line = content[..end].TrimEnd(" \t\r"u8);
        bool nextOpens = content[end..].TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
        bool isArray = line[0] == (byte)'[' && (line[^1] is (byte)',' or (byte)'[' || !nextOpens);
        return byName ? !isArray : nextOpens && line[0] == (byte)'{' && line[^1] == (byte)'}';
    }
}
