using System.CommandLine;
using System.Globalization;
using Syrinx.Cli.Terminal;
using Syrinx.Data.Corpus;
using Syrinx.Data.Corpus.Classifiers;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx label</c>: what curation sees in each row of a JSONL file; <c>syrinx label train</c>: labels of one's
/// own.</summary>
internal static class LabelVerb
{
    public static Command Create()
    {
        var input = new Argument<string>("IN.jsonl")
        {
            Description = "Rows with id and text, and an author object where there is one",
        };
        var output = new Option<string>("--out")
        {
            Description = "The rows again, each with labels",
            HelpName = "OUT.jsonl",
            Required = true,
        };
        var weights = new Option<string?>("--weights")
        {
            Description = "Folder with labels of one's own (*.label); else the home folder's labels/",
            HelpName = "DIR",
        };
        var command = new Command("label",
            "Adds labels to each row: language, spam, bot, toxicity, nsfw, quality (0 to 1), labels of one's own, the personal data in "
            + "its text (start and end in Unicode code points), and the rules of web corpora that it fails.\n\n"
            + "Example: syrinx label rows.jsonl --out labelled.jsonl")
        {
            input, output, weights, Train(),
        };
        command.Runs((parse, context) =>
        {
            string path = parse.GetValue(output)!;
            string? folder = parse.GetValue(weights);
            if (folder is not null && !Directory.Exists(folder))
                throw new InputException($"There is no folder {folder}. --weights names one that 'syrinx label train --out' has written into.");
            var models = LabelModels.Load(folder ?? context.Home.Labels);
            var report = Labeler.Run(parse.GetValue(input)!, path, models, context.Threads, context.Progress, context.Cancel);
            return new VerbResult(report, string.Create(
                CultureInfo.InvariantCulture, $"{report.Rows:N0} rows in {path}, {report.Seconds:0.0} s"));
        });
        return command;
    }

    private static Command Train()
    {
        var input = new Option<string>("--input")
        {
            Description = "Rows with id, text and label (0 or 1); for the label bot also an author object",
            HelpName = "FILE.jsonl",
            Required = true,
        };
        var label = new Option<string>("--label")
        {
            Description = "Its name. spam, toxicity, nsfw and bot take the place of those that are shipped; any other is added",
            HelpName = "NAME",
            Required = true,
        };
        var output = new Option<string?>("--out")
        {
            Description = "Folder for NAME.label; else the home folder's labels/, where label and curate find it",
            HelpName = "DIR",
        };
        var command = new Command("train",
            "Trains a label on rows of one's own, and says how well it does on a fifth of them that it has not seen.\n\n"
            + "Example: syrinx label train --input judged.jsonl --label off_topic")
        { input, label, output };
        command.Runs((parse, context) =>
        {
            var report = LabelTrainer.Run(parse.GetValue(input)!, parse.GetValue(label)!, parse.GetValue(output) ?? context.Home.Labels,
                context.Progress, context.Cancel);
            string auc = report.HeldOutAuc is { } a
                ? string.Create(CultureInfo.InvariantCulture, $"ROC AUC {a:0.000} on {report.HeldOutRows:N0} rows that it has not seen")
                : "the rows held out are of one class, so nothing can be said of its quality";
            return new VerbResult(report, string.Create(CultureInfo.InvariantCulture,
                $"{report.Path}: {report.Rows:N0} rows, {report.Positives:N0} of them positive; {auc}; {report.Seconds:0.0} s"));
        });
        return command;
    }
}
