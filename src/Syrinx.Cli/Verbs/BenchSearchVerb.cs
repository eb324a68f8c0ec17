using System.CommandLine;
using System.Globalization;
using Syrinx.Cli.Terminal;
using Syrinx.Search.Evaluation;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx bench search</c>: the index and the search, measured.</summary>
internal static class BenchSearchVerb
{
    public static Command Create()
    {
        var command = new Command("search",
            "Builds an index over the home folder's posts, or a sample platform's where there are none, in a temporary folder, and searches it for the "
            + "posts' own words; beside it the speed at which posts can be read, and looked through without an index.\n\nExample: syrinx bench search --home home --json");
        command.Runs((_, context) =>
        {
            string folder = Directory.CreateTempSubdirectory("syrinx-bench-").FullName;
            try
            {
                var r = SearchBenchmark.Run(BenchHome.OwnOrSample(folder, context), Path.Combine(folder, "index"), context.Seed, context.Threads,
                    context.Progress, context.Cancel);
                return new VerbResult(r, string.Create(CultureInfo.InvariantCulture,
                    $"{r.Posts:N0} posts, {r.Bytes / 1e6:0.0} MB of text, indexed in {r.IndexSeconds:0.0} s ({r.IndexBytesPerSecond / 1e6:0.0} MB/s; reading alone {r.ReadBytesPerSecond / 1e6:0}), {r.IndexBytes / 1e6:0.0} MB on disk. "
                    + $"{r.Queries:N0} searches: {r.P50Ms:0.00} ms (p50), {r.P99Ms:0.00} ms (p99), {r.QueriesPerSecond:N0} a second on {r.Threads} threads; looking through all texts without an index would take {r.ScanMs:0} ms."));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }
}
