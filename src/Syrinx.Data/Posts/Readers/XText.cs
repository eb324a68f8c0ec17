using System.Text.Json;

namespace Syrinx.Data.Posts.Readers;

/// <summary>A link in a tweet as its entities tell: the t.co address and where it leads.</summary>
/// <param name="Short">As it stands in the text.</param>
/// <param name="Expanded">Where it leads, or null.</param>
/// <param name="IsMedia">It only shows the tweet's own picture or video.</param>
internal readonly record struct XLink(string Short, string? Expanded, bool IsMedia);

/// <summary>What tweets of all of X's formats share: links put in place of t.co, and small vocabularies.</summary>
internal static class XText
{
    /// <summary>
    /// Decodes entities, puts each link's target in place of its t.co address, and drops links to the tweet's own media, to
    /// the tweet that it quotes, and to itself. The links that stay are given back as the post's urls.
    /// </summary>
    public static string Resolve(string text, IEnumerable<XLink> links, string id, string? quoted, out string[] urls)
    {
        text = PostText.DecodeEntities(text);
        var kept = new List<string>();
        foreach (var link in links)
        {
            string? target = link.Expanded;
            bool drop = link.IsMedia || StatusId(target) is { } status && (status == id || status == quoted);
            if (!drop && PostText.Line(target ?? link.Short) is { } url && !kept.Contains(url))
                kept.Add(url);
            if (link.Short.Length == 0)
                continue;
            if (drop)
                text = text.Replace(" " + link.Short, "", StringComparison.Ordinal).Replace(link.Short, "", StringComparison.Ordinal);
            else if (target is not null)
                text = text.Replace(link.Short, target, StringComparison.Ordinal);
        }
        urls = [.. kept];
        return PostText.Clean(text);
    }

    /// <summary>The id of the tweet that an address of X leads to, or null: <c>https://x.com/mei/status/20?s=21</c>.</summary>
    public static string? StatusId(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !IsX(uri.Host))
            return null;
        string[] parts = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        int at = Array.FindIndex(parts, p => p is "status" or "statuses");
        return at >= 0 && at + 1 < parts.Length && parts[at + 1].All(char.IsAsciiDigit) ? parts[at + 1] : null;
    }

    /// <summary>Whether an address shows a tweet's own picture or video.</summary>
    public static bool IsMediaUrl(string? expanded, string? display) =>
        display is not null && (display.StartsWith("pic.twitter.com/", StringComparison.Ordinal)
            || display.StartsWith("pic.x.com/", StringComparison.Ordinal))
        || StatusId(expanded) is not null && (expanded!.Contains("/photo/", StringComparison.Ordinal)
            || expanded.Contains("/video/", StringComparison.Ordinal));

    /// <summary>
    /// X's language codes as BCP 47: what it could not tell (<c>und</c>, and its own <c>qst</c>, <c>qme</c> … for texts that are
    /// too short, or only media) is null; its outdated codes are put right.
    /// </summary>
    public static string? Lang(string? code) => code switch
    {
        null or "und" or "zxx" => null,
        { Length: 3 } when code[0] is 'q' && code[1] is >= 'a' and <= 't' => null,
        "in" => "id",
        "iw" => "he",
        "ji" => "yi",
        _ => code,
    };

    /// <summary>A program's name, also where it comes as an HTML link.</summary>
    public static string? Client(string? source)
    {
        if (source is null)
            return null;
        int open = source.IndexOf('>', StringComparison.Ordinal);
        int close = source.LastIndexOf("</", StringComparison.Ordinal);
        if (source.StartsWith('<') && open >= 0 && close > open)
            source = source[(open + 1)..close];
        return PostText.Line(PostText.DecodeEntities(source));
    }

    /// <summary>Whether a tweet is the notice that stands in place of one that breaks X's media rules.</summary>
    public static bool IsNotice(IEnumerable<XLink> links) =>
        links.Any(l => l.Expanded?.EndsWith("support.twitter.com/articles/20169199", StringComparison.Ordinal) == true);

    /// <summary>Whether a field lists countries, or says that somebody else's right keeps the tweet back.</summary>
    public static bool IsWithheld(JsonElement withheld) =>
        withheld.IsTrue("copyright") || withheld.Items("country_codes").Any();

    public static string? Id(string? id) => id is { Length: > 0 } && id.All(char.IsAsciiLetterOrDigit) ? "x:" + id : null;

    private static bool IsX(string host) => host is "twitter.com" or "www.twitter.com" or "mobile.twitter.com"
        or "x.com" or "www.x.com" or "mobile.x.com";
}
