using System.Text.RegularExpressions;

namespace Syrinx.Data.Corpus.Privacy;

/// <summary>Finds links and the handles of members in a text.</summary>
internal static partial class Links
{
    public readonly record struct Span(int Start, int End);

    /// <summary>Links with a scheme, with www, or bare with a path; closing punctuation is not part of them.</summary>
    public static List<Span> Spans(string text)
    {
        List<Span> spans = [];
        for (int from = Candidate(text, 0); from >= 0;)
        {
            // the pattern looks on by itself when the candidate is none
            int end = -1;
            foreach (var m in Link().EnumerateMatches(text, from))
            {
                end = m.Index + m.Length;
                spans.Add(new(m.Index, end));
                break;
            }
            from = end < 0 ? -1 : Candidate(text, end);
        }
        return spans;
    }

    /// <summary>
    /// Where the next link may begin, so that the pattern need not be tried at every character; −1 where none follows. Each link has a
    /// slash behind a scheme or behind a host with a dot, or begins with www.
    /// </summary>
    private static int Candidate(string text, int from)
    {
        var rest = text.AsSpan(from);
        // three letters that are others' lower or upper case: who writes links with them is not in a hurry
        if (rest.IndexOfAny('\u212A', '\u017F', '\u0130') >= 0)
            return from;
        int www = rest.IndexOf("www.", StringComparison.OrdinalIgnoreCase);
        int end = www < 0 ? rest.Length : www;
        for (int slash = rest[..end].IndexOf('/'); slash >= 0;)
        {
            if (slash >= 5 && rest[slash - 1] == ':' && slash + 1 < rest.Length && rest[slash + 1] == '/')
                return from + Math.Max(0, slash - 6);
            int start = HostStart(rest, slash);
            if (rest[start..slash].Contains('.'))
                return from + start;
            int next = rest[(slash + 1)..end].IndexOf('/');
            slash = next < 0 ? -1 : slash + 1 + next;
        }
        return www < 0 ? -1 : from + HostStart(rest, www);
    }

    private static int HostStart(ReadOnlySpan<char> text, int end)
    {
        while (end > 0 && (char.IsAsciiLetterOrDigit(text[end - 1]) || text[end - 1] is '.' or '-'))
            end--;
        return end;
    }

    /// <summary>The host of a link in lower case without www, or the link itself where it has none.</summary>
    public static string Host(ReadOnlySpan<char> link)
    {
        int scheme = link.IndexOf("://");
        if (scheme >= 0)
            link = link[(scheme + 3)..];
        int end = link.IndexOfAny("/?#:");
        if (end >= 0)
            link = link[..end];
        string host = link.ToString().ToLowerInvariant();
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }

    [GeneratedRegex(@"(?:https?://|www\.)[^\s<>""'，。！？、；：（）「」『』【】《》\[\]]*[^\s<>""'，。！？、；：（）「」『』【】《》\[\].,!?;:)]|(?<![A-Za-z0-9@._/-])(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,10}/[A-Za-z0-9%_~?=&#./+-]*[A-Za-z0-9%_~=/+-]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    internal static partial Regex Link();

    /// <summary>The handles of members: <c>@name</c>, <c>@name@server</c>, <c>u/name</c>; not <c>@5</c>, nor the @ inside an
    /// e-mail address.</summary>
    public static void AddHandles(string text, List<Span> spans)
    {
        if (text.Contains('@'))
        {
            foreach (var m in AtHandle().EnumerateMatches(text))
                spans.Add(new(m.Index, m.Index + m.Length));
        }
        if (text.Contains("u/", StringComparison.Ordinal))
        {
            foreach (var m in UserPath().EnumerateMatches(text))
                spans.Add(new(m.Index, m.Index + m.Length));
        }
    }

    [GeneratedRegex(@"@(?<![A-Za-z0-9_@/.]@)(?![0-9]+(?![A-Za-z0-9_]))[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,60}[A-Za-z0-9_])?(?:@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)?", RegexOptions.CultureInvariant)]
    private static partial Regex AtHandle();

    [GeneratedRegex(@"(?<![A-Za-z0-9/])/?u/[A-Za-z0-9_-]{3,20}(?![A-Za-z0-9/])", RegexOptions.CultureInvariant)]
    private static partial Regex UserPath();

    /// <summary>Handles at the very start of a reply, which the platform put there.</summary>
    [GeneratedRegex(@"^\s*(?:@[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,60}[A-Za-z0-9_])?(?:@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)?[\s,:，：]+)+", RegexOptions.CultureInvariant)]
    public static partial Regex LeadingHandles();
}
