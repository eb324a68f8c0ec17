using System.Globalization;
using System.Text;

namespace Syrinx.Planning;

/// <summary>Large counts as people write them: 405B, 15.6T, 7e9, 8,192, 700億, ７００億.</summary>
public static class Quantity
{
    private static readonly (string Suffix, double Factor)[] Suffixes =
        [("K", 1e3), ("M", 1e6), ("B", 1e9), ("G", 1e9), ("T", 1e12), ("P", 1e15), ("萬", 1e4), ("億", 1e8), ("兆", 1e12)];

    /// <summary>The number that <paramref name="text"/> means; false if it means none.</summary>
    public static bool TryParse(string? text, out double value)
    {
        // an input method for Chinese writes full-width digits
        string digits = (text ?? "").Normalize(NormalizationForm.FormKC).Trim();
        var (suffix, factor) = Suffixes.FirstOrDefault(s => digits.EndsWith(s.Suffix, StringComparison.OrdinalIgnoreCase));
        if (suffix is not null)
            digits = digits[..^1];
        bool ok = double.TryParse(digits, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
        value = ok ? value * (suffix is null ? 1 : factor) : 0;
        return ok;
    }

    /// <summary>The number of an option.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static double Parse(string option, string text) => TryParse(text, out double value) ? value
        : throw new InputException($"{option} {text} is not a number; write it like 7B, 15.6T, 7e9 or 7000000000.");

    /// <summary>Three digits and a suffix: 405B.</summary>
    public static string Short(double n)
    {
        var (suffix, factor) = n switch
        {
            >= 1e15 => ("P", 1e15),
            >= 1e12 => ("T", 1e12),
            >= 1e9 => ("B", 1e9),
            >= 1e6 => ("M", 1e6),
            >= 1e3 => ("K", 1e3),
            _ => ("", 1.0),
        };
        return (n / factor).ToString("G3", CultureInfo.InvariantCulture) + suffix;
    }
}
