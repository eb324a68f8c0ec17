using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Corpus;

/// <summary>What <c>label</c> did.</summary>
/// <param name="Rows">Rows read and written.</param>
/// <param name="Seconds">Wall-clock time.</param>
public sealed record LabelReport(long Rows, double Seconds);

/// <summary>
/// Labels the rows of a JSONL file one by one, as <c>curate</c> would see each alone: language, spam, bot (from the author's
/// fields only), toxicity, adult content, quality, where personal data stands, and which rules of web corpora the text fails. Drops
/// and changes nothing. Memory does not grow with the file.
/// </summary>
public static class Labeler
{
    private static readonly string[] Added = ["labels"];

    /// <summary>Reads rows with <c>id</c>, <c>text</c> and optional <c>title</c>, <c>urls</c>, <c>sensitive</c>, <c>author</c>,
    /// <c>created_at</c>; writes them with <c>labels</c>.</summary>
    /// <param name="input">The JSONL file to read.</param>
    /// <param name="output">The JSONL file to write; whole or absent.</param>
    /// <param name="models">The trained classifiers.</param>
    /// <param name="threads">Threads to use; the output is the same for any number.</param>
    /// <param name="progress">Told the rows done, or null.</param>
    /// <param name="cancel">Stops the work; no file is written.</param>
    /// <exception cref="InputException">A row is malformed (the message names file, line and field), or a file cannot be
    /// opened.</exception>
    public static LabelReport Run(
        string input, string output, LabelModels models, int threads, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        long rows = 0;
        using var source = JsonRow.Open(input);
        AtomicFile.Write(output, stream =>
        {
            foreach (var (written, count) in OrderedBatches.Map(
                LineRecords.Read(source), threads, chunk => LabelChunk(chunk, input, models, cancel), cancel, batch: 1))
            {
                stream.Write(written.WrittenSpan);
                rows += count;
                progress?.Report(new("label", rows, null, "rows"));
            }
        });
        return new(rows, clock.Elapsed.TotalSeconds);
    }

    internal static (ArrayBufferWriter<byte> Lines, int Count) LabelChunk(
        RecordChunk chunk, string path, LabelModels models, CancellationToken cancel)
    {
        var lines = new ArrayBufferWriter<byte>(2 * RecordChunk.TargetBytes);
        using var writer = new Utf8JsonWriter(lines, new JsonWriterOptions { Encoder = CorpusFiles.Json.Encoder, SkipValidation = true });
        foreach (var record in chunk.Records)
        {
            cancel.ThrowIfCancellationRequested();
            if (record.Problem is not null)
                throw new InputException(FormattableString.Invariant($"{path}, line {record.Number} is longer than {RecordChunk.MaxRecordBytes >> 20} MiB."));
            var line = chunk.Span(record);
            var row = JsonRow.Parse(line, path, record.Number);
            var labels = RowLabels.Of(row, models);
            if (row.Json.TryGetProperty("labels"u8, out _))
            {
                row.Write(writer, Added, w => labels.Write(w, "labels"));
            }
            else
            {
                // the row stays as it is, to the byte; its last character is the closing bracket
                lines.Write(line[..^1].TrimEnd(" \t"u8));
                lines.Write(",\"labels\":"u8);
                labels.Write(writer, null);
                writer.Flush();
                lines.Write("}"u8);
            }
            writer.Flush();
            writer.Reset();
            lines.Write("\n"u8);
        }
        int count = chunk.Records.Count;
        chunk.Release();
        return (lines, count);
    }
}
