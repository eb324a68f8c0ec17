using System.Globalization;

namespace Syrinx.Server.Text;

/// <summary>
/// Every word that the web app says, once a language. Abstract members make a missing translation a compile error; pages
/// inject this class and never hold words of their own. Immutable and safe to share between threads.
/// </summary>
public abstract partial class UiText
{
    /// <summary>The languages, the default first.</summary>
    public static IReadOnlyList<UiText> All { get; } = [new EnglishText(), new ChineseText()];

    /// <summary>The text of a culture: 繁體中文 for every kind of Chinese, else English.</summary>
    public static UiText For(CultureInfo culture) => All[culture.TwoLetterISOLanguageName == "zh" ? 1 : 0];

    /// <summary>How numbers and dates are written.</summary>
    public abstract CultureInfo Culture { get; }

    /// <summary>The value of <c>&lt;html lang&gt;</c>.</summary>
    public abstract string HtmlLang { get; }

    /// <summary>The language's own name, short enough for the app bar.</summary>
    public abstract string OwnName { get; }

    /// <summary>The language that the switch leads to.</summary>
    public UiText Other => All[0] == this ? All[1] : All[0];

    /// <summary>All digits: 20,000.</summary>
    public string Number(long n) => n.ToString("N0", Culture);

    /// <summary>A few digits: 4.9M, 490 萬.</summary>
    public abstract string Compact(double n);

    /// <summary>With a fixed count of decimals.</summary>
    public string Decimal(double n, int decimals) => n.ToString("N" + decimals, Culture);

    /// <summary>0.714 → 71%.</summary>
    public string Percent(double share) => share is > 0 and < 0.0005 ? "< 0.1%" :
        (share * 100).ToString(share is > 0 and < 0.0995 ? "0.0" : "0", Culture) + "%";

    /// <summary>A day.</summary>
    public abstract string Date(DateTime utc);

    /// <summary>A month, for a chart's label.</summary>
    public abstract string Month(DateTime utc);

    /// <summary>How long something took or will take.</summary>
    public abstract string Duration(TimeSpan time);

    /// <summary>Bytes in KB, MB or GB, of 1,000.</summary>
    public string Bytes(double bytes) => bytes switch
    {
        >= 1e9 => (bytes / 1e9).ToString("0.#", Culture) + " GB",
        >= 1e6 => (bytes / 1e6).ToString("0.#", Culture) + " MB",
        _ => (bytes / 1e3).ToString("0.#", Culture) + " KB",
    };
}
