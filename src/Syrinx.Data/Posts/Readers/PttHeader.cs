using System.Text.RegularExpressions;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// The head of a PTT article: author, board, title and time, on lines of their own, with board beside author as a terminal
/// shows it, or all run together as a web page's text has it.
/// </summary>
/// <param name="Author">User id.</param>
/// <param name="Nick">What stands in parentheses behind it, or null.</param>
/// <param name="Board">Or null where it is not told.</param>
/// <param name="Title">Or null.</param>
/// <param name="Time">As it is written.</param>
/// <param name="Body">Line on which the body starts.</param>
/// <param name="Rest">What stands behind the time on the same line: the body's start in the run-together form.</param>
internal sealed partial record PttHeader(string Author, string? Nick, string? Board, string? Title, string Time, int Body, string Rest)
{
    private const int MaxLines = 8;
    private const int MaxCharacters = 2000;
    private const string Spaces = " \u3000\t\n│";

    /// <summary>
    /// Reads a head that starts on a line, or null where there is none. Takes time linear in the head's length.
    /// </summary>
    /// <param name="lines">Of the file.</param>
    /// <param name="at">Where it should start.</param>
    /// <param name="withColon">Whether <c>作者:</c> counts: only at a file's start, for in a text it is a forwarded
    /// article's.</param>
    public static PttHeader? TryRead(IReadOnlyList<string> lines, int at, bool withColon)
    {
        var first = lines[at].AsSpan().TrimStart(Spaces);
        if (!Keyword(ref first, "作者", out bool colon) || colon && !withColon || PttName.Take(ref first).Length == 0)
            return null;
        // One line after another is put behind the first, until the time has come: so all forms are one.
        string head = lines[at].Trim();
        for (int i = at; head.Length <= MaxCharacters;)
        {
            if (TryRead(head, i + 1) is { } header)
                return header;
            if (++i >= lines.Count || i > at + MaxLines)
                return null;
            head += "\n" + lines[i].Trim();
        }
        return null;
    }

    private static PttHeader? TryRead(string head, int body)
    {
        var rest = head.AsSpan().TrimStart(Spaces);
        Keyword(ref rest, "作者", out _);
        string author = PttName.Take(ref rest).ToString();
        int title = rest.IndexOf("標題");
        if (title < 0)
            return null;
        int board = Math.Max(rest[..title].LastIndexOf("看板"), rest[..title].LastIndexOf("站內"));
        var nick = rest[..(board < 0 ? title : board)].Trim(Spaces);
        if (nick.Length > 0 && (nick[0] != '(' || nick[^1] != ')' || nick.Contains('\n')))
            return null;
        var boardName = board < 0 ? "" : rest[(board + 2)..title].Trim(Spaces).TrimStart(":：").Trim(Spaces);
        if (boardName.Length > 32 || boardName.ContainsAnyExcept(PttName.Characters))
            return null;
        rest = rest[title..];
        Keyword(ref rest, "標題", out _);
        for (int from = 0; ;)
        {
            int next = rest[from..].IndexOf("時間");
            if (next < 0)
                return null;
            var name = rest[..(from + next)].Trim(Spaces);
            var time = rest[(from + next)..];
            Keyword(ref time, "時間", out _);
            // The word may be part of the title; it is the head's where a date follows.
            foreach (var date in Date().EnumerateMatches(time[..Math.Min(time.Length, 40)]))
            {
                if (name.Contains('\n'))
                    return null;
                return new(author, nick.Length > 2 ? PostText.Line(nick[1..^1].ToString()) : null, PostText.Line(boardName.ToString()),
                    PostText.Line(name.ToString()), time[..date.Length].ToString(), body, time[date.Length..].ToString());
            }
            from += next + 2;
        }
    }

    /// <summary>Takes a keyword, a colon that may follow it, and the spaces behind.</summary>
    private static bool Keyword(ref ReadOnlySpan<char> text, string keyword, out bool colon)
    {
        colon = false;
        if (!text.StartsWith(keyword))
            return false;
        text = text[keyword.Length..].TrimStart(Spaces);
        colon = text.Length > 0 && text[0] is ':' or '：';
        text = text[(colon ? 1 : 0)..].TrimStart(Spaces);
        return true;
    }

    [GeneratedRegex(
        @"\A([A-Z][a-z]{2} {1,2}[A-Z][a-z]{2} {1,2}[0-9]{1,2} [0-9]{2}:[0-9]{2}:[0-9]{2} [0-9]{4}"
        + @"|[0-9]{2}/[0-9]{2}/[0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2})",
        RegexOptions.CultureInvariant)]
    private static partial Regex Date();
}
