using System.Buffers;
using System.Text;
using System.Text.Json;
using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Corpus.Duplicates;
using Syrinx.Data.Corpus.Signals;
using Syrinx.Data.Corpus.Text;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Corpus;

/// <summary>Some rows of a JSONL file, labelled in one thread: each one's line up to where bot and campaign go, and what these are
/// found out of.</summary>
internal sealed class LabelledChunk
{
    /// <summary>Parts id and line; <see cref="Threads.PostRecord"/> reads ids up to it.</summary>
    public const byte Separator = 0x1F;

    /// <summary>A row.</summary>
    /// <param name="Facts">What is known of it.</param>
    /// <param name="Length">Bytes of its record.</param>
    /// <param name="Author">What tells its author's rows from others', or null.</param>
    /// <param name="AccountOdds">What the account that it tells of says by itself: see <see cref="BotScore.AccountOdds"/>.</param>
    /// <param name="Host">Host of its first link, or null.</param>
    /// <param name="Template">Digest of its text, numbers aside; 0 where nobody asks.</param>
    public readonly record struct Row(PostFacts Facts, int Length, string? Author, float AccountOdds, string? Host, ulong Template);

    /// <summary>The rows.</summary>
    public List<Row> Rows { get; } = [];

    /// <summary>Their records, one behind another: id, separator, line.</summary>
    public ArrayBufferWriter<byte> Records { get; } = new(2 * RecordChunk.TargetBytes);

    /// <summary>Labels the rows of a chunk, and lets go of it.</summary>
    /// <exception cref="InputException">A row is malformed; the message names file, line and field.</exception>
    public static LabelledChunk Of(RecordChunk chunk, string path, LabelModels models, CancellationToken cancel)
    {
        var labelled = new LabelledChunk();
        using var writer = new Utf8JsonWriter(labelled.Records, new JsonWriterOptions { Encoder = CorpusFiles.Json.Encoder, SkipValidation = true });
        foreach (var record in chunk.Records)
        {
            cancel.ThrowIfCancellationRequested();
            if (record.Problem is not null)
                throw new InputException(FormattableString.Invariant($"{path}, line {record.Number} is longer than {RecordChunk.MaxRecordBytes >> 20} MiB."));
            labelled.Add(chunk.Span(record), path, record.Number, models, writer);
        }
        chunk.Release();
        return labelled;
    }

    private void Add(ReadOnlySpan<byte> line, string path, long number, LabelModels models, Utf8JsonWriter writer)
    {
        int before = Records.WrittenCount;
        var row = JsonRow.Parse(line, path, number);
        var labels = RowLabels.Of(row, models);
        Encoding.UTF8.GetBytes(row.Id.Replace((char)Separator, ' '), Records);
        Records.Write([Separator]);
        if (row.Json.TryGetProperty("labels"u8, out _))
            row.WriteOpen(writer, "labels");
        else
            Records.Write(line[..^1].TrimEnd(" \t"u8)); // the row stays as it is, to the byte; its last character is the closing bracket
        writer.Flush();
        writer.Reset();
        Records.Write(",\"labels\":"u8);
        labels.Write(writer);
        writer.Flush();
        writer.Reset();

        string? author = row.AuthorKey;
        var time = row.Time("created_at");
        Rows.Add(new(
            new PostFacts
            {
                RecordLength = Records.WrittenCount - before,
                Time = time?.Ticks ?? 0,
                Parent = row.IsReply ? PostFacts.Absent : PostFacts.None,
                Cluster = PostFacts.None,
                Campaign = PostFacts.None,
                Weight = (float)labels.Weight,
                Spam = labels.Post.Spam,
                ComeOn = labels.Post.ComeOn,
                Links = (byte)Math.Min(labels.Post.Links, byte.MaxValue),
                HasText = true,
            },
            Records.WrittenCount - before, author, (float)BotScore.AccountOdds(row.Author, time, models), labels.Post.Host,
            author is not null ? TextSignature.TemplateDigest(TextNormalizer.Normalize(row.Whole)) : 0));
    }
}
