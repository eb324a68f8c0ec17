using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Syrinx.Data.Posts.Readers.Wiki;

/// <summary>
/// The second half of making wikitext plain, line by line: headings, lists, bold and italic marks. Sections that are only
/// lists of sources and links go, and so do headings under which nothing is left.
/// </summary>
internal static partial class WikiLines
{
    /// <summary>Stands around code, whose lines are left alone.</summary>
    public const string Fence = "```";

    private static readonly HashSet<string> DroppedSections = new(StringComparer.OrdinalIgnoreCase)
    {
        "references", "external links", "see also", "further reading", "notes", "sources", "bibliography", "footnotes", "citations",
        "notes and references", "references and notes", "gallery",
        "參考文獻", "参考文献", "參考資料", "参考资料", "外部連結", "外部链接", "外部鏈接", "參見", "参见", "注釋", "注释", "註釋", "注解", "註解", "相關條目", "相关条目",
        "延伸閱讀", "延伸阅读", "腳註", "脚注", "參看", "参看", "資料來源", "资料来源", "參考來源", "来源", "來源", "圖集", "註腳",
        "関連項目", "外部リンク", "出典", "einzelnachweise", "weblinks", "literatur", "siehe auch", "notes et références", "liens externes", "voir aussi",
        "referencias", "enlaces externos", "véase también", "примечания", "ссылки", "литература", "см. также",
    };

    public static string Plain(string text)
    {
        var lines = new StringBuilder(text.Length);
        var headings = new List<(int Level, string Text)>(); // without text under them yet
        int dropped = 0;    // level of the section that is passed over, or 0
        bool code = false;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            if (raw.SequenceEqual(Fence))
                code = !code;
            else if (!code && Heading(raw) is { Level: > 0 } heading)
            {
                if (dropped > 0 && heading.Level > dropped)
                    continue;
                dropped = DroppedSections.Contains(heading.Text) ? heading.Level : 0;
                headings.RemoveAll(h => h.Level >= heading.Level);
                if (dropped == 0 && heading.Text.Length > 0)
                    headings.Add(heading);
                continue;
            }
            if (dropped > 0)
                continue;
            string line = code || raw.SequenceEqual(Fence) ? raw.ToString() : Line(raw);
            if (line.Length > 0 && headings.Count > 0)
            {
                foreach (var (_, words) in headings)
                    Add(lines, "\n" + words + "\n");
                headings.Clear();
            }
            Add(lines, line);
        }
        return lines.ToString();
    }

    /// <summary>Adds a line; never more than one that is empty.</summary>
    private static void Add(StringBuilder lines, string line)
    {
        foreach (var one in line.AsSpan().EnumerateLines())
        {
            bool wasEmpty = lines.Length == 0 || lines.Length > 1 && lines[^1] == '\n' && lines[^2] == '\n';
            if (one.Length > 0 || !wasEmpty)
                lines.Append(one).Append('\n');
        }
    }

    private static (int Level, string Text) Heading(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd();
        int level = line.IndexOfAnyExcept('=');
        int end = line.Length - 1 - line.LastIndexOfAnyExcept('=');
        if (level is < 1 or > 6 || end < 1 || line.Length > 300)
            return default;
        level = Math.Min(level, end);
        return (level, Inline(line[level..^level].Trim().ToString()));
    }

    private static string Line(ReadOnlySpan<char> line)
    {
        if (line.StartsWith("----"))
            return "";
        int marks = line.IndexOfAnyExcept("*#:;");
        if (marks < 0)
            return "";
        string text = Inline(line[marks..].Trim().ToString());
        if (marks == 0 || text.Length == 0)
            return text;
        int items = line[..marks].Count('*') + line[..marks].Count('#');
        return items == 0 ? text : new string(' ', 2 * Math.Min(8, items - 1)) + "- " + text;
    }

    private static string Inline(string text)
    {
        text = Quotes().Replace(text, "");
        if (text.Contains("__", StringComparison.Ordinal))
            text = Switches().Replace(text, "");
        if (text.Contains('&', StringComparison.Ordinal))
            text = WebUtility.HtmlDecode(text).Replace('\u00A0', ' ');
        // What was between these was a template that shows how a name is said.
        if (text.AsSpan().IndexOfAny("(（") >= 0)
            text = Hollow().Replace(text, "");
        if (text.Contains("  ", StringComparison.Ordinal))
            text = Spaces().Replace(text, " "); // a template stood between them
        return text.Trim();
    }

    [GeneratedRegex(" {2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex("'{2,5}", RegexOptions.CultureInvariant)]
    private static partial Regex Quotes();

    [GeneratedRegex("__[A-Z]{3,30}__", RegexOptions.CultureInvariant)]
    private static partial Regex Switches();

    [GeneratedRegex(@"[ \u00A0]?(\([ ,;:，、；：\u00A0]{0,20}\)|（[ ,;:，、；：\u00A0]{0,20}）)", RegexOptions.CultureInvariant)]
    private static partial Regex Hollow();
}
