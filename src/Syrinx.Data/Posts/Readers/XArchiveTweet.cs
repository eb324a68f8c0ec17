using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>A tweet of an archive (API v1.1 fields, all numbers as strings) becomes a post.</summary>
internal static class XArchiveTweet
{
    public static void Read(JsonElement e, string source, RecordSpan span, ReadBatch batch, XOwner owner)
    {
        string? rawId = e.Text("id_str") ?? e.Text("id");
        string? text = e.Text("full_text") ?? e.Text("text");
        if (XText.Id(rawId) is not { } id || text is null && !e.Has("full_text") && !e.Has("text"))
        {
            batch.Quarantine(source, span.Offset, span.Length, "not_a_tweet");
            return;
        }
        text ??= "";
        if (Refused(e, text, owner) is { } reason)
        {
            batch.Skip(reason);
            return;
        }
        var entities = e.Field("entities");
        XLink[] links = [.. Links(e)];
        string? quoted = e.Text("quoted_status_id_str") ?? Quoted(text, links, rawId!);
        string? replyTo = XText.Id(e.Text("in_reply_to_status_id_str") ?? e.Text("in_reply_to_status_id"));
        text = XText.Resolve(text, links, rawId!, quoted, out string[] urls);
        batch.Posts.Add(new()
        {
            Id = id,
            Platform = "x",
            Kind = "post",
            Community = PostText.Line(e.Text("community_id_str")),
            AuthorId = owner.Id,
            Author = owner.Handle,
            CreatedAt = PostTime.XClassic(e.Text("created_at")),
            Text = text,
            Lang = XText.Lang(e.Text("lang")),
            Client = XText.Client(e.Text("source")),
            ReplyTo = replyTo,
            QuoteOf = XText.Id(quoted),
            ThreadId = XText.Id(e.Text("conversation_id_str")) ?? replyTo ?? id,
            Likes = e.Count("favorite_count"),
            Reposts = e.Count("retweet_count"),
            Urls = urls,
            Hashtags = entities.Texts("hashtags", "text"),
            Mentions = entities.Texts("user_mentions", "screen_name"),
            Sensitive = e.IsTrue("possibly_sensitive"),
            TrainingAllowed = !e.IsFalse("training_allowed"),
            Source = source,
        });
        History(e, rawId!, batch);
    }

    /// <summary>Why a tweet does not enter, or null.</summary>
    private static string? Refused(JsonElement e, string text, XOwner owner)
    {
        if (owner.Gone is { } gone)
            return gone;
        if (e.Items("withheld_in_countries").Any() || e.IsTrue("withheld_copyright"))
            return "withheld";
        if (e.Field("scopes").IsTrue("followers") || e.IsTrue("protected"))
            return "protected";
        // A retweet in an archive is somebody else's words, cut, without the id of what it repeats.
        return text.StartsWith("RT @", StringComparison.Ordinal) ? "retweet" : null;
    }

    /// <summary>An archive tells of a quoted tweet only by the link to it at the end of the text.</summary>
    private static string? Quoted(string text, XLink[] links, string id) =>
        links.Where(l => !l.IsMedia && l.Short.Length > 0 && text.TrimEnd().EndsWith(l.Short, StringComparison.Ordinal))
            .Select(l => XText.StatusId(l.Expanded)).FirstOrDefault(status => status is not null && status != id);

    private static IEnumerable<XLink> Links(JsonElement e)
    {
        foreach (string entities in (string[])["entities", "extended_entities"])
        {
            foreach (var media in e.Field(entities).Items("media"))
            {
                if (media.Text("url") is { } @short)
                    yield return new(@short, null, true);
            }
        }
        foreach (var url in e.Field("entities").Items("urls"))
        {
            string? expanded = url.Text("expanded_url");
            if (url.Text("url") is { } @short)
                yield return new(@short, expanded, XText.IsMediaUrl(expanded, url.Text("display_url")));
        }
    }

    /// <summary>
    /// Newer archives tell the ids of a tweet's versions: in <c>edit_info.initial</c> or <c>edit_info.edit</c>.
    /// </summary>
    private static void History(JsonElement e, string rawId, ReadBatch batch)
    {
        var info = e.Field("edit_info");
        string? first = info.Field("edit").Text("initialTweetId") ?? info.Field("edit").Text("initial_tweet_id");
        string[] versions = [.. info.Field("initial").Items("editTweetIds")
            .Where(v => v.ValueKind == JsonValueKind.String).Select(JsonFields.Text)];
        if (first is not null && first != rawId && XText.Id(first) is { } initial)
            batch.Facts.Add(new(FactKind.Post, initial, "superseded"));
        for (int i = 0; i < Array.IndexOf(versions, rawId); i++)
        {
            if (XText.Id(versions[i]) is { } earlier)
                batch.Facts.Add(new(FactKind.Post, earlier, "superseded"));
        }
    }
}
