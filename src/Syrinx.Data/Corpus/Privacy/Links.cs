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
        if (!text.Contains('/') && !text.Contains("www.", StringComparison.OrdinalIgnoreCase))
            return spans;
        foreach (var m in Link().EnumerateMatches(text))
            spans.Add(new(m.Index, m.Index + m.Length));
        return spans;
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
    private static partial Regex Link();

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
