using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Syrinx.Data.Corpus.Duplicates;
using Syrinx.Data.Corpus.Text;

namespace Syrinx.Data.Corpus;

/// <summary>What <c>dedup</c> did.</summary>
/// <param name="Rows">Rows read and written.</param>
/// <param name="Clusters">Clusters of two rows and more.</param>
/// <param name="Removed">Rows that a later step should leave out: all of a cluster but one.</param>
/// <param name="Seconds">Wall-clock time.</param>
public sealed record DedupReport(long Rows, long Clusters, long Removed, double Seconds);

/// <summary>
/// Finds exact and near duplicates among the rows of a JSONL file and adds <c>cluster</c> (the id of the row that is kept of its
/// cluster; its own where it is alone) and <c>keep</c>. Memory holds some 50 bytes a row; texts and signatures lie in files without a
/// name beside the output while it runs.
/// </summary>
public static class Deduplicator
{
    private static readonly string[] Added = ["cluster", "keep"];

    /// <summary>Reads rows with <c>id</c> and <c>text</c>; of a cluster the most engaged is kept, then the earliest, then the
    /// least id.</summary>
    /// <param name="input">The JSONL file to read, twice.</param>
    /// <param name="output">The JSONL file to write; whole or absent.</param>
    /// <param name="threshold">Least Jaccard similarity of near duplicates.</param>
    /// <param name="threads">Threads to use; the output is the same for any number.</param>
    /// <param name="progress">Told how far it is, or null.</param>
    /// <param name="cancel">Stops the work; no file is written.</param>
    /// <exception cref="InputException">A row is malformed (the message names file, line and field), or a file cannot be
    /// opened.</exception>
    public static DedupReport Run(
        string input, string output, double threshold, int threads, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        string folder = Path.GetDirectoryName(Path.GetFullPath(output))!;
        using var texts = new TextSpill(folder);
        var rows = new Column<Row>();
        var clusters = Cluster();
        int[] kept = Keep(clusters, rows, texts, out long several);
        Write(input, output, rows, texts, kept, threads, progress, cancel);
        long removed = kept.Where((best, i) => best != i).LongCount();
        return new(rows.Count, several, removed, clock.Elapsed.TotalSeconds);

        DuplicateClusters Cluster()
        {
            using var signatures = new SignatureFile(folder);
            foreach (var batch in OrderedBatches.MapBatches(JsonRow.Lines(input), threads, SignedRows.Of, cancel))
            {
                long offset = texts.Append(batch.Texts.WrittenSpan);
                for (int i = 0; i < batch.Rows.Length; i++)
                {
                    rows.Add(batch.Rows[i] with { Offset = offset });
                    offset += batch.Rows[i].IdLength + batch.Rows[i].Length;
                    signatures.Append(batch.Signatures.AsSpan(i * TextSignature.Length, TextSignature.Length));
                }
                progress?.Report(new("sign", rows.Count, null, "rows"));
            }
            texts.Flush();
            signatures.Flush();
            return new DuplicateFinder(signatures, threshold, threads).Find(
                i => texts.Read(rows[i].Offset + rows[i].IdLength, rows[i].Length),
                b => progress?.Report(new("compare", b, TextSignature.Length, "columns")), cancel);
        }
    }

    private static string IdOf(int row, Column<Row> rows, TextSpill texts) => texts.Read(rows[row].Offset, rows[row].IdLength);

    /// <summary>For each row the one that is kept of its cluster.</summary>
    private static int[] Keep(DuplicateClusters clusters, Column<Row> rows, TextSpill texts, out long several)
    {
        var best = new int[rows.Count]; // by cluster, that is by its first row
        var sizes = new int[rows.Count];
        several = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            int cluster = clusters.ClusterOf(i);
            several += ++sizes[cluster] == 2 ? 1 : 0;
            if (cluster == i || IsBetter(i, best[cluster]))
                best[cluster] = i;
        }
        for (int i = rows.Count - 1; i >= 0; i--)
            best[i] = best[clusters.ClusterOf(i)]; // a cluster's first row is its least: nothing is overwritten before it is read
        return best;

        bool IsBetter(int a, int b)
        {
            int order = rows[b].Engagement.CompareTo(rows[a].Engagement);
            order = order != 0 ? order : rows[a].Time.CompareTo(rows[b].Time);
            order = order != 0 ? order : string.CompareOrdinal(IdOf(a, rows, texts), IdOf(b, rows, texts));
            return order < 0;
        }
    }

    private static void Write(
        string input, string output, Column<Row> rows, TextSpill texts, int[] kept, int threads, IProgress<StageProgress>? progress,
        CancellationToken cancel) =>
        AtomicFile.Write(output, stream =>
        {
            long done = 0;
            foreach (var lines in OrderedBatches.MapBatches(JsonRow.Lines(input).Index(), threads, Mark, cancel))
            {
                stream.Write(lines.WrittenSpan);
                progress?.Report(new("write", done += lines.WrittenCount, null, "bytes"));
            }

            ArrayBufferWriter<byte> Mark((int Index, (string Line, string Where) Row)[] batch)
            {
                var lines = new ArrayBufferWriter<byte>();
                using var writer = new Utf8JsonWriter(lines, JsonLines.Options);
                foreach (var (index, (line, where)) in batch)
                {
                    var row = JsonRow.Parse(line, where);
                    if (index >= rows.Count || row.Id != IdOf(index, rows, texts))
                        throw new InputException($"{where}: the file changed while it was read. Run the command again.");
                    row.Write(writer, Added, w =>
                    {
                        w.WriteString("cluster", kept[index] == index ? row.Id : IdOf(kept[index], rows, texts));
                        w.WriteBoolean("keep", kept[index] == index);
                    });
                    writer.Flush();
                    writer.Reset();
                    lines.Write("\n"u8);
                }
                return lines;
            }
        });

    /// <summary>What is kept in memory of a row; its id and normalised text lie in the spill, one behind the other.</summary>
    private record struct Row(double Engagement, long Time, long Offset, int IdLength, int Length);

    /// <summary>A few rows, read and signed in one thread.</summary>
    private sealed record SignedRows(Row[] Rows, ArrayBufferWriter<byte> Texts, ulong[] Signatures)
    {
        public static SignedRows Of((string Line, string Where)[] lines)
        {
            var signed = new SignedRows(new Row[lines.Length], new(), new ulong[lines.Length * TextSignature.Length]);
            for (int i = 0; i < lines.Length; i++)
            {
                var row = JsonRow.Parse(lines[i].Line, lines[i].Where);
                string normalized = TextNormalizer.Normalize(row.Whole);
                TextSignature.Write(normalized, signed.Signatures.AsSpan(i * TextSignature.Length));
                double engagement = (row.Number("likes") ?? 0) + 2.0 * (row.Number("reposts") ?? 0) + (row.Number("replies") ?? 0)
                    + 2.0 * (row.Number("quotes") ?? 0) + Math.Max(0, row.Number("score") ?? 0);
                long time = JsonRow.TimeOf(row.Json, "created_at")?.Ticks ?? long.MaxValue;
                int id = (int)Encoding.UTF8.GetBytes(row.Id, signed.Texts), text = (int)Encoding.UTF8.GetBytes(normalized, signed.Texts);
                signed.Rows[i] = new(engagement, time, 0, id, text);
            }
            return signed;
        }
    }
}
