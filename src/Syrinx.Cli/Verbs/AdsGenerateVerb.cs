using System.CommandLine;
using System.Globalization;
using System.Text;
using Syrinx.Ads;
using Syrinx.Cli.Terminal;
using Syrinx.Inference;
using Syrinx.Models;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx ads generate</c>: ads from a brief's facts, inside every limit.</summary>
internal static class AdsGenerateVerb
{
    private static readonly Option<int> Variants = new("--count")
    {
        Description = $"How many variants, 1 to {AdGenerator.MaxCount}",
        DefaultValueFactory = _ => 8,
        HelpName = "N",
    };

    private static readonly Option<string?> Model = new("--model")
    {
        Description = "A model that may propose drafts: a name under home/models, or a folder; used only if enough of them pass every check",
        HelpName = "M",
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Writes the variants as CSV too, with a column that says they are AI-made",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("generate",
            "Writes ads from a brief's facts: different ones, inside every limit, each claim with its fact.\n\n"
            + "Example: syrinx ads generate --brief brief.json --format x-post --count 8 --out ads.csv")
        {
            AdsVerb.Brief, AdsVerb.Format, Variants, Model, Out,
        };
        command.Runs(async (parse, context) =>
        {
            var format = AdFormat.Find(parse.GetValue(AdsVerb.Format)!);
            var brief = AdBrief.Read(parse.GetValue(AdsVerb.Brief)!);
            using var language = parse.GetValue(Model) is { } name ? Load(name, context) : null;
            var model = language is null ? null : new AdModel(parse.GetValue(Model)!, new LocalChatClient(language, parse.GetValue(Model)!));
            var ads = await AdGenerator.GenerateAsync(brief, format, parse.GetValue(Variants), context.Seed, model, context.Cancel);
            if (parse.GetValue(Out) is { } file)
                AtomicFile.WriteText(file, AdCsv.Write(brief, format, ads.Variants.Select(AdCsvRow.Of)));
            return new VerbResult(ads, AdsVerb.Shown(Describe(ads, brief)));
        });
        return command;
    }

    private static LanguageModel Load(string name, VerbContext context) =>
        LanguageModel.Load(ModelFiles.Find(name, context.Home), new InferenceSettings { Threads = context.Threads });

    private static string Describe(AdGeneration ads, AdBrief brief)
    {
        var text = new StringBuilder();
        int number = 0;
        foreach (var ad in ads.Variants)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{++number}. {ad.Angle}, {ad.Source}, score {ad.Score:0.00}, policy {ad.Policy.Verdict}");
            foreach (var (field, values) in ad.Fields.All)
            {
                for (int i = 0; i < values.Count; i++)
                {
                    string name = field.IsList ? $"{field.Name} {i + 1}" : field.Name;
                    text.AppendLine(CultureInfo.InvariantCulture,
                        $"   {name} ({ad.Lengths[field.Name][i]}/{field.Limit}): {values[i].Replace("\n", "\n      ", StringComparison.Ordinal)}");
                }
            }
            foreach (var claim in ad.Claims.DistinctBy(c => (c.Text, c.Fact)))
                text.AppendLine(CultureInfo.InvariantCulture, $"   claim: {claim.Text} ← {claim.Fact}");
            text.AppendLine();
        }
        foreach (var problem in ads.BriefProblems)
            text.AppendLine(CultureInfo.InvariantCulture, $"Not used of the brief: {problem.Field}{(problem.Index is { } i ? $"[{i}]" : "")}. {problem.Reason}");
        foreach (var rule in ads.Variants.SelectMany(v => v.Policy.Rules).DistinctBy(r => r.Rule))
            text.AppendLine(CultureInfo.InvariantCulture, $"Policy, {rule.Outcome}: {rule.Reason}");
        if (ads.Rejected.Count > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"Drafts refused: {string.Join(", ", ads.Rejected.Select(r => $"{r.Key} {r.Value}"))}");
        if (ads.Shortfall is { } shortfall)
            text.AppendLine(shortfall);
        text.Append(CultureInfo.InvariantCulture,
            $"{ads.Variants.Count} AI-made variants for {brief.Product}. {ads.Model.Reason} A person should read them before they run.");
        return text.ToString();
    }
}
