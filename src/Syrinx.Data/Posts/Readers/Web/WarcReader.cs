using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers.Web;

/// <summary>
/// Reads WARC files as crawlers and Common Crawl write them: pages (<c>response</c>, <c>resource</c>) by their main text, and the
/// plain text of WET files (<c>conversion</c>), as documents beside the posts. A page has the id of its capture, which WET files
/// and FineWeb tell too, so the same page by several ways is one document.
/// </summary>
internal static class WarcReader
{
    private const int BatchBytes = 1 << 20;

    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file)
    {
        var records = new List<WarcRecord>();
        long bytes = 0;
        foreach (var record in new WarcRecords(scope.Open(file)).Read(IsWanted))
        {
            records.Add(record);
            bytes += record.Body.Length + 1000;
            if (bytes < BatchBytes)
                continue;
            var some = records;
            yield return () => Parse(some, file.Name);
            (records, bytes) = ([], 0);
        }
        if (records.Count > 0)
            yield return () => Parse(records, file.Name);
        scope.Close();
    }

    private static bool IsWanted(IReadOnlyDictionary<string, string> headers) => headers.GetValueOrDefault("warc-type") switch
    {
        "response" => headers.GetValueOrDefault("content-type")?.StartsWith("application/http", StringComparison.OrdinalIgnoreCase) == true,
        "conversion" => WebText.IsPlain(headers.GetValueOrDefault("content-type")),
        "resource" => WebText.IsPlain(headers.GetValueOrDefault("content-type")) || WebText.IsHtml(headers.GetValueOrDefault("content-type")),
        _ => false,
    };

    private static ReadBatch Parse(List<WarcRecord> records, string file)
    {
        var batch = new ReadBatch();
        foreach (var record in records)
        {
            string source = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file}@{record.Offset}");
            string? problem = record.Problem;
            try
            {
                if (problem is null)
                    problem = Read(record, source, batch);
            }
            catch (BadUnicodeException)
            {
                problem = "bad_unicode";
            }
            if (problem is not null)
                batch.Quarantine(source, record.Offset, record.Length, problem);
        }
        return batch;
    }

    /// <summary>Reads a record into the batch, or returns what is wrong with it.</summary>
    private static string? Read(WarcRecord record, string source, ReadBatch batch)
    {
        string? type = record.Header("warc-type");
        string? contentType = record.Header("content-type");
        byte[] content = record.Body;
        if (!IsWanted(record.Headers))
        {
            batch.Skip("not_a_page"); // what the crawler asked, what it noted, pictures
            return null;
        }
        if (type == "response")
        {
            if (HttpResponse.Read(record.Body) is not { } response)
                return "not_http";
            if (response.Status != 200)
            {
                batch.Skip("no_answer"); // moved, not found, not allowed
                return null;
            }
            (contentType, content) = (response.ContentType, response.Content);
        }
        if (!WebText.IsPlain(contentType) && !WebText.IsHtml(contentType))
        {
            batch.Skip("not_a_page");
            return null;
        }
        var page = WebText.IsHtml(contentType) ? MainText.Of(WebText.Decode(content, contentType))
            : new MainText(WebText.Decode(content, contentType), null, null);
        string text = PostText.Clean(page.Text);
        if (text.Length == 0)
        {
            batch.Skip("empty");
            return null;
        }
        string? address = PostText.Line(record.Header("warc-target-uri")?.Trim('<', '>'));
        string capture = (type == "conversion" ? record.Header("warc-refers-to") : null) ?? record.Header("warc-record-id") ?? "";
        batch.Posts.Add(WebDocument.Of(
            WebDocument.Id(capture, address, record.Header("warc-date")), text, PostText.Line(page.Title), address,
            PostTime.Iso(record.Header("warc-date")), page.Lang ?? WebDocument.Language(record.Header("warc-identified-content-language")), source));
        return null;
    }
}
