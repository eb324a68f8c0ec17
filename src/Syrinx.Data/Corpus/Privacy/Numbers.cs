using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Syrinx.Data.Corpus.Privacy;

/// <summary>Finds identity numbers, payment cards, IP addresses and telephone numbers: runs of digits with marks between them.</summary>
internal static partial class Numbers
{
    // What may stand between two digits of one number: "(02) 2345", "+44 (0)20".
    private const int LongestGap = 2;
    // The least digits that anything but an IP address has.
    private const int FewestDigits = 7;
    // How far back a pattern looks for what announces a number ("call me at", "version").
    private const int Before = 24;
    private const int After = 4;

    public static void Find(string text, ref List<PersonalDataSpan>? found)
    {
        int at = 0;
        while (true)
        {
            int next = text.AsSpan(at).IndexOfAnyInRange('0', '9');
            if (next < 0)
                break;
            int start = at + next, end = start, digits = 0, dots = 0, gap = 0;
            for (int i = start; i < text.Length && gap <= LongestGap; i++)
            {
                char c = text[i];
                if (char.IsAsciiDigit(c))
                {
                    digits++;
                    (end, gap) = (i + 1, 0);
                }
                else if (c is ' ' or '-' or '.' or '(' or ')' or '/' or '–' or '\u00A0')
                {
                    dots += c == '.' ? 1 : 0;
                    gap++;
                }
                else
                {
                    break;
                }
            }
            if (digits >= 6 && start > 0 && char.IsAsciiLetter(text[start - 1]))
                HongKong(text, start, end, ref found);
            if (digits >= FewestDigits || dots >= 3)
                InCluster(text, start, end, digits, dots, ref found);
            at = end;
        }
        if (text.Contains(':'))
            InterNet6(text, ref found);
    }

    private static void InCluster(string text, int start, int end, int digits, int dots, ref List<PersonalDataSpan>? found)
    {
        int from = Math.Max(0, start - Before), to = Math.Min(text.Length, end + After);
        var window = text.AsSpan(from, to - from);
        int first = Math.Max(0, start - 3 - from);
        if (digits >= 8)
            Identities(window, first, from, digits, ref found);
        if (digits >= 13)
        {
            foreach (var m in Card().EnumerateMatches(window, first))
            {
                // "4111 1111 1111 1111 09/27": what stands behind the last group may be another number
                var number = window.Slice(m.Index, m.Length);
                while (number.Length > 0 && !Checksums.IsCard(number))
                    number = number[..Math.Max(0, number.LastIndexOfAny(" -"))];
                if (number.Length > 0)
                    PersonalData.Add(ref found, "card", from + m.Index, from + m.Index + number.Length);
            }
        }
        if (dots >= 3)
        {
            foreach (var m in Address4().EnumerateMatches(window, first))
            {
                if (IsPublic(window.Slice(m.Index, m.Length)))
                    PersonalData.Add(ref found, "ip", from + m.Index, from + m.Index + m.Length);
            }
        }
        if (digits < FewestDigits)
            return;
        foreach (var m in Phone().EnumerateMatches(window, first))
        {
            if (window[m.Index] != '+' || CountDigits(window.Slice(m.Index, m.Length)) is >= 8 and <= 15)
                PersonalData.Add(ref found, "phone", from + m.Index, WithExtension(text, from + m.Index + m.Length));
        }
        foreach (var m in AnnouncedPhone().EnumerateMatches(window))
        {
            // the number behind the word that announces it, and only if it is this cluster's
            var match = window.Slice(m.Index, m.Length);
            int number = m.Index + match.IndexOfAny("(0123456789");
            if (number >= first)
                PersonalData.Add(ref found, "phone", from + number, WithExtension(text, from + m.Index + m.Length));
        }
    }

    // "ext. 41", "#41", "轉 41" behind a number belong to it.
    private static int WithExtension(string text, int end)
    {
        foreach (var m in Extension().EnumerateMatches(text.AsSpan(end, Math.Min(text.Length - end, 24))))
            return end + m.Length;
        return end;
    }

