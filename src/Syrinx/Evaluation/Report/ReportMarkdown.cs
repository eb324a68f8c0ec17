using System.Text;
using static Syrinx.PageText;

namespace Syrinx.Evaluation.Report;

/// <summary>The report card as Markdown, for a repository or a model's page. In English.</summary>
internal static class ReportMarkdown
{
    public static string Render(ReportCard card)
    {
        var text = new StringBuilder("# Report card\n\n");
        if (!card.Comparable(e => e.HeldOut?.Fingerprint) || !card.Comparable(e => e.Replies?.Fingerprint))
            text.Append("**Not all were measured on the same documents and dialogues: their numbers do not compare.**\n\n");
        text.Append("In brackets: the interval that would hold the number in 95 of 100 measurements on other data of the kind.\n\n");
        Table(text, card, "", [
            ("what", r => ReportWords.Kind(r).En),
            ("weights", r => Number(r.Evaluation.Parameters)),
            ("tokens trained on", r => r.Record?.TokensSeen is { } n ? Number(n) : "–"),
            ("last training loss", r => r.Training.Count > 0 ? r.Training[^1].Loss.ToString("0.000", Invariant) : "–"),
            ("last validation loss", r => r.Validation.Count > 0 ? r.Validation[^1].Loss.ToString("0.000", Invariant) : "–"),
        ]);
        Groups("Bits per byte by language", b => [b.All with { Name = "all" }, .. b.ByLanguage]);
        Groups("Bits per byte by source", b => b.BySource);
        Replies(text, card);
        if (card.Runs.Any(r => r.Evaluation.Answers is not null))
        {
            Table(text, card, "Answers (people's, cut to the same length)", [
                ("answers", r => r.Evaluation.Answers is { } a ? Number(a.Model.Answers) : "–"),
                ("words an answer", r => r.Evaluation.Answers is { } a ? Pair(a.Model.MeanWords, a.PeopleMeanWords, "0.0") : "–"),
                ("distinct-1", r => r.Evaluation.Answers is { } a ? Pair(a.Model.Distinct1, a.People.Distinct1, "0.000") : "–"),
                ("distinct-2", r => r.Evaluation.Answers is { } a ? Pair(a.Model.Distinct2, a.People.Distinct2, "0.000") : "–"),
                ("same as another answer", r => r.Evaluation.Answers is { } a ? Pair(a.Model.Identical, a.People.Identical, "0.0%") : "–"),
                ("repeats itself", r => r.Evaluation.Answers is { } a ? Pair(a.Model.Repetition, a.People.Repetition, "0.0%") : "–"),
            ]);
        }
        if (card.Runs.Select(r => r.Evaluation.Canaries).FirstOrDefault(c => c is not null) is { } canaries)
        {
            Table(text, card, string.Create(Invariant, $"Canaries: exposure among {canaries.References} references (chance {canaries.ByChance:0.00}, at most {canaries.Ceiling:0.#} bits), and how many are extracted"),
                [.. canaries.Rows.Select(row => ((string, Func<ReportRun, string>))(ReportWords.Repetitions(row.Repetitions).En, r =>
                    r.Evaluation.Canaries?.Rows.FirstOrDefault(x => x.Repetitions == row.Repetitions) is { } x ? $"{Shown(x.Exposure, "0.00")}; {x.Extracted} of {x.Canaries}" : "–"))]);
        }
        if (card.Runs.Select(r => r.Evaluation.Verbatim).FirstOrDefault(v => v is not null) is { } verbatim)
        {
            Table(text, card, $"Copies: {verbatim.RunLength} tokens in a row of a training document", [
                ("share of samples", r => r.Evaluation.Verbatim is { } v ? Shown(v.Share, "0.0%") : "–"),
                ("longest run, tokens", r => r.Evaluation.Verbatim is { } v ? (v.LongestRun == 0 ? $"< {v.RunLength}" : Number(v.LongestRun)) : "–"),
            ]);
        }
        Table(text, card, "Settings that differ", [.. card.Differences().Select(d => ((string, Func<ReportRun, string>))(d.Field, r => d.Values[card.Runs.ToList().IndexOf(r)]))]);
        var missing = card.Runs.SelectMany(r => r.Evaluation.NotMeasured.Select(m => $"- {r.Name}: {m}\n")).ToList();
        if (missing.Count > 0)
            text.Append("## Not measured\n\n").AppendJoin("", missing);
        return text.ToString();

        void Groups(string title, Func<HeldOutBits, IReadOnlyList<GroupBits>> groups)
        {
            var names = card.Runs.SelectMany(r => r.Evaluation.HeldOut is { } b ? groups(b) : []).GroupBy(g => g.Name).ToList();
            if (names.Count > 0)
            {
                Table(text, card, title, [.. names.Select(n => ((string, Func<ReportRun, string>))($"{n.Key} ({Number(n.Max(g => g.Documents))} documents)", r =>
                    r.Evaluation.HeldOut is { } b && groups(b).FirstOrDefault(g => g.Name == n.Key) is { } g ? Shown(g.BitsPerByte, "0.000") : "–"))]);
            }
        }
    }

