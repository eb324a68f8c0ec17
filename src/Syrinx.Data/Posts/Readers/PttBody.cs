using System.Text.RegularExpressions;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// The text of a PTT article without what is not its author's or not text: quoted articles, the signature, the station's
/// lines with addresses, colours.
/// </summary>
internal static partial class PttBody
{
    /// <summary>Lines of a signature at most; PTT allows six.</summary>
    private const int SignatureLines = 7;

    /// <summary>What the station adds, and what stands in a quoted or forwarded article's head.</summary>
    public static bool IsStationLine(string line)
    {
        var l = line.AsSpan().TrimStart();
        return l.StartsWith("※") && Station().IsMatch(l) || l.StartsWith("◆ From") || l.StartsWith("◆ 來自");
    }

    /// <summary>Where the station's footer starts: the first <c>※ 發信站</c> or <c>※ Origin</c>; −1 where there is none.</summary>
    public static int Footer(IReadOnlyList<string> lines, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            var l = lines[i].AsSpan().TrimStart();
            if (l.StartsWith("※ 發信站") || l.StartsWith("※ Origin") || l.StartsWith("※  發信站"))
                return i;
        }
        return -1;
    }

    /// <summary>
    /// Where the text ends when the footer (or the first push) stands at <paramref name="to"/>: before the signature.
    /// </summary>
    public static int EndOfText(IReadOnlyList<string> lines, int from, int to)
    {
        int end = WithoutFiller(lines, from, to);
        if (end == from || lines[end - 1].TrimEnd() != "--")
            return end;
        int dashes = end - 1;
        for (int i = dashes - 1; i >= Math.Max(from, dashes - 1 - SignatureLines); i--)
        {
            if (lines[i].TrimEnd() == "--")
            {
                dashes = i;
                break;
            }
        }
        return WithoutFiller(lines, from, dashes);
    }

    /// <summary>The text of some lines, without quotes and the station's lines.</summary>
    public static string Text(IEnumerable<string> lines)
    {
        var kept = new List<string>();
        foreach (string line in lines)
        {
            if (line == ":" || line.StartsWith(": ", StringComparison.Ordinal) || line.StartsWith(":\t", StringComparison.Ordinal)
                || line.StartsWith(":  ", StringComparison.Ordinal) || IsStationLine(line)
                || line.Length < 300 && (SentFrom().IsMatch(line) || ForwardedHead().IsMatch(line)))
                continue;
            if (line.Length > 0 || kept.Count > 0 && kept[^1].Length > 0)
                kept.Add(line.TrimEnd());
        }
        return PostText.Clean(string.Join('\n', kept));
    }

    /// <summary>
    /// Without blank lines, and without the fence that some put around the footer: the one that the text does not close.
    /// </summary>
    private static int WithoutFiller(IReadOnlyList<string> lines, int from, int end)
    {
        int Blank(int to)
        {
            while (to > from && string.IsNullOrWhiteSpace(lines[to - 1]))
                to--;
            return to;
        }
        end = Blank(end);
        if (end == from || lines[end - 1].Trim() != "```")
            return end;
        int fences = 0;
        for (int i = from; i < end; i++)
            fences += lines[i].StartsWith("```", StringComparison.Ordinal) ? 1 : 0;
        return fences % 2 == 1 ? Blank(end - 1) : end;
    }

    [GeneratedRegex(@"\A※\s*(發信站|Origin|文章網址|文章代碼|編輯|轉錄者|引述|\[本文轉錄|本文轉錄|同時也|本文曾於)", RegexOptions.CultureInvariant)]
    private static partial Regex Station();

    [GeneratedRegex(@"\A(-{3,}\s*)?Sent from (my |JPTT|PTT|BePTT|PiTT)", RegexOptions.CultureInvariant)]
    private static partial Regex SentFrom();

    [GeneratedRegex(@"\A\s*作者[:：]\s*\S+ .*(看板|站內)[:：]", RegexOptions.CultureInvariant)]
    private static partial Regex ForwardedHead();
}
