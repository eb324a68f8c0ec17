using System.Text;
using static Syrinx.Data.Corpus.Card.CardWords;
using static Syrinx.PageText;

namespace Syrinx.Data.Corpus.Card;

/// <summary>
/// The way from posts to documents as a Sankey diagram in SVG: a trunk as thick as the posts that are left, from which every
/// stage's losses branch off, and which fans out into languages at its end. Wide runs left to right, narrow (phones) downwards.
/// </summary>
internal static class SankeyDiagram
{
    // Losses thinner than this could not be seen; they are drawn this thick and so are a little too thick.
    private const double Hairline = 1.5;
    private const int MaxLanguages = 5;

    /// <summary>For screens of 720 px and more.</summary>
    public static string Wide(CorpusCard card)
    {
        var stages = card.Flow.Where(s => s.Dropped.Count > 0).ToList();
        const double Width = 1120, Top = 34, Thick = 210, Left = 14, FanWidth = 232, Drop = 92;
        double step = (Width - Left - FanWidth - 70) / Math.Max(1, stages.Count);
        double scale = Thick / Math.Max(1, card.Posts);
        double bottom = Top + Thick + Drop;
        int lines = stages.Count == 0 ? 0 : stages.Max(s => s.Dropped.Count);
        double height = bottom + 30 + lines * 34;

        var svg = Open("wide", Width, height, card);
        double x = Left;
        var trunk = new StringBuilder(); // its lower edge, right to left
        svg.Append(Invariant, $"<rect class=\"node\" x=\"{At(x - 8)}\" y=\"{At(Top)}\" width=\"8\" height=\"{At(Thick)}\" rx=\"3\"/>");
        Label(svg, x - 8, Top - 12, "start", "strong", $"{Number(card.Posts)} posts", $"{Number(card.Posts)} 篇貼文");
        foreach (var stage in stages)
        {
            long lost = stage.Dropped.Values.Sum();
            double before = stage.In * scale, after = (stage.In - lost) * scale, end = x + step;
            double thin = Math.Max(Hairline, before - after);
            trunk.Insert(0, string.Create(Invariant, $"V{At(Top + after)}H{At(x)}"));
            // the branch leaves the trunk's lower edge and turns down
            double target = x + step * 0.4, centre = target + thin / 2, low = Top + before, middle = (low + bottom) / 2 + 14;
            svg.Append(Invariant, $"<path class=\"loss\" d=\"M{At(x)} {At(low - thin)}C{At(target + thin)} {At(low - thin)} {At(target + thin)} {At(middle)} {At(target + thin)} {At(bottom)}")
                .Append(Invariant, $"H{At(target)}C{At(target)} {At(middle)} {At(target)} {At(low)} {At(x)} {At(low)}Z\">{Title(stage, lost, card.Posts)}</path>");
            double y = bottom + 18;
            var (en, zh) = Name(stage.Stage);
            Label(svg, centre, y, "middle", "strong", en, zh);
            foreach (var (reason, count) in stage.Dropped)
            {
                var name = Name(reason);
                Label(svg, centre, y + 17, "middle", "small", name.En, name.Zh);
                svg.Append(Invariant, $"<text class=\"small muted\" x=\"{At(centre)}\" y=\"{At(y + 31)}\" text-anchor=\"middle\">{Number(count)} · {Escape(Share(count, card.Posts))}</text>");
                y += 34;
            }
            x = end;
        }
        svg.Append(Invariant, $"<path class=\"trunk\" d=\"M{At(Left)} {At(Top)}H{At(x)}{trunk}Z\"/>");
        Fan(svg, card, x, Top, scale, Width - FanWidth);
        return svg.Append("</svg>").ToString();
    }

    /// <summary>For phones: the trunk runs down the left side, losses leave to the right beside their names.</summary>
    public static string Narrow(CorpusCard card)
    {
        var stages = card.Flow.Where(s => s.Dropped.Count > 0).ToList();
        const double Width = 344, Left = 4, Thick = 128, Text = 176;
        double scale = Thick / Math.Max(1, card.Posts);
        double height = 40 + stages.Sum(StageHeight) + 16 + 26 * Languages(card).Count;
        var svg = Open("narrow", Width, height, card);
        double y = 30;
        Label(svg, Left, 16, "start", "strong", $"{Number(card.Posts)} posts", $"{Number(card.Posts)} 篇貼文");
        svg.Append(Invariant, $"<rect class=\"node\" x=\"{At(Left)}\" y=\"{At(y - 6)}\" width=\"{At(Thick)}\" height=\"6\" rx=\"3\"/>");
        foreach (var stage in stages)
        {
            long lost = stage.Dropped.Values.Sum();
            double before = stage.In * scale, after = (stage.In - lost) * scale, thin = Math.Max(Hairline, before - after);
            double end = y + StageHeight(stage), right = Left + before, target = y + 18;
            svg.Append(Invariant, $"<path class=\"trunk\" d=\"M{At(Left)} {At(y)}V{At(end + 0.6)}H{At(Left + after)}V{At(y)}Z\"/>");
            svg.Append(Invariant, $"<path class=\"loss\" d=\"M{At(right - thin)} {At(y)}C{At(right - thin)} {At(target + thin)} {At(right)} {At(target + thin)} {At(Text - 10)} {At(target + thin)}")
                .Append(Invariant, $"V{At(target)}C{At(right + 6)} {At(target)} {At(right)} {At(target)} {At(right)} {At(y)}Z\">{Title(stage, lost, card.Posts)}</path>");
            var (en, zh) = Name(stage.Stage);
            Label(svg, Text, y + 22, "start", "strong", en, zh);
            double line = y + 39;
            foreach (var (reason, count) in stage.Dropped)
            {
                var name = Name(reason);
                Label(svg, Text, line, "start", "small", $"{name.En} {Number(count)}", $"{name.Zh} {Number(count)}");
                line += 16;
            }
            y = end;
        }
        double x = Left;
        double labelY = y + 26;
        foreach (var (lang, count) in Languages(card))
        {
            double wide = Math.Max(Hairline, count * scale);
            svg.Append(Invariant, $"<path class=\"trunk\" d=\"M{At(x)} {At(y)}H{At(x + wide)}V{At(labelY - 4)}H{At(x)}Z\"/><path class=\"lead\" d=\"M{At(x + wide / 2)} {At(labelY - 4)}H{At(Text - 10)}\"/>");
            svg.Append(Invariant, $"<text x=\"{At(Text)}\" y=\"{At(labelY)}\">{LanguageTspan(lang)} <tspan class=\"muted\">{Number(count)}</tspan></text>");
            x += wide;
            labelY += 26;
        }
        return svg.Append("</svg>").ToString();
    }

