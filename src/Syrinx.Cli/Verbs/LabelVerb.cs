using System.CommandLine;
using System.Globalization;
using Syrinx.Cli.Terminal;
using Syrinx.Data.Corpus;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx label</c>: what curation sees in each row of a JSONL file.</summary>
internal static class LabelVerb
{
    private static readonly Argument<string> In = new(
        "IN.jsonl")
    { Description = "Rows with id and text, and an author object where there is one" };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "The rows again, each with labels",
        HelpName = "OUT.jsonl",
        Required = true,
    };

    public static Command Create()
    {
        var command = new Command("label",
            "Adds labels to each row: language, spam, bot, toxicity, nsfw, quality (0 to 1), and the personal data in its text "
            + "(start and end in Unicode code points).\n\nExample: syrinx label rows.jsonl --out labelled.jsonl")
        {
            In, Out,
        };
        command.Runs((parse, context) =>
        {
            string output = parse.GetValue(Out)!;
            var report = Labeler.Run(parse.GetValue(In)!, output, context.Threads, context.Progress, context.Cancel);
            return new VerbResult(report, string.Create(
                CultureInfo.InvariantCulture, $"{report.Rows:N0} rows in {output}, {report.Seconds:0.0} s"));
        });
        return command;
    }
}
