using System.Xml;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Readers.Html;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Reads <c>Posts.xml</c> of Stack Exchange's dumps: questions and answers, a <c>row</c> each. The file does not name its site;
/// the folder or archive that it lies in does. Who shows these posts owes their authors a mention (CC BY-SA).
/// </summary>
internal static class StackExchangeReader
{
    private const string Question = "1";
    private const string Answer = "2";

    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file)
    {
        string site = scope.Site(file);
        scope.Note($"Posts of Stack Exchange ({site}) are licensed CC BY-SA: whoever shows them names their authors and links to them.");
        return XmlRecordReader.Plan(scope, file, "row", hasContent: false, "Id=\"", (xml, source, span, batch) => Row(xml, site, source, span, batch));
    }

    /// <summary>Whether a file of a dump may be read: the others hold votes, comments, and what was written before an edit.</summary>
    public static bool IsReadable(string name) => name.Equals("Posts.xml", StringComparison.OrdinalIgnoreCase);

    private static void Row(XmlReader xml, string site, string source, RecordSpan span, ReadBatch batch)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal);
        while (xml.MoveToNextAttribute())
            row[xml.Name] = xml.Value;
        while (xml.Read())
        {
            // What follows the row must be nothing: else it is damaged, and this throws.
        }
        string? Id(string name) => row.GetValueOrDefault(name) is { Length: > 0 and < 20 } id && id.All(char.IsAsciiDigit)
            ? $"stackexchange:{site}/{id}" : null;
        if (Id("Id") is not { } id)
        {
            batch.Quarantine(source, span.Offset, span.Length, "field Id");
            return;
        }
        string? type = row.GetValueOrDefault("PostTypeId");
        if (type is not (Question or Answer))
        {
            batch.Skip("not_a_post"); // wikis of tags, nominations, texts of the site itself
            return;
        }
        if (row.ContainsKey("DeletionDate"))
        {
            batch.Facts.Add(new(FactKind.Post, id, "deleted"));
            batch.Skip("deleted");
            return;
        }
        var html = HtmlText.Of(row.GetValueOrDefault("Body") ?? "");
        string text = PostText.Clean(html.Text);
        string? title = PostText.Line(row.GetValueOrDefault("Title"));
        if (text.Length == 0 && title is null)
        {
            batch.Skip("empty");
            return;
        }
        string? user = Id("OwnerUserId") ?? (Number(row, "OwnerUserId") < 0 ? $"stackexchange:{site}/-1" : null);
        string? parent = type == Answer ? Id("ParentId") : null;
        batch.Posts.Add(new()
        {
            Id = id,
            Platform = "stackexchange",
            Kind = type == Question ? "article" : "post",
            Community = site,
            AuthorId = user,
            Author = PostText.Line(row.GetValueOrDefault("OwnerDisplayName")),
            CreatedAt = PostTime.Iso(row.GetValueOrDefault("CreationDate")),
            EditedAt = PostTime.Iso(row.GetValueOrDefault("LastEditDate")),
            Text = text,
            Title = title,
            ReplyTo = parent,
            ThreadId = parent ?? id,
            Replies = Number(row, "AnswerCount"),
            Views = Number(row, "ViewCount"),
            Score = Number(row, "Score"),
            Urls = html.Links,
            // <one><two>, and |one|two| in newer dumps
            Hashtags = [.. (row.GetValueOrDefault("Tags") ?? "").Split(['<', '>', '|'], StringSplitOptions.RemoveEmptyEntries)
                .Select(PostText.Line).OfType<string>().Distinct(StringComparer.Ordinal)],
            Source = source,
        });
    }

    private static long? Number(Dictionary<string, string> row, string name) => long.TryParse(row.GetValueOrDefault(name),
        System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long n) ? n : null;
}
