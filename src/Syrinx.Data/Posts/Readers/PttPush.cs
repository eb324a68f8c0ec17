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
    /// Columns of user id and text, a Chinese character being two, from which a push line counts as full. Measured on 43
    /// pushes that go on in the next line: full ones have 53 to 60, which is the limit.
    /// </summary>
    private const int FullColumns = 53;

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

    /// <summary>
    /// This push with the text of the next, which goes on where it wrapped. Between words that the full line broke off
    /// nothing is put, elsewhere a space.
    /// </summary>
    public PttPush Continued(PttPush next, bool wasFull)
    {
        bool space = !wasFull || Text.Length > 0 && next.Text.Length > 0 && Text[^1] is ',' or '.' or ';' or '!' or '?';
        return this with { Text = Text.Length == 0 ? next.Text : next.Text.Length == 0 ? Text : Text + (space ? " " : "") + next.Text };
    }

    /// <summary>Whether the line is as long as lines get, so that the next one goes on in the middle of a sentence.</summary>
    public bool IsFull => User.Length + Columns(Text) >= FullColumns;

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
