using System.Text;
using System.Text.RegularExpressions;

namespace Syrinx.Ads;

/// <summary>
/// Word lists as regular expressions over folded text. A word is found in spite of what is put between its letters: "g-u-a-r",
/// "f r e e", 免-費. A Latin entry stands at word boundaries; a * at its end stands for further letters; a space for any gap.
/// </summary>
internal static class WordPattern
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // what may stand between the letters of one word, between letters that all stand apart, and between two Chinese characters
    private const string Inside = @"[\-_.*·•|~^]{0,2}", Apart = @"[\s\-_.*·•|~^/]{1,3}", Gap = @"[\s\-_.*·•|~/']{1,3}",
        HanGap = @"[\s\p{P}\p{S}\p{Cs}-[,!?;。、]]{0,4}";

    /// <summary>One expression for all entries; null where there are none.</summary>
    public static Regex? Any(IEnumerable<string> entries)
    {
        // the longest first, so that the whole of a phrase is found
        string[] patterns = [.. entries.OrderByDescending(e => e.Length).Select(Of)];
        return patterns.Length == 0 ? null : new Regex(string.Join('|', patterns), Options);
    }

    /// <summary>The expression of one entry.</summary>
    public static string Of(string entry) => entry.Any(c => c > 0x2E7F) ? Han(entry) : Latin(entry);

    private static string Han(string entry)
    {
        // 0手續費 is not the end of 10% 手續費
        var pattern = new StringBuilder(char.IsAsciiDigit(entry[0]) ? @"(?<![\d.])" : "");
        char before = '\0';
        foreach (char c in entry)
        {
            if (before != '\0')
                pattern.Append(char.IsAscii(before) && char.IsAscii(c) ? @"\s?" : HanGap);
            pattern.Append("一二三四五六七八九".IndexOf(c, StringComparison.Ordinal) is >= 0 and var n ? $"[{c}{n + 1}]" : Regex.Escape(c.ToString()));
            before = c;
        }
        return pattern.ToString();
    }

    private static string Latin(string entry)
    {
        bool open = entry.EndsWith('*');
        string[] words = entry.TrimEnd('*').Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        int letters = words.Sum(w => w.Length);
        string whole = string.Join(letters >= 8 ? Gap.Replace("{1,3}", "{0,3}", StringComparison.Ordinal) : Gap, words.Select(w =>
            w.Length < 4 ? Regex.Escape(w) : string.Join(Inside, w.Select(c => Regex.Escape(c.ToString())))));
        string spread = letters < 4 ? "" : "|" + string.Join(Apart, words.SelectMany(w => w).Select(c => Regex.Escape(c.ToString())));
        string before = char.IsAsciiLetterOrDigit(entry[0]) ? "(?<![a-z0-9])" : "";
        return $"{before}(?:{whole}{spread}){(open ? "[a-z]*" : "")}(?![a-z0-9])";
    }
}
