using System.CommandLine;
using System.Globalization;
using Syrinx.Cli.Terminal;
using Syrinx.Data.Corpus;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx dedup</c>: exact and near duplicates among the rows of a JSONL file.</summary>
internal static class DedupVerb
{
    private static readonly Argument<string> In = new("IN.jsonl") { Description = "Rows with id and text" };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "The rows again, each with cluster and keep",
        HelpName = "OUT.jsonl",
        Required = true,
    };

    public static Command Create()
    {
        var command = new Command("dedup",
            "Adds to each row its cluster (the id of the row that is kept of it) and whether to keep it; removes nothing. Texts that "
            + "differ in numbers only are not duplicates.\n\nExample: syrinx dedup rows.jsonl --out marked.jsonl")
        {
            In, Out,
        };
        command.Runs((parse, context) =>
        {
            string output = parse.GetValue(Out)!;
            var report = Deduplicator.Run(
                parse.GetValue(In)!, output, new CurateSettings().Jaccard, context.Threads, context.Progress, context.Cancel);
            return new VerbResult(report, string.Create(CultureInfo.InvariantCulture,
                $"{report.Rows:N0} rows, {report.Removed:N0} of them copies, in {report.Clusters:N0} clusters; {output}, {report.Seconds:0.0} s"));
        });
        return command;
    }
}
