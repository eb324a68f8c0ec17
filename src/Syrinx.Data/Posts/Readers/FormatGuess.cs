using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>Tells the format of a file from its first bytes. Only files of likely names are opened.</summary>
internal static class FormatGuess
{
    private const int PeekBytes = 1 << 18;
    private const int MaxObjects = 50;

    /// <summary>The file's format, or null where it is none that we know.</summary>
    public static string? Of(SourceFile file)
    {
        bool text = SourceFormats.IsText(file);
        if (SourceFormats.IsCsv(file))
            return CsvReader.Recognises(file) ? "csv" : null;
        if (!text && !SourceFormats.IsJson(file) && !SourceFormats.IsHtml(file) && !SourceFormats.IsXml(file) && !SourceFormats.IsWarc(file)
            && !SourceFormats.IsParquet(file) && !SourceFormats.IsLog(file))
            return null;
        byte[] start = file.Peek(PeekBytes);
        if (ParquetReader.Recognises(start))
            return "parquet";
        var content = start.AsSpan().TrimStart(" \t\r\n\uFEFF"u8);
        if (content.StartsWith("WARC/"u8))
            return "warc";
        if (content.Length > 0 && content[0] is (byte)'{' or (byte)'[')
            return OfJson(start, file);
        if (content.Length > 0 && content[0] == (byte)'<')
            return OfMarkup(content, file);
        // A binary file that is called .txt goes to the reader, which says what is wrong with it.
        var first = start.AsSpan(0, Math.Min(start.Length, 1 << 16));
        return text && (file.Extension == ".txt" && first.Contains((byte)0) || PttTextReader.Recognises(first)) ? "ptt-text" : null;
    }

    private static string? OfMarkup(ReadOnlySpan<byte> start, SourceFile file)
    {
        if (start.IndexOf("<mediawiki"u8) >= 0)
            return "wikipedia";
        if (StackExchangeReader.IsReadable(file.PlainName) && start.IndexOf("<row "u8) >= 0)
            return "stackexchange";
        return PttHtmlReader.Recognises(start) ? "ptt-html" : null;
    }

    /// <summary>The first object that says what it is decides: streams begin with all kinds of messages.</summary>
    private static string? OfJson(byte[] start, SourceFile file)
    {
        int seen = 0;
        foreach (var chunk in JsonRecords.Read(new MemoryStream(start)))
        {
            foreach (var span in chunk.Records)
            {
                // A page that is longer than what was looked at still shows how it begins.
                var names = JsonNames.Of(span.Problem is null ? chunk.Span(span) : start.AsSpan((int)span.Offset));
                if (names.Format(file.PlainName) is { } format)
                    return format;
                if (++seen == MaxObjects)
                    return null;
            }
        }
        return null;
    }
}

/// <summary>The names of an object's own fields, and the values of those few that tell what it is.</summary>
internal sealed class JsonNames
{
    private static readonly HashSet<string> Telling = ["id", "type", "kind", "objectType", "did"];

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private JsonNames() { }

    /// <summary>Reads an object as far as it can be read.</summary>
    public static JsonNames Of(ReadOnlySpan<byte> json)
    {
        var names = new JsonNames();
        var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                    continue;
                string name = reader.GetString()!;
                names._names.Add(name);
                if (Telling.Contains(name) && reader.Read() && reader.TokenType == JsonTokenType.String)
                    names._values[name] = reader.GetString()!;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What was read until here has to do.
        }
        return names;
    }

    /// <summary>The format of files with such objects, or null.</summary>
    /// <param name="fileName">Two files of a Mastodon archive are lists of other people's posts.</param>
    public string? Format(string fileName)
    {
        string? type = _values.GetValueOrDefault("type");
        string? kind = _values.GetValueOrDefault("kind");
        if (Has("id", "platform", "text") || Has("id", "kind", "thread_id") || Has("id", "text") && _values.GetValueOrDefault("id")?.Contains(':') == true)
            return "jsonl";
        if (_values.GetValueOrDefault("did")?.StartsWith("did:", StringComparison.Ordinal) == true && (Has("commit") || Has("account") || Has("identity")))
            return "bluesky";
        if (Has("orderedItems") || type is "Create" or "Announce" && Has("object", "actor") || type == "Person" && Has("preferredUsername"))
            return fileName is "likes.json" or "bookmarks.json" ? null : "mastodon";
        if (Has("id", "link_id", "body") || Has("subreddit", "title") || Has("subreddit", "body") || kind == "Listing")
            return "reddit";
        if (Has("post_stream"))
            return "discourse";
        if (Has("article_id", "board") || Has("articles") || Has("article_title", "messages"))
            return "ptt-json";
        if (type is "story" or "comment" or "job" or "poll" or "pollopt" && Has("id"))
            return "hackernews";
        if (Has("id_str", "user") || _values.GetValueOrDefault("objectType") == "activity" || Has("delete") || Has("scrub_geo")
            || Has("status_withheld") || Has("user_withheld"))
            return "x-stream";
        if (_names.Overlaps(["data", "includes", "meta", "errors"]) || Has("id", "action"))
            return "x-api";
        return Has("id", "text") && _names.Overlaps(["author_id", "public_metrics", "edit_history_tweet_ids", "conversation_id"]) ? "x-api" : null;
    }

    private bool Has(params string[] all) => all.All(_names.Contains);
}
