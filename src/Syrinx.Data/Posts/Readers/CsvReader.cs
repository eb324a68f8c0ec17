using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>Reads CSV files with a header row; the file's name is the community where no column is.</summary>
internal static partial class CsvReader
{
    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file, IReadOnlyDictionary<string, string> map)
    {
        byte[] start = file.Peek(1 << 14);
        if (start.Contains((byte)0))
        {
            yield return () => Binary(file);
            yield break;
        }
        byte delimiter = Delimiter(start);
        CsvMapping? mapping = null;
        string community = Path.GetFileNameWithoutExtension(file.PlainName);
        foreach (var chunk in CsvRows.Read(scope.Open(file), delimiter))
        {
            int first = 0;
            if (mapping is null)
            {
                mapping = Header(file, chunk, delimiter, map);
                scope.ReadWith(mapping + (mapping["community"] < 0 ? ", community by the file's name" : ""), file.Name);
                first = 1;
            }
            var columns = mapping;
            yield return () => Parse(chunk, first, file.Name, delimiter, columns, community);
        }
        scope.Close();
    }

    /// <summary>Whether the columns' names tell where a post's words are; a binary file is for the reader to complain of.</summary>
    public static bool Recognises(SourceFile file)
    {
        byte[] start = file.Peek(1 << 14);
        if (start.Contains((byte)0))
            return true;
        int end = start.AsSpan().IndexOf((byte)'\n');
        var names = new List<string>();
        try
        {
            CsvRows.Fields(start.AsSpan(0, end < 0 ? start.Length : end).TrimEnd((byte)'\r'), Delimiter(start), names);
        }
        catch (DecoderFallbackException)
        {
            return true;
        }
        return CsvMapping.HasWords(names);
    }

    private static CsvMapping Header(SourceFile file, RecordChunk chunk, byte delimiter, IReadOnlyDictionary<string, string> map)
    {
        var names = new List<string>();
        try
        {
            if (chunk.Records[0].Problem is { } problem)
                throw new InputException($"{file.Name}:1 should name the columns, but it is {problem}.");
            CsvRows.Fields(chunk.Span(chunk.Records[0]), delimiter, names);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException($"{file.Name} is no UTF-8 text. Save it as CSV UTF-8 and import again.", e);
        }
        return CsvMapping.Create(file.Name, names, map);
    }

    private static ReadBatch Parse(RecordChunk chunk, int first, string name, byte delimiter, CsvMapping mapping, string community)
    {
        var batch = new ReadBatch();
        var row = new List<string>();
        foreach (var span in chunk.Records.Skip(first))
        {
            string source = string.Create(CultureInfo.InvariantCulture, $"{name}:{span.Number}");
            string? problem = span.Problem;
            try
            {
                if (problem is null)
                {
                    CsvRows.Fields(chunk.Span(span), delimiter, row);
                    if (row.Count != mapping.Columns)
                        problem = $"{row.Count} columns, not {mapping.Columns}";
                    else
                        Row(row, mapping, community, source, batch);
                }
            }
            catch (Exception e) when (e is DecoderFallbackException or BadUnicodeException)
            {
                problem = "bad_unicode";
            }
            if (problem is not null)
                batch.Quarantine(source, span.Offset, span.Length, problem);
        }
        chunk.Release();
        return batch;
    }

    private static void Row(List<string> row, CsvMapping mapping, string fileCommunity, string source, ReadBatch batch)
    {
        string? Raw(string field) => mapping[field] is >= 0 and var c && row[c].Length > 0 ? row[c] : null;
        string? Line(string field) => PostText.Line(Raw(field) is { } raw ? PostText.DecodeEntities(raw) : null);
        string platform = Line("platform")?.ToLowerInvariant() ?? mapping.Platform;
        string text = Raw("text") is { } told ? PostText.Clean(PostText.DecodeEntities(told)) : "";
        string? title = Line("title");
        string? author = Line("author");
        if (text is "[deleted]" or "[removed]" || author is "[deleted]")
        {
            batch.Skip("deleted");
            return;
        }
        if (platform == "ptt")
            text = PttBody.Text(text.Split('\n'));
        if (text.Length == 0 && title is null)
        {
            batch.Skip("empty");
            return;
        }
        string community = Line("community") ?? Community(row) ?? fileCommunity;
        string id = Id(Line("id"), platform, community, author, Raw("created_at"), title, text);
        string? Reference(string field) => Line(field) is { } to ? Id(to, platform, community, null, null, null, "") : null;
        string? authorId = Line("author_id") ?? author;
        batch.Posts.Add(new()
        {
            Id = id,
            Platform = platform,
            Kind = Line("kind") is "post" or "article" or "push" or "web" or "encyclopedia" ? Line("kind")!
                : platform != "reddit" && title is not null ? "article" : "post",
            Community = community,
            AuthorId = authorId is null ? null : Qualified(authorId) ? authorId : $"{platform}:{authorId}",
            Author = author,
            CreatedAt = Time(Raw("created_at")),
            EditedAt = Time(Raw("edited_at")),
            Text = text,
            Title = title,
            Lang = Line("lang"),
            Client = Line("client"),
            ReplyTo = Reference("reply_to"),
            QuoteOf = Reference("quote_of"),
            RepostOf = Reference("repost_of"),
            ThreadId = Reference("thread_id") ?? id,
            Likes = Count(Raw("likes")),
            Reposts = Count(Raw("reposts")),
            Replies = Count(Raw("replies")),
            Quotes = Count(Raw("quotes")),
            Views = Count(Raw("views")),
            Score = Count(Raw("score")),
            Urls = [.. UrlFinder.In(PostText.DecodeEntities(Raw("urls") ?? "")).Union(UrlFinder.In(text), StringComparer.Ordinal)],
            Hashtags = Words(Raw("hashtags"), '#'),
            Mentions = Words(Raw("mentions"), '@'),
            Sensitive = IsTrue(Raw("sensitive")),
            TrainingAllowed = Raw("training_allowed") is not { } allowed || IsTrue(allowed),
            Source = source,
        });
    }

    /// <summary>
    /// An id that holds its platform stays; Reddit's are unique there; others are taken for unique within their community;
    /// where there is none, it comes of the content.
    /// </summary>
    private static string Id(string? id, string platform, string community, string? author, string? time, string? title, string text)
    {
        if (id is null)
        {
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{author}\n{time}\n{title}\n{text}"));
            return $"{platform}:{community}/{Convert.ToHexStringLower(hash)[..16]}";
        }
        return Qualified(id) ? id : platform is "reddit" or "x" ? $"{platform}:{id}" : $"{platform}:{community}/{id}";
    }

    private static bool Qualified(string id) => PlatformPrefix().IsMatch(id);

    /// <summary>Reddit's permanent links name the community.</summary>
    private static string? Community(List<string> row)
    {
        foreach (string value in row)
        {
            if (value.Length < 300 && Permalink().Match(value) is { Success: true } link)
                return link.Groups["name"].Value;
        }
        return null;
    }

    private static DateTime? Time(string? text) =>
        text is null or "False" or "True" ? null : PostTime.Unix(text) ?? PostTime.XClassic(text) ?? PostTime.Ptt(text);

    private static long? Count(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double n) && Math.Abs(n) < 1e15 ? (long)n : null;

    private static bool IsTrue(string? text) => text is not null && text.ToLowerInvariant() is "true" or "1" or "yes";

    private static string[] Words(string? text, char mark) => text is null ? []
        : [.. text.Split([' ', ',', ';', '[', ']', '\'', '"'], StringSplitOptions.RemoveEmptyEntries)
            .Select(w => PostText.Line(w.TrimStart(mark))).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Comma, semicolon or tab: whichever the first line has most of.</summary>
    private static byte Delimiter(byte[] start)
    {
        int end = start.AsSpan().IndexOf((byte)'\n');
        byte[] line = end < 0 ? start : start[..end];
        return new[] { (byte)',', (byte)';', (byte)'\t' }.MaxBy(d => line.AsSpan().Count(d));
    }

    private static ReadBatch Binary(SourceFile file)
    {
        var batch = new ReadBatch();
        batch.Quarantine(file.Name, 0, file.Length, "binary");
        return batch;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9]{0,15}:\S+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlatformPrefix();

    [GeneratedRegex(@"\A(https?://(www\.|old\.)?reddit\.com)?/r/(?<name>[A-Za-z0-9_]{2,30})/comments/", RegexOptions.CultureInvariant)]
    private static partial Regex Permalink();
}