    private static void Replies(StringBuilder text, ReportCard card)
    {
        if (card.Runs.Select(r => r.Evaluation.Replies).FirstOrDefault(r => r is not null) is not { } first)
            return;
        string others = first.FewestCandidates == first.Candidates ? $"{first.Candidates}" : $"{first.FewestCandidates} to {first.Candidates}";
        Table(text, card, $"Reply ranking: the true reply among {others}, {first.Dialogues} dialogues; MRR, recall@1, recall@5",
            [.. card.Runs.SelectMany(r => r.Evaluation.Replies?.Scores ?? []).Select(s => (s.Score, s.Format)).Distinct().Select(key => ((string, Func<ReportRun, string>))(
                ReportWords.Score(key.Score).En + (key.Format is { } f ? ", " + ReportWords.Format(f).En : ""),
                r => r.Evaluation.Replies?.Scores.FirstOrDefault(s => s.Score == key.Score && s.Format == key.Format) is { } s
                    ? $"{Shown(s.Mrr, "0.000")}; {s.RecallAt1.Value.ToString("0.000", Invariant)}; {s.RecallAt5.Value.ToString("0.000", Invariant)}" : "–"))]);
        foreach (var gain in card.Gains())
            text.Append(Invariant, $"{gain.Model} − {gain.Than}, MRR by {ReportWords.Score(gain.Score).En}, each as it was taught, dialogue by dialogue: {Shown(gain.Difference, "+0.000;-0.000;0.000")}\n\n");
    }

    private static void Table(StringBuilder text, ReportCard card, string title, IReadOnlyList<(string Name, Func<ReportRun, string> Value)> rows)
    {
        if (rows.Count == 0)
            return;
        if (title.Length > 0)
            text.Append("## ").Append(title).Append("\n\n");
        text.Append("| |").AppendJoin("", card.Runs.Select(r => $" {Cell(r.Name)} |")).Append("\n| --- |").AppendJoin("", card.Runs.Select(_ => " --- |")).Append('\n');
        foreach (var (name, value) in rows)
            text.Append("| ").Append(Cell(name)).Append(" |").AppendJoin("", card.Runs.Select(r => $" {Cell(value(r))} |")).Append('\n');
        text.Append('\n');
    }

    private static string Pair(double own, double people, string format) => $"{own.ToString(format, Invariant)} ({people.ToString(format, Invariant)})";

    private static string Shown(Estimate e, string format) => e.Value.ToString(format, Invariant)
        + (e.Low is { } low ? $" [{low.ToString(format, Invariant)}, {e.High!.Value.ToString(format, Invariant)}]" : "");

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
