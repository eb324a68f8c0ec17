using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers.Wiki;

/// <summary>
/// Reads XML dumps of Wikipedia and other MediaWiki sites: the articles, as documents beside the posts. Of a dump with histories
/// the last revision counts. Who wrote a revision is not kept.
/// </summary>
internal static partial class WikipediaReader
{
    private const int HeadBytes = 1 << 16;
    private const int MaxDepth = 16;

    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file)
    {
        string head = Encoding.UTF8.GetString(file.Peek(HeadBytes));
        int page = head.IndexOf("<page>", StringComparison.Ordinal);
        if (page >= 0)
            head = head[..page];
        string site = Name().Match(head) is { Success: true } name ? name.Groups[1].Value : scope.Site(file);
        string? lang = Language().Match(head) is { Success: true } language ? language.Groups[1].Value : null;
        string? address = Base().Match(head) is { Success: true } found ? found.Groups[1].Value : null;
        return XmlRecordReader.Plan(scope, file, "page", hasContent: true, "<revision",
            (xml, source, span, batch) => Page(xml, site, lang, address, source, span, batch));
    }

    private static void Page(
        XmlReader xml, string site, string? lang, string? address, string source, RecordSpan span, ReadBatch batch)
    {
        string? title = null, ns = null, pageId = null, time = null, model = null, text = null;
        bool redirect = false, deleted = false;
        while (!xml.EOF)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                xml.Read();
                continue;
            }
            if (xml.Depth > MaxDepth)
            {
                batch.Quarantine(source, span.Offset, span.Length, "too_deep");
                return;
            }
            switch (xml.LocalName)
            {
                case "title": title = Content(xml); break;
                case "ns": ns = Content(xml); break;
                case "id" when xml.Depth == 1: pageId = Content(xml); break;
                case "redirect": redirect = true; xml.Read(); break;
                case "revision": (time, model, text, deleted) = (null, null, null, false); xml.Read(); break;
                case "timestamp": time = Content(xml); break;
                case "model": model = Content(xml); break;
                case "text": deleted = xml.GetAttribute("deleted") is not null; text = Content(xml); break;
                default: xml.Read(); break;
            }
        }
        if (pageId is not { Length: > 0 and < 20 } || !pageId.All(char.IsAsciiDigit) || PostText.Line(title) is not { } name)
        {
            batch.Quarantine(source, span.Offset, span.Length, pageId is null ? "field id" : "field title");
            return;
        }
        string id = $"wikipedia:{site}/{pageId}";
        string? skip = deleted ? "deleted" : redirect ? "redirect" : ns is not (null or "0") || model is not (null or "wikitext") ? "not_an_article" : null;
        if (deleted)
            batch.Facts.Add(new(FactKind.Post, id, "deleted"));
        string plain = skip is null ? PostText.Clean(WikiText.Plain(text ?? "")) : "";
        if (skip is not null || plain.Length == 0)
        {
            batch.Skip(skip ?? "empty");
            return;
        }
        batch.Posts.Add(new()
        {
            Id = id,
            Platform = "wikipedia",
            Kind = "encyclopedia",
            CreatedAt = PostTime.Iso(time),
            EditedAt = PostTime.Iso(time), // so that a newer dump's text stays
            Text = plain,
            Title = name,
            Lang = lang,
            ThreadId = id,
            Urls = address is null ? [] : [Address(address, name)],
            Source = source,
        });
    }

    /// <summary>The text of an element that has nothing else, and on to what follows it.</summary>
    private static string Content(XmlReader xml) => xml.ReadElementContentAsString();

    /// <summary>An article's address, from that of the site's main page.</summary>
    private static string Address(string main, string title)
    {
        string name = title.Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal)
            .Replace("#", "%23", StringComparison.Ordinal).Replace("\"", "%22", StringComparison.Ordinal).Replace(' ', '_');
        return main[..(main.LastIndexOf('/') + 1)] + name;
    }

    [GeneratedRegex(@"<dbname>([A-Za-z0-9_\-]{1,64})</dbname>", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"<mediawiki[^>]{0,1000}\sxml:lang=""([A-Za-z\-]{2,20})""", RegexOptions.CultureInvariant)]
    private static partial Regex Language();

    [GeneratedRegex(@"<base>(https?://[^<\s]{1,300})</base>", RegexOptions.CultureInvariant)]
    private static partial Regex Base();
}
