using System.Globalization;
using System.Text.RegularExpressions;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// A push line: <c>推 userid: text 07/09 20:06</c>. An address before the date is personal data and is dropped.
/// </summary>
/// <param name="Score">推 +1, → 0, 噓 −1.</param>
/// <param name="User">User id.</param>
/// <param name="Text">What they say.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">1 to 31.</param>
/// <param name="Time">Of day; midnight where it is not told.</param>
internal readonly partial record struct PttPush(int Score, string User, string Text, int Month, int Day, TimeSpan Time)
{
    /// <summary>
    /// Columns of user id and text, a Chinese character being two, at which PTT cuts a push, in the middle of a word too.
    /// Measured on 43 real pushes that go on in the next line: 60, or one less where a Chinese character did not fit.
    /// </summary>
    private const int LimitColumns = 59;

    /// <summary>Columns of text from which a line of Chinese has wrapped rather than ended.</summary>
    private const int LongColumns = 40;

    public static PttPush? TryRead(string line)
    {
        var match = Pattern().Match(line);
        if (!match.Success)
            return null;
        int score = match.Groups["tag"].ValueSpan switch { "推" => 1, "噓" => -1, _ => 0 };
        var time = TimeSpan.Zero;
        if (match.Groups["time"].Success
            && !TimeSpan.TryParseExact(match.Groups["time"].ValueSpan, @"hh\:mm", CultureInfo.InvariantCulture, out time))
            return null;
        int month = Number(match.Groups["month"]);
        int day = Number(match.Groups["day"]);
        return month is < 1 or > 12 || day is < 1 or > 31 ? null
            : new(score, match.Groups["user"].Value, match.Groups["text"].Value.Trim(), month, day, time);
    }

    /// <summary>This push with the text of the next, which goes on where it wrapped.</summary>
    /// <param name="next">The → line of the same user.</param>
    /// <param name="lineBefore">The line that it follows; this push's first, or an earlier → line.</param>
    public PttPush Continued(PttPush next, PttPush lineBefore)
    {
        if (Text.Length == 0 || next.Text.Length == 0)
            return this with { Text = Text + next.Text };
        bool cut = User.Length + Columns(lineBefore.Text) >= LimitColumns;
        bool chinese = Text[^1] >= 0x2E80 || next.Text[0] >= 0x2E80;
        bool goesOn = cut || chinese && Columns(lineBefore.Text) >= LongColumns;
        return this with { Text = Text + (goesOn ? "" : " ") + next.Text };
    }

    /// <summary>
    /// The date with a year: the first one in which it is not before what came before it. A day of grace, for the clocks of
    /// article and push are cut differently. Taipei time.
    /// </summary>
    public DateTime? After(DateTime last)
    {
        for (int year = last.Year; year <= last.Year + 8 && year <= 9999; year++)
        {
            if (Day > DateTime.DaysInMonth(year, Month))
                continue;
            var date = new DateTime(year, Month, Day) + Time;
            if (date >= last.AddDays(-1))
                return date;
        }
        return null;
    }

    private static int Columns(string text)
    {
        int columns = 0;
        foreach (char c in text)
            columns += c < 0x1100 ? 1 : 2;
        return columns;
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("""
        \A\s*(?<tag>推|噓|→)[ \u3000]{0,2}(?<user>[A-Za-z0-9_\-.]{1,32})\s*[:：]\s?(?<text>.*?)
        (\s+\d{1,3}(\.(\d{1,3}|\*|[xX]{1,3})){3})?\s*
        (?<![\d/])(?<month>\d{1,2})/(?<day>\d{2})(\s+(?<time>\d{2}:\d{2}))?\s*\z
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
