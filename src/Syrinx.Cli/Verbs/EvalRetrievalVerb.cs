using System.CommandLine;
using System.Globalization;
using Syrinx.Cli.Terminal;
using Syrinx.Search.Evaluation;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx eval retrieval</c>: how well the search ranks, on a benchmark in BEIR's files.</summary>
internal static class EvalRetrievalVerb
{
    private static readonly Option<string> Corpus = File("--corpus", "BEIR's corpus.jsonl");
    private static readonly Option<string> Queries = File("--queries", "BEIR's queries.jsonl");
    private static readonly Option<string> Qrels = File("--qrels", "BEIR's qrels/test.tsv");
    private static readonly Option<string> Mode = SearchVerb.ModeOption();

    public static Command Create()
    {
        var command = new Command("retrieval",
            "Ranks a benchmark's documents for its queries and scores the rankings.\n\n"
            + "Example: syrinx eval retrieval --corpus corpus.jsonl --queries queries.jsonl --qrels qrels/test.tsv --mode bm25")
        {
            Corpus, Queries, Qrels, Mode,
        };
        command.Runs((parse, context) =>
        {
            SearchVerb.CheckMode(parse.GetValue(Mode)!);
            var report = RetrievalEvaluation.RunBm25(
                parse.GetValue(Corpus)!, parse.GetValue(Queries)!, parse.GetValue(Qrels)!, context.Progress, context.Cancel);
            string summary = string.Create(CultureInfo.InvariantCulture,
                $"nDCG@10 {report.NdcgAt10:0.0000}  recall@100 {report.RecallAt100:0.0000}  MRR@10 {report.MrrAt10:0.0000}\n"
                + $"{report.Queries} queries over {report.Documents} documents; indexed in {report.IndexSeconds:0.0} s; "
                + $"a query takes {report.P50Ms:0.00} ms (p50), {report.P99Ms:0.00} ms (p99)");
            return new VerbResult(report, summary);
        });
        return command;
    }

    private static Option<string> File(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE", Required = true };
}