    private static void HongKong(string text, int start, int end, ref List<PersonalDataSpan>? found)
    {
        int from = Math.Max(0, start - 3);
        foreach (var m in HongKongId().EnumerateMatches(text.AsSpan(from, Math.Min(text.Length, end + 3) - from)))
        {
            if (Checksums.IsHongKongId(text.AsSpan(from + m.Index, m.Length)))
                PersonalData.Add(ref found, "id", from + m.Index, from + m.Index + m.Length);
        }
    }

    private static void Identities(ReadOnlySpan<char> window, int first, int from, int digits, ref List<PersonalDataSpan>? found)
    {
        foreach (var m in TaiwanId().EnumerateMatches(window, first))
        {
            if (Checksums.IsTaiwanId(window.Slice(m.Index, m.Length)))
                PersonalData.Add(ref found, "id", from + m.Index, from + m.Index + m.Length);
        }
        foreach (var m in SocialSecurity().EnumerateMatches(window, first))
            PersonalData.Add(ref found, "id", from + m.Index, from + m.Index + m.Length);
        if (digits < 17)
            return;
        foreach (var m in MainlandId().EnumerateMatches(window, first))
        {
            if (Checksums.IsMainlandId(window.Slice(m.Index, m.Length)))
                PersonalData.Add(ref found, "id", from + m.Index, from + m.Index + m.Length);
        }
    }

