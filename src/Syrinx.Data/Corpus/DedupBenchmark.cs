using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Syrinx.Data.Corpus.Duplicates;

namespace Syrinx.Data.Corpus;

/// <summary>How well and how fast <see cref="Deduplicator"/> finds near duplicates that were planted.</summary>
/// <param name="Rows">Rows in all.</param>
/// <param name="PairsPerLevel">Planted pairs of each similarity.</param>
/// <param name="Found">Share of the planted pairs that came into one cluster, by Jaccard similarity of their character
/// 5-grams.</param>
/// <param name="Precision">Of the rows that were removed, the share that is a near duplicate (≥ 0.7) of the row that was kept.</param>
/// <param name="Removed">Rows removed.</param>
/// <param name="Bytes">UTF-8 bytes of the input file.</param>
/// <param name="Seconds">Wall-clock time, reading and writing included.</param>
/// <param name="RowsPerSecond">Rows a second.</param>
/// <param name="BytesPerSecond">Bytes a second.</param>
/// <param name="CpuSeconds">Processor time.</param>
/// <param name="PeakRssBytes">Greatest resident memory of the process.</param>
/// <param name="Threads">Threads used.</param>
public sealed record DedupBenchmarkReport(
    long Rows, int PairsPerLevel, IReadOnlyDictionary<string, double> Found, double Precision, long Removed, long Bytes, double Seconds,
    double RowsPerSecond, double BytesPerSecond, double CpuSeconds, long PeakRssBytes, int Threads);

/// <summary>Plants near duplicates of known similarity among invented rows, and counts which are found.</summary>
public static class DedupBenchmark
{
    /// <summary>Runs the benchmark in a folder, which is left empty.</summary>
    /// <param name="folder">Where the rows and the marked rows are written meanwhile.</param>
    /// <param name="rows">Rows; at least ten times the planted ones.</param>
    /// <param name="pairs">Planted pairs of each similarity: 1 (case and punctuation aside), 0.9, 0.8, 0.5.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="progress">Told how far it is, or null.</param>
    /// <param name="cancel">Stops it.</param>
    public static DedupBenchmarkReport Run(
        string folder, int rows, int pairs, int threads, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var planted = new PlantedRows(rows, pairs);
        if (2 * planted.Pairs > rows)
            throw new InputException($"{rows} rows have no room for {planted.Pairs} planted pairs; ask for fewer pairs or more rows.");
        string input = Path.Combine(folder, "rows.jsonl"), output = Path.Combine(folder, "marked.jsonl");
        try
        {
            Write(planted, input, threads, progress, cancel);
            var cpu = Environment.CpuUsage.TotalTime;
            var report = Deduplicator.Run(input, output, new CurateSettings().Jaccard, threads, progress, cancel);
            double cpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
            long bytes = new FileInfo(input).Length;
            int[] clusters = ReadClusters(output, rows);
            var (found, precision) = Judge(planted, clusters);
            return new(report.Rows, pairs, found, precision, report.Removed, bytes, report.Seconds, report.Rows / report.Seconds,
                bytes / report.Seconds, cpuSeconds, Process.GetCurrentProcess().PeakWorkingSet64, threads);
        }
        finally
        {
            File.Delete(input);
            File.Delete(output);
        }
    }

    private static void Write(PlantedRows planted, string path, int threads, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        using var stream = File.Create(path);
        int done = 0;
        foreach (var lines in OrderedBatches.MapBatches(Enumerable.Range(0, planted.Count), threads, batch =>
        {
            var text = new StringBuilder();
            foreach (int row in batch)
                text.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"{row}\",\"text\":{JsonSerializer.Serialize(planted.Text(row), CorpusFiles.Json)}}}\n");
            return Encoding.UTF8.GetBytes(text.ToString());
        }, cancel))
        {
            stream.Write(lines);
            progress?.Report(new("plant", done += 256, planted.Count, "rows"));
        }
    }

    /// <summary>For each row the row that was kept of its cluster.</summary>
    private static int[] ReadClusters(string path, int rows)
    {
        var clusters = new int[rows];
        foreach (var (line, where) in JsonRow.Lines(path))
        {
            var row = JsonRow.Parse(line, where);
            clusters[int.Parse(row.Id, CultureInfo.InvariantCulture)] = int.Parse(row.Optional("cluster")!, CultureInfo.InvariantCulture);
        }
        return clusters;
    }

    private static (SortedDictionary<string, double> Found, double Precision) Judge(PlantedRows planted, int[] clusters)
    {
        var found = new SortedDictionary<string, double>(StringComparer.Ordinal);
        for (int pair = 0; pair < planted.Pairs; pair++)
        {
            var (a, b) = planted.RowsOf(pair);
            string level = PlantedRows.LevelOf(pair).ToString(CultureInfo.InvariantCulture);
            found[level] = found.GetValueOrDefault(level) + (clusters[a] == clusters[b] ? 1 : 0);
        }
        foreach (string level in found.Keys.ToList())
            found[level] /= planted.Pairs / PlantedRows.Levels.Count;
        int[] removed = [.. Enumerable.Range(0, clusters.Length).Where(i => clusters[i] != i)];
        int right = removed.Count(i => PlantedRows.Jaccard(planted.Text(i), planted.Text(clusters[i])) >= 0.7);
        return (found, removed.Length == 0 ? 1 : (double)right / removed.Length);
    }
}
