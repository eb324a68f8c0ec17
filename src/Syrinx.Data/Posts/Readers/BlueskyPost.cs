using System.Text;
using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>A record <c>app.bsky.feed.post</c> or <c>app.bsky.feed.repost</c> becomes a post.</summary>
internal static class BlueskyPost
{
    private static readonly HashSet<string> SensitiveLabels = ["porn", "sexual", "nudity", "graphic-media", "gore", "nsfl"];

    /// <param name="record">The record.</param>
    /// <param name="id">The post's.</param>
    /// <param name="author">The author's id.</param>
    /// <param name="isRepost">Which of the two it is.</param>
    /// <param name="seen">When the network saw it; taken where the record does not tell a time.</param>
    /// <param name="edited">When it was changed, or null.</param>
    /// <param name="source">File and place.</param>
    /// <param name="span">Where it lies, for the quarantine.</param>
    /// <param name="batch">Takes the post.</param>
    public static void Read(
        JsonElement record, string id, string author, bool isRepost, DateTime? seen, DateTime? edited, string source, RecordSpan span,
        ReadBatch batch)
    {
        string? repeated = BlueskyId.OfAddress(record.Field("subject").Text("uri"));
        string? text = isRepost ? "" : record.Text("text");
        if (isRepost && repeated is null || !isRepost && text is null && !record.Has("text"))
        {
            batch.Quarantine(source, span.Offset, span.Length, isRepost ? "field subject" : "field text");
            return;
        }
        var facets = BlueskyFacets.Read(text ?? "", record.Items("facets"));
        string? replyTo = BlueskyId.OfAddress(record.Field("reply").Field("parent").Text("uri"));
        batch.Posts.Add(new()
        {
            Id = id,
            Platform = "bluesky",
            Kind = "post",
            AuthorId = author,
            CreatedAt = PostTime.Iso(record.Text("createdAt")) ?? seen,
            EditedAt = edited,
            Text = PostText.Clean(facets.Text),
            Lang = record.Items("langs").Where(l => l.ValueKind == JsonValueKind.String).Select(l => PostText.Line(JsonFields.Text(l))).FirstOrDefault(),
            ReplyTo = replyTo,
            QuoteOf = Quoted(record.Field("embed")),
            RepostOf = repeated,
            ThreadId = BlueskyId.OfAddress(record.Field("reply").Field("root").Text("uri")) ?? replyTo ?? id,
            Urls = [.. facets.Links.Concat(External(record.Field("embed"))).Distinct(StringComparer.Ordinal)],
            Hashtags = [.. facets.Tags.Concat(Strings(record.Items("tags"))).Distinct(StringComparer.Ordinal)],
            Mentions = facets.Mentions,
            Sensitive = Labels(record).Any(SensitiveLabels.Contains),
            TrainingAllowed = !record.IsFalse("training_allowed"),
            Source = source,
        });
    }

    /// <summary>What the author says of the record themselves.</summary>
    public static IEnumerable<string> Labels(JsonElement record) =>
        record.Field("labels").Items("values").Select(v => v.Text("val")).OfType<string>();

    private static string? Quoted(JsonElement embed)
    {
        var record = embed.Field("record");
        return BlueskyId.OfAddress(record.Text("uri") ?? record.Field("record").Text("uri"));
    }

    /// <summary>The address behind a card.</summary>
    private static IEnumerable<string> External(JsonElement embed)
    {
        foreach (var external in (JsonElement[])[embed.Field("external"), embed.Field("media").Field("external")])
        {
            if (PostText.Line(external.Text("uri")) is { } uri)
                yield return uri;
        }
    }

    private static IEnumerable<string> Strings(IEnumerable<JsonElement> values) =>
        values.Where(v => v.ValueKind == JsonValueKind.String).Select(v => PostText.Line(JsonFields.Text(v))).OfType<string>();
}

/// <summary>A post's text with its links written out, and what else its facets tell.</summary>
internal sealed record BlueskyFacets(string Text, string[] Links, string[] Mentions, string[] Tags)
{
    /// <summary>Reads facets, whose places count bytes of UTF-8. What lies outside of the text or across another is left out.</summary>
    public static BlueskyFacets Read(string text, IEnumerable<JsonElement> facets)
    {
        byte[]? bytes = null;
        var links = new List<(int Start, int End, string Uri)>();
        var mentions = new List<string>();
        var tags = new List<string>();
        foreach (var facet in facets)
        {
            bytes ??= Encoding.UTF8.GetBytes(text);
            var index = facet.Field("index");
            if (index.Count("byteStart") is not { } start || index.Count("byteEnd") is not { } end || start < 0 || end <= start || end > bytes.Length
                || !IsStart(bytes, (int)start) || !IsStart(bytes, (int)end))
                continue;
            string shown = Encoding.UTF8.GetString(bytes, (int)start, (int)(end - start));
            foreach (var feature in facet.Items("features"))
            {
                if (PostText.Line(feature.Text("uri")) is { } uri)
                    links.Add(((int)start, (int)end, uri));
                else if (PostText.Line(feature.Text("tag")) is { } tag)
                    tags.Add(tag);
                else if (feature.Has("did") && PostText.Line(shown.TrimStart('@', '＠')) is { } handle)
                    mentions.Add(handle);
            }
        }
        return new(bytes is null ? text : Written(bytes, links), [.. links.Select(l => l.Uri).Distinct(StringComparer.Ordinal)],
            [.. mentions.Distinct(StringComparer.Ordinal)], [.. tags.Distinct(StringComparer.Ordinal)]);
    }

    private static string Written(byte[] bytes, List<(int Start, int End, string Uri)> links)
    {
        var text = new StringBuilder();
        int at = 0;
        foreach (var (start, end, uri) in links.OrderBy(l => l.Start).ThenBy(l => l.End))
        {
            if (start < at)
                continue;
            text.Append(Encoding.UTF8.GetString(bytes, at, start - at))
                .Append(LinkText.Of(Encoding.UTF8.GetString(bytes, start, end - start), uri));
            at = end;
        }
        return text.Append(Encoding.UTF8.GetString(bytes, at, bytes.Length - at)).ToString();
    }

    /// <summary>Whether a character starts here, or the text ends.</summary>
    private static bool IsStart(byte[] bytes, int at) => at == bytes.Length || (bytes[at] & 0xC0) != 0x80;
}
