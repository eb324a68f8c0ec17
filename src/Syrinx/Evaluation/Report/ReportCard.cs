using System.Text.Json.Nodes;
using Syrinx.Models;

namespace Syrinx.Evaluation.Report;

/// <summary>A field of the recipe that is not the same in all runs.</summary>
internal sealed record RecipeDifference(string Field, IReadOnlyList<string> Values);

/// <summary>How much better one model ranks the same replies than another.</summary>
internal sealed record RankingGain(string Model, string Than, string Score, Estimate Difference);

/// <summary>Evaluated models side by side, as a page (HTML, both languages) and as Markdown.</summary>
public sealed class ReportCard
{
    /// <summary>Most models: as many colours can be told apart.</summary>
    public const int MostModels = 6;

    private ReportCard(IReadOnlyList<ReportRun> runs) => Runs = runs;

    internal IReadOnlyList<ReportRun> Runs { get; }

    /// <summary>Their names, in the card's order.</summary>
    public IReadOnlyList<string> Models => [.. Runs.Select(r => r.Name)];

    /// <summary>Reads what evaluations and runs left.</summary>
    /// <param name="home">The home folder.</param>
    /// <param name="models">Names or folders; all evaluated models of the home folder where none is given.</param>
    /// <exception cref="InputException">A model is not there or not evaluated, or there are too many.</exception>
    public static ReportCard Read(HomeFolder home, IReadOnlyList<string> models)
    {
        List<ModelDirectory> directories = models.Count > 0 ? [.. models.Distinct().Select(m => ModelDirectory.Find(m, home))]
            : [.. ModelDirectory.List(home).Select(m => new ModelDirectory(home.Model(m))).Where(d => File.Exists(Path.Combine(d.Path, EvaluationReport.FileName)))];
        if (directories.Count == 0)
            throw new InputException($"No model in {home.Models} has been evaluated yet: 'syrinx eval model --model NAME' does it.");
        if (directories.Count > MostModels)
            throw new InputException($"{directories.Count} models are too many for one report card: choose at most {MostModels} with --model.");
        var runs = directories.Select(d => ReportRun.Read(d, home)).ToList();
        // a tuned model stands after the one that it came from
        return new([.. runs.Where(r => r.Evaluation.From is null || runs.All(o => o.Name != r.Evaluation.From))
            .SelectMany(root => Family(root, runs)).Concat(runs).Distinct()]);
    }

    /// <summary>The page: one file that loads nothing.</summary>
    public string ToHtml() => ReportPage.Render(this);

    /// <summary>The same in Markdown, in English.</summary>
    public string ToMarkdown() => ReportMarkdown.Render(this);

    /// <summary>Whether all that have a result of a kind have it of the same documents or dialogues.</summary>
    internal bool Comparable(Func<EvaluationReport, string?> fingerprint) => Runs.Select(r => fingerprint(r.Evaluation)).OfType<string>().Distinct().Count() <= 1;

    /// <summary>Fields of recipes that differ, in the recipe's order; a missing one is –.</summary>
    internal IReadOnlyList<RecipeDifference> Differences() => [.. Fields().Where(f => f.Values.Distinct().Count() > 1)];

    /// <summary>The fields that are the same in all.</summary>
    internal IReadOnlyList<RecipeDifference> Agreements() => [.. Fields().Where(f => f.Values.Distinct().Count() == 1)];

    /// <summary>Each model against the one that it came from, where both ranked the same replies; the interval by bootstrap over the dialogues' differences.</summary>
    internal IReadOnlyList<RankingGain> Gains()
    {
        var gains = new List<RankingGain>();
        foreach (var run in Runs)
        {
            var before = Runs.FirstOrDefault(r => r.Name == run.Evaluation.From);
            if (before?.Evaluation.Replies is not { } old || run.Evaluation.Replies is not { } now || old.Fingerprint != now.Fingerprint)
                continue;
            foreach (string score in (string[])["likelihood", "mutual_information"])
            {
                if (old.Find(score) is { } a && now.Find(score) is { } b)
                    gains.Add(new(run.Name, before.Name, score, Estimate.OfMean([.. b.ReciprocalRanks.Zip(a.ReciprocalRanks, (x, y) => x - y)], run.Evaluation.Settings.Seed)));
            }
        }
        return gains;
    }

    private List<RecipeDifference> Fields()
    {
        var recipes = Runs.Select(r => r.Record?.Recipe as JsonObject).ToList();
        return [.. recipes.OfType<JsonObject>().SelectMany(r => r.Select(p => p.Key)).Distinct()
            .Select(field => new RecipeDifference(field, [.. recipes.Select(r => r?[field]?.ToString() ?? "–")]))];
    }

    private static IEnumerable<ReportRun> Family(ReportRun root, List<ReportRun> all) =>
        all.Where(r => r.Evaluation.From == root.Name && r != root).SelectMany(r => Family(r, [.. all.Where(o => o != root)])).Prepend(root);
}
