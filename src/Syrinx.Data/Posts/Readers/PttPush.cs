using System.Globalization;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// A push line: <c>推 userid: text 07/09 20:06</c>. An address before the date is personal data and is dropped.
/// </summary>
/// <param name="Score">推 +1, → 0, 噓 −1.</param>
/// <param name="User">User id.</param>
/// <param name="Text">What they say.</param>
/// <param name="Month">1 to 12; 0 where no date is told.</param>
/// <param name="Day">1 to 31.</param>
/// <param name="Time">Of day; midnight where it is not told.</param>
internal readonly record struct PttPush(int Score, string User, string Text, int Month, int Day, TimeSpan Time)
{
    /// <summary>
    /// Columns of user id and text, a Chinese character being two, at which PTT cuts a push, in the middle of a word too.
    /// Measured on 43 real pushes that go on in the next line: 60, or one less where a Chinese character did not fit.
    /// </summary>
    private const int LimitColumns = 59;

    /// <summary>Longer lines are text.</summary>
    private const int MaxCharacters = 500;

    /// <summary>Columns of text from which a line of Chinese has wrapped rather than ended.</summary>
    private const int LongColumns = 40;

    /// <summary>Reads a push, or null where the line is none. Takes time linear in the line's length.</summary>
    public static PttPush? TryRead(string line)
    {
        var rest = line.AsSpan().Trim();
        if (rest.Length is < 8 or > MaxCharacters)
            return null;
        int score = rest[0] switch { '推' => 1, '噓' => -1, '→' => 0, _ => 2 };
        rest = rest[1..].TrimStart();
        var user = PttName.Take(ref rest);
        rest = rest.TrimStart();
        if (score == 2 || user.Length == 0 || rest.Length == 0 || rest[0] is not (':' or '：'))
            return null;
        return Dated(rest[1..], score, user);
    }

    /// <summary>
    /// A push whose parts stand apart. Where the last one holds no date, the push has none; its text is kept all the same.
    /// </summary>
    /// <param name="score">推 +1, → 0, 噓 −1.</param>
    /// <param name="user">User id.</param>
    /// <param name="text">What they say.</param>
    /// <param name="addressAndTime"><c>1.2.3.4 07/09 20:06</c>, or less.</param>
    public static PttPush At(int score, string user, string text, string addressAndTime) =>
        Dated(addressAndTime.AsSpan().Trim(), score, user) is { } dated ? dated with { Text = text } : new(score, user, text, 0, 0, default);

    private static PttPush? Dated(ReadOnlySpan<char> rest, int score, ReadOnlySpan<char> user)
    {
        var time = TimeSpan.Zero;
        if (LastWord(rest) is { Length: 5 } clock
            && TimeSpan.TryParseExact(clock, @"hh\:mm", CultureInfo.InvariantCulture, out time))
            rest = rest[..^5].TrimEnd();
        var date = LastDate(rest);
        if (date.Length == 0)
            return null;
        rest = rest[..^date.Length].TrimEnd();
        if (LastWord(rest) is var address && IsAddress(address))
            rest = rest[..^address.Length];
        int month = int.Parse(date[..^3], CultureInfo.InvariantCulture);
        int day = int.Parse(date[^2..], CultureInfo.InvariantCulture);
        return month is < 1 or > 12 || day is < 1 or > 31 ? null : new(score, user.ToString(), rest.Trim().ToString(), month, day, time);
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
        if (Month == 0)
            return null;
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

    private static ReadOnlySpan<char> LastWord(ReadOnlySpan<char> text)
    {
        int start = text.Length;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
            start--;
        return text[start..];
    }

    /// <summary><c>1/02</c> or <c>01/02</c> at the end, not the tail of something longer.</summary>
    private static ReadOnlySpan<char> LastDate(ReadOnlySpan<char> text)
    {
        if (text.Length < 4 || text[^2..].ContainsAnyExceptInRange('0', '9') || text[^3] != '/' || !char.IsAsciiDigit(text[^4]))
            return "";
        int length = text.Length > 4 && char.IsAsciiDigit(text[^5]) ? 5 : 4;
        return text.Length > length && (char.IsAsciiDigit(text[^(length + 1)]) || text[^(length + 1)] == '/') ? "" : text[^length..];
    }

    /// <summary>An IP address, perhaps masked: <c>140.112.*.*</c>.</summary>
    private static bool IsAddress(ReadOnlySpan<char> word)
    {
        int parts = 0;
        foreach (var range in word.Split('.'))
        {
            var part = word[range];
            if (part.Length is < 1 or > 3 || part.ContainsAnyExceptInRange('0', '9') && part.ContainsAnyExcept('*', 'x', 'X'))
                return false;
            parts++;
        }
        return parts == 4;
    }
}
