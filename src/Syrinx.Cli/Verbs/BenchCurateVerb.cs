using System.CommandLine;
using System.Globalization;
using Syrinx.Cli.Terminal;
using Syrinx.Data.Corpus;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx bench curate</c> and <c>bench dedup</c>: curation and the search for duplicates, measured.</summary>
internal static class BenchCurateVerb
{
    public static Command Create()
    {
        var command = new Command("curate",
            "Measures the curation of the home folder's posts, or of a sample platform's where there are none, beside the speed at which they can "
            + "be read. The corpus is written to a temporary folder.\n\nExample: syrinx bench curate --home home --json");
        command.Runs((_, context) =>
        {
            string folder = Directory.CreateTempSubdirectory("syrinx-bench-").FullName;
            try
            {
                var home = BenchHome.OwnOrSample(folder, context);
                var r = CurateBenchmark.Run(home, Path.Combine(folder, "corpus"), context.Threads, context.Progress, context.Cancel);
                return new VerbResult(r, string.Create(CultureInfo.InvariantCulture,
                    $"{r.Posts:N0} posts of {r.Bytes / 1e6:0.0} MB in {r.Seconds:0.0} s: {r.BytesPerSecond / 1e6:0.0} MB/s, {r.CpuSeconds:0.0} s of {r.Threads} threads; reading alone {r.ReadBytesPerSecond / 1e6:0} MB/s; {r.PeakRssBytes / 1e9:0.00} GB at most."));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    public static Command CreateDedup()
    {
        var rows = new Option<int>("--rows") { Description = "Invented rows", DefaultValueFactory = _ => 100_000, HelpName = "N" };
        var pairs = new Option<int>("--pairs") { Description = "Planted pairs of each similarity (default: a hundredth of the rows)", HelpName = "N" };
        var command = new Command("dedup",
            "Plants near duplicates of known similarity (1, 0.9, 0.8, 0.5) among invented rows, deduplicates, and counts what was found.\n\n"
            + "Example: syrinx bench dedup --rows 1000000 --json") { rows, pairs };
        command.Runs((parse, context) =>
        {
            int count = parse.GetValue(rows), planted = parse.GetValue(pairs) is > 0 and var given ? given : Math.Max(1, count / 100);
            if (count < 100)
                throw new InputException($"--rows {count} must be at least 100.");
            string folder = Directory.CreateTempSubdirectory("syrinx-bench-").FullName;
            try
            {
                var r = DedupBenchmark.Run(folder, count, planted, context.Threads, context.Progress, context.Cancel);
                return new VerbResult(r, string.Create(CultureInfo.InvariantCulture,
                    $"{r.Rows:N0} rows of {r.Bytes / 1e6:0} MB in {r.Seconds:0.0} s: {r.RowsPerSecond:N0} rows/s, {r.BytesPerSecond / 1e6:0.0} MB/s. Found of {r.PairsPerLevel:N0} pairs each: ")
                    + string.Join(", ", r.Found.Reverse().Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Value:P2} at {f.Key}")))
                    + string.Create(CultureInfo.InvariantCulture, $"; precision {r.Precision:P2}; {r.PeakRssBytes / 1e9:0.00} GB at most."));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }
}
