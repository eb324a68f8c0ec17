namespace Syrinx.Ads;

/// <summary>
/// Finds the links of a post that X will shorten, by the rules published with twitter-text: <c>http(s)://</c> before a domain,
/// or the ASCII part of a domain alone; the ending must be a top-level domain; what stands before and after decides too. A
/// scanner of one pass instead of that library's regular expressions.
/// </summary>
internal static class XLinks
{
    private const int MaxLinkLength = 4096, MaxSlugLength = 40, MaxLabelLength = 63;

    private static readonly HashSet<string> TopLevel = [.. DataFiles.Words("tlds.txt")];
    private static readonly int LongestTopLevel = TopLevel.Max(t => t.Length);

    /// <summary>Start and length of each link, in order.</summary>
    /// <param name="text">A text in NFC.</param>
    public static IEnumerable<(int Start, int Length)> Find(string text)
    {
        int lastDot = text.LastIndexOf('.');
        // each label is looked up once, however many domains might run through it: a.a.a.a…
        var tops = new Dictionary<int, int>();
        for (int at = 0; at < lastDot; at++)
        {
            if (at > 0 && !MayPrecede(text[at - 1]))
                continue;
            int domain = at + ProtocolLength(text, at), domainEnd = DomainEnd(text, domain, tops);
            if (domainEnd < 0)
                continue;
            int pathStart = PortEnd(text, domainEnd), pathEnd = PathEnd(text, pathStart), end = QueryEnd(text, pathEnd);
            if (IsPossible(text, at, domain, domainEnd, end))
            {
                foreach (var link in domain > at
                    ? WithProtocol(text, at, end) : WithoutProtocol(text, at, domainEnd, pathStart, pathEnd, end))
                    yield return link;
            }
            at = end; // what stands before the next link is not part of this one
        }
    }

    private static IEnumerable<(int Start, int Length)> WithProtocol(string text, int start, int end)
    {
        int slug = text.AsSpan(start).StartsWith("https", StringComparison.OrdinalIgnoreCase) ? start + 13 : start + 12;
        if (slug < end && text.AsSpan(slug - 5, 5).Equals("t.co/", StringComparison.OrdinalIgnoreCase))
        {
            // behind X's own short links nothing more belongs to the link
            int slugEnd = slug;
            while (slugEnd < end && char.IsAsciiLetterOrDigit(text[slugEnd]))
                slugEnd++;
            if (slugEnd - slug > MaxSlugLength)
                yield break;
            if (slugEnd > slug)
                end = QueryEnd(text, slugEnd);
        }
        yield return (start, end - start);
    }

    private static IEnumerable<(int Start, int Length)> WithoutProtocol(
        string text, int start, int domainEnd, int pathStart, int pathEnd, int end)
    {
        if (start > 0 && text[start - 1] is '-' or '_' or '.' or '/')
            yield break;
        (int Start, int End)? last = null;
        for (int at = start; at < domainEnd;)
        {
            if (!IsAsciiDomainChar(text[at]) || AsciiDomainEnd(text, at, domainEnd) is not (> 0 and var asciiEnd))
            {
                at++;
                continue;
            }
            if (last is { } before)
                yield return (before.Start, before.End - before.Start);
            last = (at, asciiEnd);
            at = asciiEnd;
        }
        if (last is { } link)
            yield return (link.Start, (pathEnd > pathStart ? end : link.End) - link.Start);
    }

    /// <summary>Every label at most 63 bytes in punycode, the whole at most 4,096 characters.</summary>
    private static bool IsPossible(string text, int start, int domain, int domainEnd, int end)
    {
        string name = text[domain..domainEnd];
        if (name.StartsWith("xn--", StringComparison.Ordinal) && !name.All(c => IsAsciiDomainChar(c) || c == '.'))
            return false;
        int protocol = domain == start ? "https://".Length : 0;
        return end - start + protocol <= MaxLinkLength
            && name.Split('.').All(label => Punycode.LengthOf(label) is > 0 and <= MaxLabelLength);
    }

    private static bool MayPrecede(char c) =>
        !char.IsAsciiLetterOrDigit(c) && c is not ('@' or '＠' or '$' or '#' or '＃') && !XText.IsForbidden(c);

    private static int ProtocolLength(string text, int at)
    {
        var rest = text.AsSpan(at);
        return rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7 : 0;
    }

    /// <summary>The end of the longest domain that begins here, or -1.</summary>
    private static int DomainEnd(string text, int start, Dictionary<int, int> tops)
    {
        int end = -1;
        bool nameBefore = false;
        for (int label = start; label < text.Length;)
        {
            if (nameBefore)
            {
                if (!tops.TryGetValue(label, out int topEnd))
                    tops[label] = topEnd = TopLevelEnd(text, label, text.Length);
                end = topEnd > 0 ? topEnd : end;
            }
            int labelEnd = label;
            bool underscore = false;
            while (labelEnd < text.Length && (IsDomainChar(text[labelEnd]) || text[labelEnd] is '-' or '_'))
                underscore |= text[labelEnd++] == '_';
            if (labelEnd == label || labelEnd >= text.Length || text[labelEnd] != '.'
                || text[label] is '-' or '_' || text[labelEnd - 1] is '-' or '_')
                break;
            nameBefore = !underscore; // an underscore may stand in a subdomain only
            label = labelEnd + 1;
        }
        return end;
    }

