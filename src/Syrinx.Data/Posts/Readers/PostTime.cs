using System.Globalization;

namespace Syrinx.Data.Posts.Readers;

/// <summary>Times of exports, as UTC milliseconds.</summary>
internal static class PostTime
{
    private static readonly TimeSpan Taipei = TimeSpan.FromHours(8);
    private const DateTimeStyles Loose = DateTimeStyles.AllowWhiteSpaces;

    /// <summary>ISO 8601; without a zone it is UTC.</summary>
    public static DateTime? Iso(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? Utc(time) : null;

    /// <summary>
    /// <c>Fri Mar 06 13:02:05 +0000 2026</c>, as X wrote times before its API v2; newer archives have ISO in places.
    /// </summary>
    public static DateTime? XClassic(string? text) => DateTimeOffset.TryParseExact(
        text, "ddd MMM dd HH:mm:ss zzz yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? Utc(time) : Iso(text);

    /// <summary><c>Thu Jul  9 20:06:27 2020</c>, Taipei time, which knows no summer time since 1979.</summary>
    public static DateTime? Ptt(string text) => DateTime.TryParseExact(
        text, ["ddd MMM d HH:mm:ss yyyy", "MM/dd/yyyy HH:mm:ss"], CultureInfo.InvariantCulture, Loose, out var time)
        ? FromTaipei(time) : null;

    /// <summary>Taipei's clock to UTC.</summary>
    public static DateTime FromTaipei(DateTime local) => DateTime.SpecifyKind(local - Taipei, DateTimeKind.Utc);

    /// <summary>UTC to Taipei's clock.</summary>
    public static DateTime ToTaipei(DateTime utc) => utc + Taipei;

    /// <summary>Seconds since 1970, also as <c>1352438956.0</c>; null outside of the years 1970 to 9999.</summary>
    public static DateTime? Unix(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 253_402_300_800
            ? Utc(DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))) : null;

    public static DateTime Utc(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
}
