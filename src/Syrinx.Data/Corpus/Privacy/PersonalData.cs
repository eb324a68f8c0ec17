using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Syrinx.Data.Corpus.Privacy;

/// <summary>
/// Finds personal data in a text by form and check digit: e-mail addresses (also written <c>(at)</c>), telephone numbers
/// (Taiwan, international, North America, a few others), Taiwanese and US identity numbers, payment cards, public IP addresses.
/// Full-width digits and letters count as ASCII. Names and street addresses are not found. Thread-safe.
/// </summary>
public static partial class PersonalData
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>The pieces, in order, none overlapping another.</summary>
    public static IReadOnlyList<PersonalDataSpan> Find(string text)
    {
        text = FoldWidth(text);
        bool digits = text.AsSpan().ContainsAny(Digits);
        bool at = text.Contains('@') || text.Contains("at", StringComparison.OrdinalIgnoreCase)
            || text.Contains("小老鼠", StringComparison.Ordinal);
        if (!digits && !at)
            return [];

        var links = digits ? Links.Spans(text) : [];
        List<PersonalDataSpan> found = [];
        if (at)
        {
            foreach (Match m in Email().Matches(text))
            {
                if (!FileName().IsMatch(m.ValueSpan))
                    Add(found, "email", m);
            }
            foreach (Match m in SpelledEmail().Matches(text))
                Add(found, "email", m);
        }
        if (digits)
        {
            var numbers = new List<PersonalDataSpan>();
            foreach (Match m in TaiwanId().Matches(text))
            {
                if (Checksums.IsTaiwanId(m.ValueSpan))
                    Add(numbers, "id", m);
            }
            foreach (Match m in SocialSecurity().Matches(text))
                Add(numbers, "id", m);
            foreach (Match m in Card().Matches(text))
            {
                if (Checksums.IsCard(m.ValueSpan))
                    Add(numbers, "card", m);
            }
            foreach (Match m in Address4().Matches(text))
            {
                if (IsPublic(m.ValueSpan))
                    Add(numbers, "ip", m);
            }
            if (text.Contains(':'))
            {
                foreach (Match m in Address6().Matches(text))
                {
                    if (IsPublic6(m.ValueSpan))
                        Add(numbers, "ip", m);
                }
            }
            foreach (Match m in Phone().Matches(text))
            {
                if (m.ValueSpan[0] != '+' || CountDigits(m.ValueSpan) is >= 8 and <= 15)
                    Add(numbers, "phone", m);
            }
            foreach (Match m in AnnouncedPhone().Matches(text))
                Add(numbers, "phone", m.Groups[1]);
            numbers.RemoveAll(n => links.Exists(l => n.Start < l.End && l.Start < n.End));
            found.AddRange(numbers.Where(n => !found.Exists(f => n.Start < f.End && f.Start < n.End)));
        }
        found.Sort((a, b) => a.Start.CompareTo(b.Start));
        return found;
    }

    // Earlier kinds win: what is a card is no telephone number.
    private static void Add(List<PersonalDataSpan> found, string type, Capture match)
    {
        int start = match.Index, end = match.Index + match.Length;
        if (!found.Exists(f => start < f.End && f.Start < end))
            found.Add(new(type, start, end));
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (char c in text)
            count += char.IsAsciiDigit(c) ? 1 : 0;
        return count;
    }

    /// <summary>
    /// Full-width ASCII (Ａ, １, ＠) as ASCII, one code unit for one, so that positions stay. The comma is left: it ends a clause
    /// in Chinese, where in ASCII it may stand inside a number.
    /// </summary>
    internal static string FoldWidth(string text) =>
        !text.AsSpan().ContainsAnyInRange('\uFF01', '\uFF5E')
            ? text
            : string.Create(text.Length, text, static (span, source) =>
            {
                for (int i = 0; i < span.Length; i++)
                    span[i] = source[i] is >= '\uFF01' and <= '\uFF5E' and not '，' ? (char)(source[i] - 0xFEE0) : source[i];
            });

    // Private, loopback and reserved addresses name nobody; a part with a leading zero is no address (RFC 6943, 3.1.1).
    private static bool IsPublic(ReadOnlySpan<char> text)
    {
        Span<int> part = stackalloc int[4];
        int index = 0;
        foreach (var range in text.Split('.'))
        {
            var digits = text[range];
            if (index == 4 || digits.Length > 1 && digits[0] == '0')
                return false;
            part[index++] = int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        }
        return index == 4 && part[0] is > 0 and not 10 and not 127 and < 224 && !part.ContainsAnyExceptInRange(0, 255)
            && !(part[0] == 192 && part[1] == 168) && !(part[0] == 172 && part[1] is >= 16 and <= 31)
                && !(part[0] == 169 && part[1] == 254);
    }

    private static bool IsPublic6(ReadOnlySpan<char> text) =>
        text.Count(':') >= 3 && text.ContainsAny(Digits) && IPAddress.TryParse(text, out var address)
        && address.AddressFamily == AddressFamily.InterNetworkV6
        && !address.IsIPv6LinkLocal && !address.IsIPv6SiteLocal && !address.IsIPv6UniqueLocal;

    [GeneratedRegex(@"(?<![A-Za-z0-9._%+@-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9@])", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"\.(?:png|jpe?g|gif|svg|webp)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    [GeneratedRegex(@"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}(?:\s?[\[({【]\s?(?:at|@|小老鼠)\s?[\])}】]\s?[A-Za-z0-9-]{1,63}(?:\s?(?:\.|[\[({【]\s?(?:dot|點)\s?[\])}】])\s?[A-Za-z0-9-]{2,24}){1,4}|小老鼠[A-Za-z0-9-]{1,63}(?:(?:\.|點)[A-Za-z0-9-]{2,24}){1,4}|\sat\s[A-Za-z0-9-]{1,63}(?:\sdot\s(?:[a-z]{2,8})){1,3})(?![A-Za-z0-9@])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpelledEmail();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Za-z][1289A-Da-d][0-9]{8}(?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex TaiwanId();

    // Areas that were never given out (000, 666, 9xx) are left alone.
    [GeneratedRegex(@"(?<![0-9-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![0-9-])", RegexOptions.CultureInvariant)]
    private static partial Regex SocialSecurity();

    [GeneratedRegex(@"(?<![0-9.,])[2-6][0-9](?:[ -]?[0-9]){11,17}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Card();

    // "v1.2.3.4" and "version 1.2.3.4" are releases, five parts and more something else.
    [GeneratedRegex(@"(?<![0-9A-Za-z.])(?<!(?:version|ver\.?|版本?) ?)[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9A-Za-z]|\.[0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address4();

    [GeneratedRegex(@"(?<![0-9A-Za-z:.])[0-9A-Fa-f]{1,4}(?:::?[0-9A-Fa-f]{1,4}){2,7}(?:::)?(?![0-9A-Za-z:])", RegexOptions.CultureInvariant)]
    private static partial Regex Address6();

    // In turn: Taiwan mobile, Taiwan mobile and landline with country code, Taiwan landline with brackets, with a separator,
    // unbroken; toll-free; any +country number; North America; Japan and mainland China mobiles; UK mobile; French mobile.
    [GeneratedRegex(@"(?<![0-9.,+])(?:
        09[0-9]{2}[ .-]?[0-9]{3}[ .-]?[0-9]{3} | 09[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}
        | 886[ -]?9[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}
        | \(0[2-8][0-9]{0,2}\)[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}
        | 0[2-8][0-9]{0,2}[ -][0-9]{3,4}[ -]?[0-9]{4} | 0(?:37|49|82|89)[0-9]?[ -][0-9]{3}[ -]?[0-9]{3,4}
        | 0[2-8][0-9]{8} | 0[3-8][0-9]{7}
        | 0800[ -]?[0-9]{3}[ -]?[0-9]{3}
        | \+[1-9][0-9]{0,2}[ .-]?(?:\([0-9]{1,4}\)[ .-]?)?[0-9]{1,4}(?:[ .-]?[0-9]{2,4}){2,4}
        | 00[1-9][0-9]{1,2}[ -][0-9]{1,4}(?:[ -]?[0-9]{2,4}){2,3}
        | (?:1[ .-])?\([2-9][0-9]{2}\)[ .-]?[0-9]{3}[ .-][0-9]{4} | (?:1[ .-])?[2-9][0-9]{2}[.-][0-9]{3}[.-][0-9]{4}
        | 0[789]0-[0-9]{4}-[0-9]{4} | 1[3-9][0-9]{9}
        | 07[0-9]{3}[ -][0-9]{3}[ -]?[0-9]{3} | 0[67](?:[ .][0-9]{2}){4}
        )(?![0-9]|[.-][0-9]{2})", RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Phone();

    [GeneratedRegex(@"(?:電話|电话|手機|手机|致電|來電|撥打|撥|\btel|\bphone|\bmobile|\bcell|\bcall(?: me)?(?: at| on)?|\btext me(?: at| on)?)[ 是:：.#]{0,4}((?:\([0-9]{2,3}\) ?)?[0-9]{3,4}[ -]?[0-9]{3}[ -]?[0-9]{0,4}[0-9])(?![0-9]|[./-][0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnnouncedPhone();
}