    /// <summary>The end of the ASCII (and accented Latin) domain that begins here, within a domain; -1 where there is none.</summary>
    private static int AsciiDomainEnd(string text, int start, int limit)
    {
        int end = -1;
        for (int label = start; ;)
        {
            int labelEnd = label;
            while (labelEnd < limit && IsAsciiDomainChar(text[labelEnd]))
                labelEnd++;
            if (labelEnd == label || labelEnd >= limit || text[labelEnd] != '.')
                return end;
            label = labelEnd + 1;
            if (TopLevelEnd(text, label, limit) is > 0 and var topEnd)
                end = topEnd;
        }
    }

    /// <summary>The end of a top-level domain at this place, or -1.</summary>
    private static int TopLevelEnd(string text, int start, int limit)
    {
        if (text.AsSpan(start, limit - start).StartsWith("xn--", StringComparison.OrdinalIgnoreCase))
        {
            int end = start + 4;
            while (end < limit && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '-'))
                end++;
            return end > start + 4 ? end : -1;
        }
        for (int length = Math.Min(LongestTopLevel, limit - start); length >= 2; length--)
        {
            int end = start + length;
            // it must not go on as a word or an address would
            if (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '@' or '+' or '-'))
                continue;
            if (TopLevel.Contains(text.Substring(start, length).ToLowerInvariant()))
                return end;
        }
        return -1;
    }

    private static int PortEnd(string text, int at)
    {
        int end = at;
        if (end < text.Length && text[end] == ':')
        {
            while (++end < text.Length && char.IsAsciiDigit(text[end])) { }
        }
        return end > at + 1 ? end : at;
    }

    private static int PathEnd(string text, int at)
    {
        if (at >= text.Length || text[at] != '/')
            return at;
        int end = at + 1;
        for (int i = at + 1; i < text.Length;)
        {
            if (BalancedEnd(text, i, depth: 2) is > 0 and var after)
            {
                end = i = after;
                continue;
            }
            if (!IsPathChar(text[i]))
                break;
            i++;
            if (IsPathEnding(text[i - 1]))
                end = i;
        }
        return end;
    }

    /// <summary>The end of "(…)" with something in it, at most two deep, or -1.</summary>
    private static int BalancedEnd(string text, int at, int depth)
    {
        if (depth == 0 || at >= text.Length || text[at] != '(')
            return -1;
        int i = at + 1;
        while (i < text.Length)
        {
            if (text[i] == ')')
                return i > at + 1 ? i + 1 : -1;
            if (BalancedEnd(text, i, depth - 1) is > 0 and var after)
                i = after;
            else if (IsPathChar(text[i]))
                i++;
            else
                break;
        }
        return -1;
    }

    private static int QueryEnd(string text, int at)
    {
        if (at >= text.Length || text[at] != '?')
            return at;
        int end = at;
        for (int i = at + 1; i < text.Length && IsQueryChar(text[i]); i++)
        {
            if (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '-' or '_' or '&' or '=' or '#' or '/')
                end = i + 1;
        }
        return end;
    }

    /// <summary>Anything but punctuation, white space, direction marks and forbidden characters.</summary>
    private static bool IsDomainChar(char c) =>
        !(c < 0x80 && !char.IsAsciiLetterOrDigit(c)) && !IsSpace(c) && !IsDirection(c) && !XText.IsForbidden(c);

    private static bool IsSpace(char c) => c is '\u0085' or '\u00A0' or '\u1680' or '\u180E' or (>= '\u2000' and <= '\u200A')
        or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000';

    private static bool IsDirection(char c) =>
        c is (>= '\u202A' and <= '\u202E') or '\u061C' or '\u200E' or '\u200F' or (>= '\u2066' and <= '\u2069');

    private static bool IsAsciiDomainChar(char c) => char.IsAsciiLetterOrDigit(c) || c == '-' || IsAccentedLatin(c);

    private static bool IsPathChar(char c) =>
        char.IsAsciiLetterOrDigit(c) || "!*';:=+,.$/%#[]-\u2013_~@|&".Contains(c, StringComparison.Ordinal) || IsCyrillic(c)
        || IsAccentedLatin(c);

    private static bool IsPathEnding(char c) =>
        char.IsAsciiLetterOrDigit(c) || "+-=_#/".Contains(c, StringComparison.Ordinal) || IsCyrillic(c) || IsAccentedLatin(c);

    private static bool IsQueryChar(char c) =>
        char.IsAsciiLetterOrDigit(c) || "!?*'@();:&=+$/%#[]-_.,~|".Contains(c, StringComparison.Ordinal);

    private static bool IsCyrillic(char c) => c is >= '\u0400' and <= '\u04FF';

    private static bool IsAccentedLatin(char c) =>
        c is >= '\u00C0' and <= '\u024F' and not ('\u00D7' or '\u00F7')
            or '\u0253' or '\u0254' or '\u0256' or '\u0257' or '\u0259' or '\u025B' or '\u0263' or '\u0268' or '\u026F' or '\u0272' or '\u0289'
            or '\u02BB' or (>= '\u0300' and <= '\u036F') or (>= '\u1E00' and <= '\u1EFF');
}
