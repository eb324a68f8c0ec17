using System.CommandLine;
using System.Globalization;
using System.Text;
using Syrinx.Ads;
using Syrinx.Cli.Terminal;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx ads check</c>: whether ads keep to limits, facts and policy. Refused ads are a result, not an error: exit code 0.</summary>
internal static class AdsCheckVerb
{
    private static readonly Argument<string> File = new("file")
    {
        Description = "The ads: {\"fields\":{…}} or an array of such objects",
        HelpName = "FILE.json",
    };

    public static Command Create()
    {
        var command = new Command("check",
            "Checks ads against a brief: limits, duplicates, claims, banned words, policy. Refused ads are a result: the exit code is 0.\n\n"
            + "Example: syrinx ads check --brief brief.json --format google-rsa ads.json")
        {
            AdsVerb.Brief, AdsVerb.Format, File,
        };
        command.Runs((parse, context) =>
        {
            var format = AdFormat.Find(parse.GetValue(AdsVerb.Format)!);
            var checker = new AdChecker(AdBrief.Read(parse.GetValue(AdsVerb.Brief)!));
            var ads = AdFields.Read(parse.GetValue(File)!, format);
            var verdicts = ads.Select(ad => checker.Check(format, ad, context.Cancel)).ToList();
            return new VerbResult(new Report(verdicts, checker.BriefProblems), AdsVerb.Shown(Describe(verdicts, checker)));
        });
        return command;
    }

    private static string Describe(List<AdVerdict> verdicts, AdChecker checker)
    {
        var text = new StringBuilder();
        for (int i = 0; i < verdicts.Count; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{i + 1}. {(verdicts[i].Ok ? "passed" : "refused")}, policy {verdicts[i].Policy.Verdict}");
            foreach (var problem in verdicts[i].Problems)
            {
                string where = problem.Index is { } index ? $"{problem.Field} {index + 1}" : problem.Field;
                text.AppendLine(CultureInfo.InvariantCulture, $"   {where}: {problem.Rule}. {problem.Reason}");
            }
            foreach (var claim in verdicts[i].Claims.DistinctBy(c => (c.Text, c.Fact)))
                text.AppendLine(CultureInfo.InvariantCulture, $"   claim: {claim.Text} ← {claim.Fact}");
            foreach (var rule in verdicts[i].Policy.Rules.Where(r => r.Outcome != "prohibited"))
                text.AppendLine(CultureInfo.InvariantCulture, $"   policy, {rule.Outcome}: {rule.Reason}");
        }
        foreach (var problem in checker.BriefProblems)
            text.AppendLine(CultureInfo.InvariantCulture, $"The brief, {problem.Field}{(problem.Index is { } i ? $"[{i}]" : "")}: {problem.Reason}");
        return text.Append(CultureInfo.InvariantCulture, $"{verdicts.Count(v => v.Ok)} of {verdicts.Count} ads passed.").ToString();
    }

    private sealed record Report(IReadOnlyList<AdVerdict> Verdicts, IReadOnlyList<AdProblem> BriefProblems);
}
