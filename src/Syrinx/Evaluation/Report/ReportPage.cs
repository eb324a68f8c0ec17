using System.Text;
using static Syrinx.Evaluation.Report.ReportWords;
using static Syrinx.PageText;

namespace Syrinx.Evaluation.Report;

/// <summary>
/// The report card as one page that needs nothing else, with the corpus card's look: no script, light or dark, English or Traditional Chinese by a switch.
/// </summary>
internal static class ReportPage
{
    public static string Render(ReportCard card)
    {
        var page = new StringBuilder();
        page.Append(Invariant, $$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Report card · 成績單 · Syrinx</title>
            <style>
            {{PageStyle.Css}}
            {{ReportStyle.Css}}
            </style>
            </head>
            <body>
            <main>
            <header>
            <div><div class="brand">Syrinx</div><h1>{{Both("What the models can do", "模型學得如何")}}</h1></div>
            <fieldset class="toggle" style="padding:0;margin:0"><legend hidden>Language · 語言</legend>
            <input type="radio" name="ui" id="ui-en" checked><label for="ui-en" lang="en">English</label>
            <input type="radio" name="ui" id="ui-zh"><label for="ui-zh" lang="zh-Hant">繁體中文</label></fieldset>
            </header>

            """);
        Lead(page, card);
        Curves(page, card);
        Bits(page, card);
        Replies(page, card);
        page.Append("<div class=\"pair\">");
        Answers(page, card);
        Copies(page, card);
        page.Append("</div>\n");
        Canaries(page, card);
        Recipes(page, card);
        Missing(page, card);
        page.Append("<footer>").Append(Both(
                "Made by 'syrinx eval report' from each model's eval.json and syrinx.json and its run's metrics.jsonl. Lines beside a dot: the interval that would hold the number in 95 of 100 measurements on other data of the kind.",
                "由 'syrinx eval report' 依各模型的 eval.json、syrinx.json 與訓練的 metrics.jsonl 製作。圓點旁的橫線：以同類資料重測一百次，約有九十五次會落入的區間。"))
            .Append("</footer>\n</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void Lead(StringBuilder page, ReportCard card)
    {
        int models = card.Runs.Count;
        page.Append("<p class=\"lead-text\">").Append(Both(
            models == 1 ? "One model, measured on conversations that it has never read." : $"{models} models side by side, measured on conversations that they have never read.",
            models == 1 ? "以模型從未讀過的對話來評量。" : $"{models} 個模型並列，以它們從未讀過的對話來評量。")).Append("</p>");
        if (!card.Comparable(e => e.HeldOut?.Fingerprint) || !card.Comparable(e => e.Replies?.Fingerprint))
        {
            page.Append("<p class=\"notice\">").Append(Both(
                "Not all were measured on the same documents and dialogues: their numbers do not compare. Evaluate all of them on one corpus.",
                "並非全部以相同的文件與對話評量，數字不能互相比較。請以同一份語料評量。")).Append("</p>");
        }
        page.Append("<ul class=\"models\">");
        for (int i = 0; i < models; i++)
        {
            var run = card.Runs[i];
            string seen = run.Record?.TokensSeen is { } tokens ? LossChart.Short(tokens) : "–";
            page.Append(Invariant, $"<li class=\"run{i}\"><b>{Escape(run.Name)}</b><span>{Both(Kind(run))}</span><br><span class=\"muted\">")
                .Append(Both($"{LossChart.Short(run.Evaluation.Parameters)} weights · {seen} tokens trained on · reads {run.Evaluation.Context} at once",
                    $"{LossChart.Short(run.Evaluation.Parameters)} 個參數 · 訓練 {seen} 個詞元 · 一次讀 {run.Evaluation.Context} 個"))
                .Append("</span></li>");
        }
        page.Append("</ul>\n");
    }

    private static void Curves(StringBuilder page, ReportCard card)
    {
        Begin(page, ("Loss while training", "訓練時的損失"), (
            "Nats a token, by tokens trained on. Rings: on validation text. Tuning counts the answers' tokens only, so its curve compares with no other.",
            "每個詞元的奈特數，橫軸為訓練過的詞元數。圓圈：驗證文字。微調只計回答的詞元，不能與其他曲線比較。"));
        if (card.Runs.All(r => r.Training.Count == 0))
            Nothing(page, "Their runs left no metrics.jsonl here.", "此處沒有訓練留下的 metrics.jsonl。");
        else
            Key(page, card, r => r.Training.Count > 0).Append(LossChart.Draw(card.Runs, 1100, 320, "wide")).Append(LossChart.Draw(card.Runs, 360, 250, "narrow"));
        page.Append("</section>\n");
    }

    private static void Bits(StringBuilder page, ReportCard card)
    {
        page.Append("<div class=\"pair\">");
        Section(("Bits per byte by language", "各語言每位元組的位元數"), ("Less is better; tokenizers do not matter.", "越少越好；與分詞方式無關。"), b => [b.All, .. b.ByLanguage], LanguageName);
        Section(("Bits per byte by source", "各來源每位元組的位元數"), ("Where the held-out documents are from.", "依保留文件的出處。"), b => b.BySource, name => (name, name));
        page.Append("</div>\n");

        void Section((string, string) title, (string, string) about, Func<HeldOutBits, IReadOnlyList<GroupBits>> groups, Func<string, (string En, string Zh)> words)
        {
            Begin(page, title, about);
            var all = card.Runs.Select(r => r.Evaluation.HeldOut is { } bits ? groups(bits) : []).ToList();
            var names = all.SelectMany(g => g).GroupBy(g => g.Name).Select(g => (Name: g.Key, Most: g.MaxBy(x => x.Bytes)!)).ToList();
            if (names.Count == 0)
                Nothing(page, "There were no held-out documents.", "沒有保留的文件。");
            else
            {
                Key(page, card, r => r.Evaluation.HeldOut is not null);
                var found = all.SelectMany(g => g).Select(g => g.BitsPerByte).ToList();
                Ranges(page, [.. names.Select(n => new RangeGroup(n.Name.Length == 0 ? ("all", "全部") : words(n.Name), ($"{Number(n.Most.Documents)} document{(n.Most.Documents == 1 ? "" : "s")}, {LossChart.Short(n.Most.Bytes)}B", $"{Number(n.Most.Documents)} 份，{LossChart.Short(n.Most.Bytes)}B"),
                    [.. all.Select((g, i) => (g.FirstOrDefault(x => x.Name == n.Name), i)).Where(x => x.Item1 is not null).Select(x => new RangeRow(null, $"run{x.i}", x.Item1!.BitsPerByte, null))]))], Extent(found, null), "0.00");
            }
            page.Append("</section>\n");
        }
    }

    private static void Replies(StringBuilder page, ReportCard card)
    {
        var with = card.Runs.Select((run, i) => (run, i)).Where(r => r.run.Evaluation.Replies is not null).ToList();
        var first = with.FirstOrDefault().run?.Evaluation.Replies;
        Begin(page, ("Which reply is the true one?", "哪一則才是真的回覆？"), first is null ? ("", "") : (
            $"{first.Dialogues} held-out dialogues; each model tells the true reply from {(first.FewestCandidates == first.Candidates ? "" : $"{first.FewestCandidates - 1} to ")}{first.Candidates - 1} others of the same language and much the same length. Mean of 1 / rank: 1 is perfect.",
            $"{first.Dialogues} 段保留的對話；每個模型要從同語言、長度相近的另外 {(first.FewestCandidates == first.Candidates ? "" : $"{first.FewestCandidates - 1} 到 ")}{first.Candidates - 1} 則中認出真正的回覆。數字為排名倒數的平均，1 為滿分。"));
        if (first is null)
        {
            Nothing(page, "There were too few held-out dialogues.", "保留的對話太少。");
            page.Append("</section>\n");
            return;
        }
        double chance = first.Find("chance")!.Mrr.Value;
        var groups = new List<RangeGroup>
        {
            new(("without a model", "不用模型"), null, [.. first.Scores.Where(s => s.IsBaseline).Select(s => new RangeRow(Score(s.Score), "plain", s.Mrr, Recalls(s)))]),
        };
        foreach (var (run, i) in with)
        {
            var replies = run.Evaluation.Replies!;
            groups.Add(new((run.Name, run.Name), Kind(run),
                [.. replies.Scores.Where(s => !s.IsBaseline).OrderByDescending(s => s.Format == replies.OwnFormat).Select(s => new RangeRow(
                    Joined(Score(s.Score), Format(s.Format!.Value)), $"run{i}", s.Mrr, Recalls(s)))]));
        }
        Ranges(page, groups, (0, Extent([.. groups.SelectMany(g => g.Rows).Select(r => r.Estimate)], null).High), "0.000", chance);
        foreach (var gain in card.Gains())
        {
            string by = Signed(gain.Difference.Value), reach = gain.Difference.Low is { } low ? $" [{Signed(low)}, {Signed(gain.Difference.High!.Value)}]" : "";
            page.Append("<p class=\"more\">").Append(Both($"{gain.Model} against {gain.Than}, by {Score(gain.Score).En}, each as it was taught: {by}{reach}, dialogue by dialogue.",
                $"{gain.Model} 與 {gain.Than} 相比（{Score(gain.Score).Zh}，各以所學的格式）：{by}{reach}，逐段對話比較。")).Append("</p>");
        }
        if (with.Any(r => r.run.Evaluation.Replies!.ByLanguage.Count > 1))
            ByLanguage(page, with);
        page.Append("</section>\n");
    }

    private static void ByLanguage(StringBuilder page, List<(ReportRun Run, int At)> with)
    {
        page.Append("<details><summary><b>").Append(Both("By language", "依語言")).Append("</b></summary><div class=\"scroll\"><table><tr><th></th><th>")
            .Append(Both("dialogues", "對話")).Append("</th><th>").Append(Both("by chance", "隨機")).Append("</th>");
        foreach (var (run, _) in with)
            page.Append(Invariant, $"<th>{Escape(run.Name)}</th>");
        page.Append("</tr>");
        foreach (var language in with[0].Run.Evaluation.Replies!.ByLanguage)
        {
            page.Append(Invariant, $"<tr><td>{Both(LanguageName(language.Language))}</td><td>{language.Dialogues}</td><td>{language.Chance:0.000}</td>");
            foreach (var (run, _) in with)
            {
                var row = run.Evaluation.Replies!.ByLanguage.FirstOrDefault(l => l.Language == language.Language);
                page.Append(Invariant, $"<td>{(row is null ? "–" : Text(row.Mrr, "0.000"))}</td>");
            }
            page.Append("</tr>");
        }
        page.Append("</table></div><p class=\"muted more\">").Append(Both("By likelihood, each as it was taught.", "以似然計，各以所學的格式。")).Append("</p></details>");
    }

    private static void Answers(StringBuilder page, ReportCard card)
    {
        var with = card.Runs.Where(r => r.Evaluation.Answers is not null).ToList();
        Begin(page, ("How varied are its answers?", "回答有多少變化？"), (
            "Answers to held-out dialogues, at a fixed seed. In brackets what people said there, cut to the same length.",
            "對保留對話的回答，亂數種子固定。括號內是真人在該處說的話，截成相同長度。"));
        if (with.Count == 0)
            Nothing(page, "There were no held-out dialogues.", "沒有保留的對話。");
        else
        {
            Table(page, with,
            [
                ("answers", "回答數", r => Number(r.Evaluation.Answers!.Model.Answers)),
                ("words an answer", "每則字詞數", r => Pair(r, a => a.MeanWords, "0.0", r.Evaluation.Answers!.PeopleMeanWords)),
                ("different words (distinct-1)", "相異字詞（distinct-1）", r => Pair(r, a => a.Distinct1, "0.000")),
                ("different pairs (distinct-2)", "相異詞對（distinct-2）", r => Pair(r, a => a.Distinct2, "0.000")),
                ("same as another answer", "與另一則相同", r => Pair(r, a => a.Identical, "0.0%")),
                ("repeats itself (of four words)", "自我重複（四詞）", r => Pair(r, a => a.Repetition, "0.0%")),
                ("says nothing", "沒有內容", r => r.Evaluation.Answers!.Model.Empty.ToString("0.0%", Invariant)),
            ]);
        }
        page.Append("</section>\n");

        static string Pair(ReportRun run, Func<AnswerVariety, double> of, string format, double? people = null) =>
            $"{of(run.Evaluation.Answers!.Model).ToString(format, Invariant)} ({(people ?? of(run.Evaluation.Answers.People)).ToString(format, Invariant)})";
    }

    private static void Copies(StringBuilder page, ReportCard card)
    {
        var with = card.Runs.Select((run, i) => (run, i)).Where(r => r.run.Evaluation.Verbatim is not null).ToList();
        var first = with.FirstOrDefault().run?.Evaluation.Verbatim;
        Begin(page, ("Does it copy?", "會照抄嗎？"), first is null ? ("", "") : (
            $"Share of {first.Samples} texts, written from nothing, that have {first.RunLength} tokens in a row of a training document ({LossChart.Short(first.TrainingTokens)} tokens searched).",
            $"憑空寫出的 {first.Samples} 篇文字中，與訓練文件有連續 {first.RunLength} 個詞元相同的比例（比對 {LossChart.Short(first.TrainingTokens)} 個詞元）。"));
        if (first is null)
            Nothing(page, "The training documents' tokens were not at hand.", "手邊沒有訓練文件的詞元。");
        else
        {
            Ranges(page, [new(null, null, [.. with.Select(r => new RangeRow((r.run.Name, r.run.Name), $"run{r.i}", r.run.Evaluation.Verbatim!.Share, null))])],
                (0, Math.Max(0.1, with.Max(r => r.run.Evaluation.Verbatim!.Share.High ?? 0))), "0.0%");
            Table(page, [.. with.Select(r => r.run)],
            [
                ("samples long enough to copy", "夠長的樣本", r => $"{r.Evaluation.Verbatim!.LongEnough} / {r.Evaluation.Verbatim.Samples}"),
                ("longest run, tokens", "最長相同，詞元", r => r.Evaluation.Verbatim!.LongestRun == 0 ? $"< {r.Evaluation.Verbatim.RunLength}" : Number(r.Evaluation.Verbatim.LongestRun)),
                ("answers that copy", "照抄的回答", r => Number(r.Evaluation.Verbatim!.AnswersCopied)),
            ]);
        }
        page.Append("</section>\n");
    }

    private static void Canaries(StringBuilder page, ReportCard card)
    {
        var with = card.Runs.Select((run, i) => (run, i)).Where(r => r.run.Evaluation.Canaries is not null).ToList();
        var first = with.FirstOrDefault().run?.Evaluation.Canaries;
        Begin(page, ("Does it keep a secret?", "守得住祕密嗎？"), first is null ? ("", "") : (
            $"Invented secrets were put into the training text once, 10 and 100 times. Exposure in bits: how far a secret is up among {Number(first.References)} that were never read. {first.ByChance.ToString("0.00", Invariant)} is chance, {first.Ceiling.ToString("0.#", Invariant)} means likelier than all of them.",
            $"訓練文字中放入虛構的祕密一次、10 次與 100 次。曝露度以位元計：該祕密在 {Number(first.References)} 個從未讀過的祕密之間排得多前面。{first.ByChance.ToString("0.00", Invariant)} 等於隨機，{first.Ceiling.ToString("0.#", Invariant)} 表示勝過全部。"));
        if (first is null)
            Nothing(page, "The models were trained without canaries.", "訓練時沒有放入測試祕密。");
        else
        {
            Key(page, card, r => r.Evaluation.Canaries is not null);
            List<RangeGroup> groups = [.. first.Rows.Select(row => new RangeGroup(Repetitions(row.Repetitions), null,
                [.. with.Select(r => (Row: r.run.Evaluation.Canaries!.Rows.FirstOrDefault(x => x.Repetitions == row.Repetitions), r.i)).Where(x => x.Row is not null)
                    .Select(x => new RangeRow(null, $"run{x.i}", x.Row!.Exposure,
                        ($"{x.Row.Extracted} of {x.Row.Canaries} said aloud", $"說出 {x.Row.Extracted} / {x.Row.Canaries} 個")))]))];
            Ranges(page, groups, (0, first.Ceiling), "0.0", first.ByChance);
            page.Append("<p class=\"muted more\">").Append(Both(
                "Said aloud: given what stands before it, the model writes the secret word for word. Training may go through its text more than once, or less: " + Epochs(with, "×"),
                "說出：給它前半句，模型一字不差地寫出祕密。訓練讀過文字的次數可能多於或少於一次：" + Epochs(with, " 次"))).Append("</p>");
        }
        page.Append("</section>\n");

        static string Epochs(List<(ReportRun run, int i)> with, string times) =>
            string.Join(", ", with.Where(r => r.run.Evaluation.Canaries!.Epochs is not null).Select(r => $"{r.run.Name} {r.run.Evaluation.Canaries!.Epochs!.Value.ToString("0.##", Invariant)}{times}")) + ".";
    }

    private static void Recipes(StringBuilder page, ReportCard card)
    {
        if (card.Runs.All(r => r.Record?.Recipe is null))
            return;
        Begin(page, ("How they were made", "怎麼訓練的"), card.Runs.Count == 1 ? ("What it took.", "花了多少。") : ("Settings that differ, and what it took.", "不同的設定，以及花了多少。"));
        page.Append("<div class=\"scroll\">");
        Fields(card.Differences());
        page.Append("</div>");
        if (card.Agreements() is { Count: > 0 } same)
        {
            page.Append("<details><summary><b>").Append(Both(card.Runs.Count == 1 ? "All settings" : "Settings that all share", card.Runs.Count == 1 ? "全部設定" : "相同的設定")).Append("</b></summary><table class=\"wraps\">");
            foreach (var field in same)
                page.Append(Invariant, $"<tr><td>{Escape(field.Field)}</td><td>{Escape(field.Values[0])}</td></tr>");
            page.Append("</table></details>");
        }
        page.Append("</section>\n");

        void Fields(IReadOnlyList<RecipeDifference> fields)
        {
            page.Append("<table><tr><th></th>");
            foreach (var run in card.Runs)
                page.Append(Invariant, $"<th>{Escape(run.Name)}</th>");
            page.Append("</tr>");
            foreach (var field in fields)
                page.Append(Invariant, $"<tr><td>{Escape(field.Field)}</td>{string.Concat(field.Values.Select(v => $"<td>{Escape(v)}</td>"))}</tr>");
            foreach (var (en, zh, value) in Effort)
                page.Append(Invariant, $"<tr><td>{Both(en, zh)}</td>{string.Concat(card.Runs.Select(r => $"<td>{value(r)}</td>"))}</tr>");
            page.Append("</table>");
        }
    }

    private static readonly (string, string, Func<ReportRun, string>)[] Effort =
    [
        ("steps done", "訓練步數", r => r.Record?.Steps is { } n ? Number(n) : "–"),
        ("floating point operations", "浮點運算", r => r.Record?.Flops is { } n ? n.ToString("0.00e0", Invariant) : "–"),
        ("training, seconds", "訓練秒數", r => r.Record?.Seconds is { } n ? n.ToString("N0", Invariant) : "–"),
        ("evaluation, seconds", "評量秒數", r => r.Evaluation.Seconds.Values.Sum().ToString("N0", Invariant)),
    ];

    private static void Missing(StringBuilder page, ReportCard card)
    {
        var missing = card.Runs.SelectMany(r => r.Evaluation.NotMeasured.Select(m => $"{r.Name}: {m}")).ToList();
        if (missing.Count == 0)
            return;
        Begin(page, ("Not measured", "沒有評量的"), ("", ""));
        foreach (string line in missing)
            page.Append("<p class=\"muted\">").Append(Escape(line)).Append("</p>");
        page.Append("</section>\n");
    }

    /// <summary>Rows under a heading.</summary>
    private sealed record RangeGroup((string En, string Zh)? Name, (string En, string Zh)? More, IReadOnlyList<RangeRow> Rows);

    /// <summary>A dot with its interval.</summary>
    private sealed record RangeRow((string En, string Zh)? Name, string Class, Estimate Estimate, (string En, string Zh)? More);

    private static void Ranges(StringBuilder page, IReadOnlyList<RangeGroup> groups, (double Low, double High) extent, string format, double? mark = null)
    {
        string Percent(double v) => At(Math.Clamp(100 * (v - extent.Low) / Math.Max(1e-12, extent.High - extent.Low), 0, 100));
        bool bare = groups.All(g => g.Rows.All(r => r.Name is null));
        page.Append(Invariant, $"<div class=\"ranges{(bare ? " bare" : "")}\">");
        foreach (var group in groups)
        {
            if (group.Name is { } name)
                page.Append(Invariant, $"<div class=\"group\"><span>{Both(name)}</span>{(group.More is { } more ? $"<small>{Both(more)}</small>" : "")}</div>");
            foreach (var row in group.Rows)
            {
                var e = row.Estimate;
                if (!bare)
                    page.Append(Invariant, $"<div class=\"name\">{(row.Name is { } label ? Both(label) : "")}</div>");
                page.Append(Invariant, $"<div class=\"track {row.Class}\">");
                if (mark is { } at)
                    page.Append(Invariant, $"<div class=\"mark\" style=\"left:{Percent(at)}%\"></div>");
                if (e.Low is { } low)
                    page.Append(Invariant, $"<div class=\"reach\" style=\"left:{Percent(low)}%;right:{At(100 - double.Parse(Percent(e.High!.Value), Invariant))}%\"></div>");
                page.Append(Invariant, $"<div class=\"dot\" style=\"left:{Percent(e.Value)}%\"></div></div><div class=\"value\">{Text(e, format)}{(row.More is { } beside ? $" <small>· {Both(beside)}</small>" : "")}</div>");
            }
        }
        page.Append(Invariant, $"<div class=\"scale\"><span>{extent.Low.ToString(format, Invariant)}</span><span>{extent.High.ToString(format, Invariant)}</span></div></div>");
    }

    private static (double Low, double High) Extent(IReadOnlyList<Estimate> estimates, double? least)
    {
        double low = least ?? estimates.Min(e => e.Low ?? e.Value), high = estimates.Max(e => e.High ?? e.Value), pad = 0.04 * Math.Max(1e-6, high - low);
        return (Math.Max(0, low - pad), high + pad);
    }

    private static void Table(StringBuilder page, IReadOnlyList<ReportRun> runs, (string En, string Zh, Func<ReportRun, string> Value)[] rows)
    {
        page.Append("<div class=\"scroll\"><table><tr><th></th>").Append(string.Concat(runs.Select(r => $"<th>{Escape(r.Name)}</th>"))).Append("</tr>");
        foreach (var (en, zh, value) in rows)
            page.Append("<tr><td>").Append(Both(en, zh)).Append("</td>").Append(string.Concat(runs.Select(r => $"<td>{Escape(value(r))}</td>"))).Append("</tr>");
        page.Append("</table></div>");
    }

    private static StringBuilder Key(StringBuilder page, ReportCard card, Func<ReportRun, bool> has)
    {
        page.Append("<ul class=\"key\">");
        for (int i = 0; i < card.Runs.Count; i++)
        {
            if (has(card.Runs[i]))
                page.Append(Invariant, $"<li class=\"run{i}\">{Escape(card.Runs[i].Name)}</li>");
        }
        return page.Append("</ul>");
    }

    private static void Begin(StringBuilder page, (string En, string Zh) title, (string En, string Zh) about)
    {
        page.Append("<section><h2>").Append(Both(title)).Append("</h2>");
        if (about.En.Length > 0)
            page.Append("<p class=\"muted\">").Append(Both(about)).Append("</p>");
    }

    private static void Nothing(StringBuilder page, string en, string zh) => page.Append("<p class=\"muted\">").Append(Both(en, zh)).Append("</p>");

    private static (string En, string Zh)? Recalls(RankingScore s) => (
        string.Create(Invariant, $"first {s.RecallAt1.Value:0.0%}, in five {s.RecallAt5.Value:0.0%}"), string.Create(Invariant, $"第一 {s.RecallAt1.Value:0.0%}，前五 {s.RecallAt5.Value:0.0%}"));

    private static (string En, string Zh) Joined((string En, string Zh) a, (string En, string Zh) b) => ($"{a.En}, {b.En}", $"{a.Zh}，{b.Zh}");

    private static string Signed(double n) => n.ToString("+0.000;−0.000;0.000", Invariant);

    /// <summary>A number with its interval.</summary>
    private static string Text(Estimate e, string format) => e.Value.ToString(format, Invariant)
        + (e.Low is { } low ? $" <small>{low.ToString(format, Invariant)}–{e.High!.Value.ToString(format, Invariant)}</small>" : "");
}
