using System.CommandLine;
using Syrinx.Cli.Terminal;
using Syrinx.Evaluation.Report;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx eval report</c>: evaluated models side by side, as a page and as Markdown.</summary>
internal static class EvalReportVerb
{
    public static Command Create()
    {
        var models = new Option<string[]>("--model")
        {
            Description = "A model that was evaluated; several times for several (default: all of them)",
            DefaultValueFactory = _ => [],
            HelpName = "M",
        };
        var output = new Option<FileInfo>("--out") { Description = "The page; the Markdown is written beside it", Required = true, HelpName = "FILE.html" };
        var command = new Command("report",
            "Sets evaluated models side by side: loss curves, bits per byte, reply ranking, answers, canaries, copies, recipes.\n\n" +
            "Example: syrinx eval report --model town --model town-chat --out report.html")
        {
            models, output,
        };
        command.Runs((parse, context) =>
        {
            var card = ReportCard.Read(context.Home, parse.GetValue(models)!);
            string html = parse.GetValue(output)!.FullName, markdown = Path.ChangeExtension(html, ".md");
            if (html == markdown)
                throw new InputException($"--out {html}: name the page, such as report.html; the Markdown gets the same name with .md.");
            AtomicFile.WriteText(html, card.ToHtml());
            AtomicFile.WriteText(markdown, card.ToMarkdown());
            return new VerbResult(new Report(card.Models, html, markdown), $"{string.Join(", ", card.Models)}: {html} and {markdown}");
        });
        return command;
    }

    private sealed record Report(IReadOnlyList<string> Models, string Html, string Markdown);
}
