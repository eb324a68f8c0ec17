using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Syrinx.Data.Corpus.Card.CardWords;
using static Syrinx.PageText;

namespace Syrinx.Data.Corpus.Card;

/// <summary>
/// The corpus as one page that needs nothing else: no script, no other file; light or dark as the system is, English or
/// Traditional Chinese by a switch. Posts' texts are escaped, and a content policy forbids what should slip through all the same.
/// </summary>
internal static class CardPage
{
    private const int MaxBars = 12;

    public static void Write(Stream stream, CorpusCard card) => stream.Write(Encoding.UTF8.GetBytes(Render(card)));

    public static string Render(CorpusCard card)
    {
        var page = new StringBuilder();
        page.Append(Invariant, $$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Corpus · 語料庫 · Syrinx</title>
            <style>
            {{PageStyle.Css}}
            </style>
            </head>
            <body>
            <main>
            <header>
            <div><div class="brand">Syrinx</div><h1>{{Both("What the model will read", "模型將讀到什麼")}}</h1></div>
            <fieldset class="toggle" style="padding:0;margin:0"><legend hidden>Language · 語言</legend>
            <input type="radio" name="ui" id="ui-en" checked><label for="ui-en" lang="en">English</label>
            <input type="radio" name="ui" id="ui-zh"><label for="ui-zh" lang="zh-Hant">繁體中文</label></fieldset>
            </header>

            """);
        Lead(page, card);
        Flow(page, card);
        page.Append("<div class=\"pair\">");
        Languages(page, card);
        Lengths(page, card);
        page.Append("</div>\n<div class=\"pair\">");
        Communities(page, card);
        Rhythm(page, card);
        page.Append("</div>\n<div class=\"pair\">");
        Copies(page, card);
        Mix(page, card);
        page.Append("</div>\n");
        Privacy(page, card);
        Examples(page, card);
        Settings(page, card);
        page.Append("<footer>").Append(Both(
                "Files beside this page: documents.jsonl, dialogues.jsonl, preferences.jsonl, labels.jsonl, card.json, datasheet.md. The same posts and settings make the same bytes.",
                "同資料夾的檔案：documents.jsonl、dialogues.jsonl、preferences.jsonl、labels.jsonl、card.json、datasheet.md。相同的貼文與設定會產生完全相同的結果。"))
            .Append("</footer>\n</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void Lead(StringBuilder page, CorpusCard card)
    {
        string kept = Share(card.Kept, card.Posts);
        page.Append("<p class=\"lead-text\">").Append(Both(
            $"Of {Number(card.Posts)} posts, {Number(card.Kept)} ({kept}) live on in {Number(card.Documents)} documents to learn from. Every other one is accounted for below, with the reason it was left out.",
            $"{Number(card.Posts)} 篇貼文中，有 {Number(card.Kept)} 篇（{kept}）收進 {Number(card.Documents)} 份可供學習的文件。其餘每一篇都列在下方，並註明沒有採用的原因。"))
            .Append("</p>\n<p class=\"muted\">").Append(Both(
            $"Policy: {PolicyName(card)}. {Number(card.KeptAuthors)} of {Number(card.Authors)} authors have words in it. The datasheet beside this page (datasheet.md) says what it may be used for.",
            $"政策：{PolicyName(card)}。{Number(card.Authors)} 位作者中有 {Number(card.KeptAuthors)} 位的文字在內。用途與限制請見同資料夾的 datasheet.md。"))
            .Append("</p>\n<div class=\"figures\">");
        Figure(card.Posts, "posts read", "讀入貼文");
        Figure(card.Documents, "documents", "文件");
        Figure(card.ValidationDocuments, "of them for validation", "其中供驗證");
        Figure(card.Dialogues, "dialogues", "對話範例");
        Figure(card.Preferences, "preferences", "優劣回覆對");
        Figure(card.Characters, "characters", "字元");
        page.Append("</div>\n");

        void Figure(long number, string en, string zh) =>
            page.Append(Invariant, $"<div class=\"figure\"><b>{Number(number)}</b>{Both(en, zh)}</div>");
    }

    private static void Flow(StringBuilder page, CorpusCard card)
    {
        page.Append("<section><h2>").Append(Both("From posts to documents", "從貼文到文件")).Append("</h2><p class=\"muted\">")
            .Append(Both("A post leaves at the first gate that it fails; right, the languages of what is kept.",
                "貼文在第一道沒通過的關卡離開；末端是保留內容的語言。"))
            .Append("</p>").Append(SankeyDiagram.Wide(card)).Append(SankeyDiagram.Narrow(card)).Append("</section>\n");
    }

    private static void Languages(StringBuilder page, CorpusCard card)
    {
        page.Append("<section><h2>").Append(Both("Languages", "語言")).Append("</h2><p class=\"muted\">")
            .Append(Both(
                $"A language stays when {Percent(card.Settings.MinLanguageShare)} of the posts are in it; the grey ones go.",
                $"占貼文 {Percent(card.Settings.MinLanguageShare)} 以上的語言才保留；灰色的不採用。"))
            .Append("</p>");
        Bars(page, card.Languages, LanguageName,
            lang => lang == Language.LanguageDetector.Undetermined || card.KeptLanguages.Contains(lang));
        page.Append("</section>\n");
    }

    private static void Communities(StringBuilder page, CorpusCard card)
    {
        page.Append("<section><h2>").Append(Both("Where they were said", "來自哪裡")).Append("</h2><p class=\"muted\">")
            .Append(Both("Kept posts by platform and community.", "保留的貼文，依平台與看板。")).Append("</p>");
        Bars(page, card.Communities, name => (name, name), _ => true);
        page.Append("</section>\n");
    }

    private static void Bars(StringBuilder page, IReadOnlyDictionary<string, long> counts, Func<string,
        (string En, string Zh)> words, Func<string, bool> isKept)
    {
        long most = counts.Count == 0 ? 1 : counts.Values.Max();
        page.Append("<dl class=\"bars\">");
        foreach (var (name, count) in counts.Take(MaxBars))
        {
            page.Append(Invariant, $"<dt title=\"{Escape(name)}\">{Both(words(name))}</dt><dd><div class=\"bar{(isKept(name) ? "" : " off")}\" style=\"width:{At(100.0 * count / most)}%\"></div></dd><dd class=\"count\">{Number(count)}</dd>");
        }
        page.Append("</dl>");
        if (counts.Count > MaxBars)
        {
            string rest = Number(counts.Skip(MaxBars).Sum(c => c.Value));
            page.Append("<p class=\"muted more\">")
                .Append(Both($"and {counts.Count - MaxBars} more: {rest}", $"另有 {counts.Count - MaxBars} 種，共 {rest}"))
                .Append("</p>");
        }
    }

    private static void Lengths(StringBuilder page, CorpusCard card)
    {
        long most = Math.Max(1, card.Lengths.Max(l => l.Count));
        page.Append("<section><h2>").Append(Both("Length of a document", "文件長度")).Append("</h2><p class=\"muted\">")
            .Append(Both($"In characters; longer ones are split near {Number(card.Settings.MaxDocument)}.",
                $"以字元計；超過約 {Number(card.Settings.MaxDocument)} 的會分段。"))
            .Append("</p><ol class=\"columns\">");
        foreach (var bin in card.Lengths)
        {
            string range = bin.To is { } to ? $"{Number(bin.From)}–{Number(to - 1)}" : $"≥ {Number(bin.From)}";
            page.Append(Invariant, $"<li title=\"{range}: {Number(bin.Count)}\"><em>{Compact(bin.Count)}</em><i style=\"height:{At(78.0 * bin.Count / most)}%\"></i><span>{(bin.To is null ? Compact(bin.From) + "+" : Compact(bin.From))}</span></li>");
        }
        page.Append("</ol></section>\n");
    }

    private static void Rhythm(StringBuilder page, CorpusCard card)
    {
        page.Append("<section><h2>").Append(Both("When they were said", "什麼時候說的")).Append("</h2><p class=\"muted\">")
            .Append(card.Rhythm.Count == 0
                ? Both("The posts carry no time.", "貼文沒有時間資訊。")
                : Both("Kept posts by month or year and hour of the day (UTC).", "保留的貼文，依月份或年份與每日時刻（UTC）。"))
            .Append("</p>");
        if (card.Rhythm.Count > 0)
        {
            long most = Math.Max(1, card.Rhythm.Max(r => r.Hours.Max()));
            page.Append("<div class=\"heat\"><div></div>");
            for (int hour = 0; hour < 24; hour++)
                page.Append(Invariant, $"<div class=\"hour\">{(hour % 6 == 0 ? hour.ToString("00", Invariant) : "")}</div>");
            foreach (var row in card.Rhythm)
            {
                page.Append(Invariant, $"<div class=\"period\">{Escape(row.Period)}</div>");
                for (int hour = 0; hour < 24; hour++)
                {
                    // square root: nights are few but not nothing
                    int value = (int)Math.Round(100 * Math.Sqrt((double)row.Hours[hour] / most));
                    page.Append(Invariant, $"<div class=\"cell\" style=\"--v:{value}\" title=\"{Escape(row.Period)} {hour:00}:00 · {Number(row.Hours[hour])}\"></div>");
                }
            }
            page.Append("</div>");
        }
        page.Append("</section>\n");
    }

    private static void Copies(StringBuilder page, CorpusCard card)
    {
        long copies = card.Dropped.GetValueOrDefault(DropReason.ExactDuplicate) + card.Dropped.GetValueOrDefault(DropReason.NearDuplicate);
        page.Append("<section><h2>").Append(Both("How often the same was said", "同樣的話說了幾次")).Append("</h2><p class=\"muted\">")
            .Append(Both(
                $"Clusters of copies by number of posts. One of each stays, the most engaged or the earliest; {Number(copies)} copies went.",
                $"重複貼文的群組，依篇數。每組保留一篇（互動最多或最早），捨去 {Number(copies)} 篇。"))
            .Append("</p>");
        if (card.ClusterSizes.Count > 0)
            Bars(page, card.ClusterSizes.ToDictionary(SizeOf, c => c.Count), name => (name, name), _ => true);
        page.Append("</section>\n");

        static string SizeOf(LengthBin bin) => bin.To - bin.From == 1 ? Number(bin.From) : $"{Number(bin.From)}–{Number(bin.To!.Value - 1)}";
    }

    private static void Mix(StringBuilder page, CorpusCard card)
    {
        page.Append("<section><h2>").Append(Both("The mix", "配比")).Append("</h2><p class=\"muted\">");
        if (card.Mix.Count == 0)
        {
            page.Append(Both("None was asked for: every conversation is in it once.", "未指定配比：每段對話各收一次。")).Append("</p>");
            Bars(page, card.CharactersByKind, name => (name, name), _ => true);
            page.Append("</section>\n");
            return;
        }
        page.Append(Both("Shares of the text by source, before and after; how often a conversation is in it.", "各來源占文字的比例（之前、之後），以及每段對話收錄的次數。"))
            .Append("</p><table>");
        foreach (var row in card.Mix)
            page.Append(Invariant, $"<tr><td>{Escape(row.Source)}</td><td>{Percent(row.ShareBefore)} → {Percent(row.ShareAfter)} · ×{row.Rate:0.##}</td></tr>");
        page.Append("</table></section>\n");
    }

    private static string PolicyName(CorpusCard card) => card.Settings.Policy.ToString().ToLowerInvariant();

    private static void Privacy(StringBuilder page, CorpusCard card)
    {
        page.Append("<section><h2>").Append(Both("Masked and found", "遮蔽與發現")).Append("</h2><p class=\"muted\">")
            .Append(Both(
                "Personal data is replaced in the text before anything is written; names and street addresses are not recognised yet.",
                "個人資料在寫出之前就已替換；姓名與地址目前還無法辨識。"))
            .Append("</p><ul class=\"chips\">");
        foreach (var (type, count) in card.Masked)
            page.Append(Invariant, $"<li>[{Escape(type)}] <b>{Number(count)}</b></li>");
        page.Append(Invariant, $"<li>{Both("campaigns", "洗版活動")} <b>{Number(card.Campaigns)}</b></li><li>{Both("automated accounts", "機器帳號")} <b>{Number(card.Bots)}</b></li></ul></section>\n");
    }

    private static void Examples(StringBuilder page, CorpusCard card)
    {
        page.Append("<section><h2>").Append(Both("Look for yourself", "親眼看看")).Append("</h2><p class=\"muted\">")
            .Append(Both("A few real posts behind every number, picked by chance, masked.", "每個數字背後的幾篇真實貼文，隨機挑選並已遮蔽。"))
                .Append("</p>");
        Group("kept", card.Kept, open: true);
        foreach (var (reason, count) in card.Dropped.OrderByDescending(d => d.Value))
            Group(reason, count, open: false);
        page.Append("</section>\n");

        void Group(string reason, long count, bool open)
        {
            page.Append(Invariant, $"<details{(reason == "kept" ? "" : " class=\"dropped\"")}{(open ? " open" : "")}><summary><b>{Both(Name(reason))}</b><span class=\"count\">{Number(count)} · {Escape(Share(count, card.Posts))}</span></summary>");
            page.Append(Invariant, $"<p class=\"muted\">{Both(Meaning(reason))}</p>");
            foreach (var example in card.Examples.Where(e => e.Reason == reason))
            {
                page.Append(Invariant, $"<blockquote lang=\"{Escape(example.Lang)}\">{Escape(example.Text)}</blockquote>");
                if (example.Twin is { } twin)
                    page.Append(Invariant, $"<blockquote class=\"twin\" lang=\"{Escape(example.Lang)}\"><small>{Both("kept instead", "保留的是")}</small>{Escape(twin)}</blockquote>");
            }
            page.Append("</details>\n");
        }
    }

    private static void Settings(StringBuilder page, CorpusCard card)
    {
        page.Append("<section><details><summary><b>").Append(Both("Settings that made it", "使用的設定"))
            .Append("</b></summary><table>");
        foreach (var (name, value) in JsonSerializer.SerializeToNode(card.Settings, CorpusFiles.CardStyle)!.AsObject())
            page.Append(Invariant, $"<tr><td>{Escape(name)}</td><td>{Escape(Shown(value))}</td></tr>");
        page.Append("</table></details></section>\n");
    }

    private static string Shown(JsonNode? value) =>
        value switch { null => "–", JsonValue v => v.ToString(), _ => value.ToJsonString(CorpusFiles.Json) };

    private static string Percent(double share) => string.Create(Invariant, $"{100 * share:0.##}%");

    private static string Compact(long n) => n < 10_000 ? Number(n) : string.Create(Invariant, $"{n / 1000.0:0.#}k");
}
