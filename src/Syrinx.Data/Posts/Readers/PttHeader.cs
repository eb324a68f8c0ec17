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

    /// <summary>Reads a head that starts on a line, or null where there is none.</summary>
    /// <param name="lines">Of the file.</param>
    /// <param name="at">Where it should start.</param>
    /// <param name="withColon">Whether <c>作者:</c> counts: only at a file's start, for in a text it is a forwarded article's.</param>
    public static PttHeader? TryRead(IReadOnlyList<string> lines, int at, bool withColon)
    {
        var author = AuthorLine().Match(lines[at]);
        if (!author.Success || author.Groups["colon"].Length > 0 && !withColon)
            return null;
        // One line after another is put behind the first, until the time has come: so all forms are one.
        string head = lines[at].Trim();
        for (int i = at; ; )
        {
            var all = All().Match(head);
            if (all.Success)
            {
                return new(all.Groups["id"].Value, PostText.Line(all.Groups["nick"].Value), PostText.Line(all.Groups["board"].Value),
                    PostText.Line(all.Groups["title"].Value), all.Groups["time"].Value, i + 1, all.Groups["rest"].Value);
            }
            if (++i >= lines.Count || i > at + MaxLines)
                return null;
            head += "\n" + lines[i].Trim();
        }
    }

    [GeneratedRegex(@"\A[ \u3000│]*作者(?<colon>\s*[:：])?[ \u3000]*[A-Za-z0-9_\-.]{1,32}", RegexOptions.CultureInvariant)]
    private static partial Regex AuthorLine();

    [GeneratedRegex("""
        \A│?\s*作者\s*[:：]?\s*(?<id>[A-Za-z0-9_\-.]{1,32})
        [ \u3000]*(\((?<nick>[^\n]*?)\))?\s*
        ((看板|站內)\s*[:：]?[ \u3000]*(?<board>[A-Za-z0-9_\-.]{1,32})[ \u3000]*\n?\s*)?
        標題\s*[:：]?[ \u3000]*(?<title>[^\n]*?)\s*
        時間\s*[:：]?\s*(?<time>[A-Z][a-z]{2}\s+[A-Z][a-z]{2}\s+\d{1,2}\s+\d{2}:\d{2}:\d{2}\s+\d{4}|\d{2}/\d{2}/\d{4}\s+\d{2}:\d{2}:\d{2})
        (?<rest>[^\n]*)\z
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex All();
}
