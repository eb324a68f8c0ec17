using System.Globalization;
using System.Text;

namespace Syrinx.Models.Templates;

/// <summary>A time by C's <c>strftime</c> format, in English.</summary>
internal static class StrfTime
{
    public static string Format(DateTimeOffset time, string format)
    {
        var text = new StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }
            bool unpadded = format[i + 1] == '-' && i + 2 < format.Length;
            i += unpadded ? 2 : 1;
            string? net = format[i] switch
            {
                'a' => "ddd",
                'A' => "dddd",
                'b' => "MMM",
                'B' => "MMMM",
                'd' => unpadded ? "%d" : "dd",
                'm' => unpadded ? "%M" : "MM",
                'y' => "yy",
                'Y' => "yyyy",
                'H' => unpadded ? "%H" : "HH",
                'I' => unpadded ? "%h" : "hh",
                'M' => unpadded ? "%m" : "mm",
                'S' => unpadded ? "%s" : "ss",
                'p' => "tt",
                'z' => "zzz",
                'F' => "yyyy-MM-dd",
                'T' => "HH:mm:ss",
                _ => null,
            };
            text.Append(format[i] switch
            {
                '%' => "%",
                'j' => time.DayOfYear.ToString(unpadded ? "0" : "000", CultureInfo.InvariantCulture),
                'z' => time.ToString(net, CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal),
                _ when net is not null => time.ToString(net, CultureInfo.InvariantCulture),
                var other => "%" + other,
            });
        }
        return text.ToString();
    }
}