    private static double StageHeight(FlowStage stage) => 44 + 16 * stage.Dropped.Count;

    private static void Fan(StringBuilder svg, CorpusCard card, double x, double top, double scale, double end)
    {
        var languages = Languages(card);
        double from = top;
        double room = Math.Max(0, 26 * languages.Count - card.Kept * scale) / Math.Max(1, languages.Count - 1);
        double gap = languages.Count > 1 ? Math.Max(room, 14) : 0;
        double to = top;
        foreach (var (lang, count) in languages)
        {
            double thick = Math.Max(Hairline, count * scale), middle = (x + end) / 2;
            svg.Append(Invariant, $"<path class=\"fan\" d=\"M{At(x)} {At(from)}C{At(middle)} {At(from)} {At(middle)} {At(to)} {At(end)} {At(to)}")
                .Append(Invariant, $"V{At(to + thick)}C{At(middle)} {At(to + thick)} {At(middle)} {At(from + thick)} {At(x)} {At(from + thick)}Z\"><title>{Escape(lang)}: {Number(count)}</title></path>");
            svg.Append(Invariant, $"<rect class=\"node\" x=\"{At(end)}\" y=\"{At(to)}\" width=\"8\" height=\"{At(Math.Max(3, thick))}\" rx=\"3\"/>");
            svg.Append(Invariant, $"<text x=\"{At(end + 18)}\" y=\"{At(to + thick / 2 + 5)}\">{LanguageTspan(lang)} <tspan class=\"muted\">{Number(count)}</tspan></text>");
            from += thick;
            to += Math.Max(thick, 12) + gap;
        }
    }

    private static List<(string Lang, long Count)> Languages(CorpusCard card)
    {
        // what is less than one post in two hundred would be threads beside a rope
        var shown = card.KeptByLanguage.Where(l => l.Value * 200 >= card.Kept).Take(MaxLanguages).Select(l => (l.Key, l.Value))
            .ToList();
        long rest = card.Kept - shown.Sum(l => l.Value);
        return rest == 0 ? shown : [.. shown, ("…", rest)];
    }

    private static string LanguageTspan(string lang)
    {
        var (en, zh) = LanguageName(lang);
        return $"<tspan class=\"strong en\" lang=\"en\">{Escape(en)}</tspan><tspan class=\"strong zh\" lang=\"zh-Hant\">{Escape(zh)}</tspan>";
    }

    private static string Title(FlowStage stage, long lost, long posts)
    {
        string reasons = string.Join(", ", stage.Dropped.Select(r => $"{Name(r.Key).En} {Number(r.Value)}"));
        return $"<title>{Escape($"{Name(stage.Stage).En} · {Name(stage.Stage).Zh}: {Number(lost)} ({Share(lost, posts)}): {reasons}")}</title>";
    }

    private static StringBuilder Open(string kind, double width, double height, CorpusCard card) =>
        new StringBuilder($"<svg class=\"sankey {kind}\" viewBox=\"0 0 {At(width)} {At(height)}\" role=\"img\" aria-label=\"")
            .Append(Escape($"{Number(card.Posts)} posts: {string.Join(", ", card.Dropped.Select(d => $"{Name(d.Key).En} {Number(d.Value)}"))}; kept {Number(card.Kept)}"))
            .Append("\">");

    private static void Label(StringBuilder svg, double x, double y, string anchor, string style, string en, string zh)
    {
        svg.Append(Invariant, $"<text class=\"{style} en\" x=\"{At(x)}\" y=\"{At(y)}\" text-anchor=\"{anchor}\" lang=\"en\">{Escape(en)}</text>");
        svg.Append(Invariant, $"<text class=\"{style} zh\" x=\"{At(x)}\" y=\"{At(y)}\" text-anchor=\"{anchor}\" lang=\"zh-Hant\">{Escape(zh)}</text>");
    }
}
