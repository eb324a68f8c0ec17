using System.CommandLine;
using System.Globalization;
using Syrinx.Cli.Terminal;
using Syrinx.Data.Corpus;
using Syrinx.Data.Corpus.Mixing;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx curate</c>: the posts of the home folder become a corpus and its card.</summary>
internal static class CurateVerb
{
    private static readonly Option<string> Policy = new("--policy")
    {
        Description = "strict: nothing sensitive or rude; standard: nothing explicit or strongly abusive; adult: as standard, adult text stays",
        HelpName = "strict|standard|adult",
        DefaultValueFactory = _ => "standard",
    };

    private static readonly Option<string?> OptOut = new("--opt-out")
    {
        Description = "One author id a line (x:12): nothing of theirs is learned from, now and later",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Mix = new("--mix")
    {
        Description = "Weights and shares of boards, platforms and kinds, and caps (docs/curate.md); default: everything once",
        HelpName = "FILE.json",
    };

    public static Command Create()
    {
        Policy.AcceptOnlyFromAmong("strict", "standard", "adult");
        var command = new Command("curate",
            "Labels, filters and deduplicates the imported posts, masks personal data, builds conversations, and writes documents, "
            + "dialogues, preferences, labels, a card (corpus/card.html) and a datasheet into the home folder.\n\nExample: syrinx curate --policy strict")
        {
            Policy, OptOut, Mix,
        };
        command.Runs((parse, context) =>
        {
            var settings = new CurateSettings { Policy = Enum.Parse<CuratePolicy>(parse.GetValue(Policy)!, ignoreCase: true) };
            if (parse.GetValue(Mix) is { } mix)
                settings = settings.With(CurateMix.Read(mix));
            var report = HomeCuration.Run(context.Home, parse.GetValue(OptOut), settings, context.Threads, context.Progress,
                context.Cancel);
            return new VerbResult(report, Summary(report, Path.Combine(context.Home.Corpus, CorpusFiles.CardHtml)));
        });
        return command;
    }

    private static string Summary(CurateReport r, string card)
    {
        static string N(long n) => n.ToString("N0", CultureInfo.InvariantCulture);
        List<string> lines = [$"{N(r.Posts)} posts = {N(r.Kept)} kept + {N(r.Dropped.Values.Sum())} dropped"];
        lines.AddRange(r.Dropped.OrderByDescending(d => d.Value).Select(d => $"  {N(d.Value),10}  {d.Key}"));
        lines.Add(string.Create(CultureInfo.InvariantCulture,
            $"{N(r.Documents)} documents of {N(r.Characters)} characters, {N(r.Dialogues)} dialogues, {N(r.Preferences)} preferences, in {r.Seconds:0.0} s (policy {r.Policy})"));
        lines.Add($"look at {card}");
        return string.Join('\n', lines);
    }
}
