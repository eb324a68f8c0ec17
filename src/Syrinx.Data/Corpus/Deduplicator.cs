using System.Diagnostics;
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
/// cluster; its own where it is alone) and <c>keep</c>. Memory holds some 250 bytes a row, not the texts.
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
        using var texts = new TextSpill(Path.GetDirectoryName(Path.GetFullPath(output))!);
        var finder = new DuplicateFinder(threshold);
        List<Row> rows = [];
        foreach (var row in OrderedBatches.Map(JsonRow.Lines(input), threads, l => Sign(JsonRow.Parse(l.Line, l.Where)), cancel))
        {
            var (offset, length) = row.Signature.IsEmpty ? default : texts.Append(row.Normalized);
            finder.Add(row.Signature);
            rows.Add(row.Row with { Offset = offset, Length = length });
            if (rows.Count % 4096 == 0)
                progress?.Report(new("sign", rows.Count, null, "rows"));
        }
        texts.Flush();
        var clusters = finder.Find(i => texts.Read(rows[i].Offset, rows[i].Length),
            b => progress?.Report(new("compare", b, MinHash.Bands, "bands")), cancel);

        var kept = new int[rows.Count];
        long several = 0;
        foreach (var cluster in Enumerable.Range(0, rows.Count).GroupBy(clusters.ClusterOf))
        {
            List<int> members = [.. cluster];
            int best = members.MinBy(i => (-rows[i].Engagement, rows[i].Time, rows[i].Id, i), RowOrder.Instance);
            foreach (int member in members)
                kept[member] = best;
            several += members.Count > 1 ? 1 : 0;
        }
        Write(input, output, rows, kept, cancel);
        long removed = kept.Where((best, i) => best != i).LongCount();
        return new(rows.Count, several, removed, clock.Elapsed.TotalSeconds);
    }

    private static void Write(string input, string output, List<Row> rows, int[] kept, CancellationToken cancel) =>
        AtomicFile.Write(output, stream =>
        {
            using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = CorpusFiles.Json.Encoder });
            int index = 0;
            foreach (var (line, where) in JsonRow.Lines(input))
            {
                cancel.ThrowIfCancellationRequested();
                var row = JsonRow.Parse(line, where);
                if (index >= rows.Count || row.Id != rows[index].Id)
                    throw new InputException($"{where}: the file changed while it was read. Run the command again.");
                int best = kept[index], own = index;
                row.Write(writer, Added, w =>
                {
                    w.WriteString("cluster", rows[best].Id);
                    w.WriteBoolean("keep", best == own);
                });
                writer.Flush();
                writer.Reset();
                stream.WriteByte((byte)'\n');
                index++;
            }
        });

    private static (Row Row, string Normalized, TextSignature Signature) Sign(JsonRow row)
    {
        string normalized = TextNormalizer.Normalize(row.Whole);
        double engagement = (row.Number("likes") ?? 0) + 2.0 * (row.Number("reposts") ?? 0) + (row.Number("replies") ?? 0)
            + 2.0 * (row.Number("quotes") ?? 0) + Math.Max(0, row.Number("score") ?? 0);
        long time = JsonRow.TimeOf(row.Json, "created_at")?.Ticks ?? long.MaxValue;
        return (new Row(row.Id, engagement, time, 0, 0), normalized, TextSignature.Of(normalized));
    }

    private readonly record struct Row(string Id, double Engagement, long Time, long Offset, int Length);

    /// <summary>Ids by code unit, not by culture.</summary>
    private sealed class RowOrder : IComparer<(double Engagement, long Time, string Id, int Index)>
    {
        public static RowOrder Instance { get; } = new();

        public int Compare((double Engagement, long Time, string Id, int Index) a,
            (double Engagement, long Time, string Id, int Index) b)
        {
            int order = a.Engagement.CompareTo(b.Engagement);
            order = order != 0 ? order : a.Time.CompareTo(b.Time);
            order = order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
            return order != 0 ? order : a.Index.CompareTo(b.Index);
        }
    }
}