    // Groups of hexadecimal digits between colons, at least two colons near each other.
    private static void InterNet6(string text, ref List<PersonalDataSpan>? found)
    {
        for (int colon = text.IndexOf(':'); colon >= 0 && colon + 1 < text.Length;)
        {
            int next = text.IndexOf(':', colon + 1);
            if (next < 0)
                return;
            if (next - colon > 5 || !IsHex(text.AsSpan(colon + 1, next - colon - 1)))
            {
                colon = next;
                continue;
            }
            int start = colon, end = next;
            while (start > 0 && colon - start < 5 && char.IsAsciiHexDigit(text[start - 1]))
                start--;
            while (end < text.Length && (text[end] == ':' || char.IsAsciiHexDigit(text[end])))
                end++;
            int from = Math.Max(0, start - 1), to = Math.Min(text.Length, end + 1);
            foreach (var m in Address6().EnumerateMatches(text.AsSpan(from, to - from)))
            {
                if (IsPublic6(text.AsSpan(from + m.Index, m.Length)))
                    PersonalData.Add(ref found, "ip", from + m.Index, from + m.Index + m.Length);
            }
            colon = text.IndexOf(':', end);
        }
    }

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiHexDigit(c))
                return false;
        }
        return true;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (char c in text)
            count += char.IsAsciiDigit(c) ? 1 : 0;
        return count;
    }

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
        text.Count(':') >= 3 && text.ContainsAnyInRange('0', '9') && IPAddress.TryParse(text, out var address)
        && address.AddressFamily == AddressFamily.InterNetworkV6 && IsGlobalUnicast(address);

    // 2000::/3 is all that was given out for public use (RFC 4291, 2.4; IANA's registry).
    private static bool IsGlobalUnicast(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out _) && bytes[0] >> 5 == 1;
    }

    // Taiwan: a letter and nine digits; formerly a resident's second place was a letter too.
    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Za-z][1289A-Da-d][0-9]{8}(?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex TaiwanId();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Z]{1,2}[0-9]{6} ?\([0-9A]\)", RegexOptions.CultureInvariant)]
    private static partial Regex HongKongId();

    // Areas that were never given out (000, 666, 9xx) are left alone.
    [GeneratedRegex(@"(?<![0-9-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![0-9-])", RegexOptions.CultureInvariant)]
    private static partial Regex SocialSecurity();

    // Six digits of place, eight of the day of birth, three of order, a check digit that may be X.
    [GeneratedRegex(@"(?<![0-9A-Za-z])[1-8][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex MainlandId();

    [GeneratedRegex(@"(?<![0-9.,])(?:[2-6][0-9](?:[ -]?[0-9]){11,17}|[2-6][0-9]{3}(?:\.[0-9]{4}){3})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Card();

    // "v1.2.3.4" and "version 1.2.3.4" are releases, "chapter 1.2.3.4" is a place in a book, five parts and more something else.
    [GeneratedRegex(@"(?:(?<![0-9A-Za-z.])|(?<=(?<![A-Za-z])ip))(?<!(?:version|ver\.?|release|firmware|chapter|section|clause|§|版本?[號号]?|韌體|固件|章[節节]?)[ :：]{0,2})[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9A-Za-z]|\.[0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address4();

    [GeneratedRegex(@"(?<![0-9A-Za-z.])(?<![0-9A-Fa-f:]:)[0-9A-Fa-f]{1,4}(?:::?[0-9A-Fa-f]{1,4}){2,7}(?:::)?(?![0-9A-Za-z:])", RegexOptions.CultureInvariant)]
    private static partial Regex Address6();

    // In turn: Taiwan mobile, Taiwan mobile and landline with country code, Taiwan landline with brackets, with a separator,
    // unbroken; toll-free; any +country number; North America; Japan and mainland China mobiles; UK mobile and landline;
    // French mobile.
    [GeneratedRegex(@"(?<![0-9.,+])(?:
        09[0-9]{2}[ .-]?[0-9]{3}[ .-]?[0-9]{3} | 09[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}
        | (?:886|\(886\))[ -]?9[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}
        | \(0[2-8][0-9]{0,2}\)[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}
        | 0[2-8][0-9]{0,2}[ -][0-9]{3,4}[ -]?[0-9]{4} | 0(?:37|49|82|89)[0-9]?[ -][0-9]{3}[ -]?[0-9]{3,4} | 0[3-8][0-9]-[0-9]{6}
        | 0[2-8][0-9]{8} | 0[3-8][0-9]{7}
        | 0800[ -]?[0-9]{3}[ -]?[0-9]{3}
        | \+[1-9][0-9]{0,2}[ .-]?(?:\([0-9]{1,4}\)[ .-]?)?[0-9]{1,4}(?:[ .-]?[0-9]{2,4}){2,4}
        | 00[1-9][0-9]{1,2}[ -][0-9]{1,4}(?:[ -]?[0-9]{2,4}){2,3}
        | (?:1[ .-])?\([2-9][0-9]{2}\)[ .-]?[0-9]{3}[ .-][0-9]{4} | (?:1[ .-])?[2-9][0-9]{2}[ .-][0-9]{3}[ .-][0-9]{4}
        | 0[789]0-[0-9]{4}-[0-9]{4} | 1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}
        | 07[0-9]{3}[ -][0-9]{3}[ -]?[0-9]{3} | 01[0-9]{2}[ -][0-9]{3}[ -][0-9]{4} | 01[0-9]{3}[ -][0-9]{3}[ -]?[0-9]{3} | 0[67](?:[ .][0-9]{2}){4}
        )(?![0-9]|[.-][0-9]{2})", RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Phone();

    [GeneratedRegex(@"^(?:,? ?(?:ext(?:ension)?\b\.?|x|#|轉|转|分機|分机) ?[:：]? ?)[0-9]{1,5}(?![0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Extension();

    [GeneratedRegex(@"(?:電話|电话|手機|手机|致電|來電|撥打|撥|\btel|\bphone|\bmobile|\bcell|\bcall(?: me)?(?: at| on)?|\btext me(?: at| on)?|\bwhatsapp|聯絡|联系)[ 是:：.#]{0,4}(?:\([0-9]{2,3}\) ?)?[0-9]{3,4}[ -]?[0-9]{3}[ -]?[0-9]{0,4}[0-9](?![0-9]|[./-][0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnnouncedPhone();
}
