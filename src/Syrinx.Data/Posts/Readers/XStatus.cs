using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// A tweet of X's API v1.1 becomes a post: of a stream, or of an archive, where all numbers are strings and the author is the
/// archive's owner. A retweet becomes a link to what it repeats, without text; what is repeated or quoted comes along whole and
/// is a post of its own.
/// </summary>
internal static class XStatus
{
    private const int MaxDepth = 2;

    /// <param name="e">The tweet.</param>
    /// <param name="source">File and place.</param>
    /// <param name="span">Where it lies, for the quarantine.</param>
    /// <param name="batch">Takes the posts and the authors.</param>
    /// <param name="owner">Whose tweet it is; null where the tweet tells.</param>
    /// <param name="depth">In how many tweets it stands.</param>
    public static void Read(JsonElement e, string source, RecordSpan span, ReadBatch batch, XOwner? owner, int depth = 0)
    {
        string? rawId = e.Text("id_str") ?? e.Text("id");
        // A stream's longer tweets have their text in here, and a cut one where older programs look for it.
        var full = e.Field("extended_tweet") is { ValueKind: JsonValueKind.Object } extended ? extended : e;
        string? text = full.Text("full_text") ?? full.Text("text") ?? e.Text("text");
        if (XText.Id(rawId) is not { } id || text is null && !e.Has("full_text") && !e.Has("text"))
        {
            batch.Quarantine(source, span.Offset, span.Length, "not_a_tweet");
            return;
        }
        text ??= "";
        owner ??= XStreamUser.Read(e.Field("user"), batch);
        string? repeated = Embedded(e, "retweeted_status", source, span, batch, depth);
        string? quoted = Embedded(e, "quoted_status", source, span, batch, depth);
        if (Refused(e, text, owner, repeated) is { } reason)
        {
            batch.Skip(reason);
            return;
        }
        var entities = full.Field("entities");
        XLink[] links = [.. Links(full, "entities", "extended_entities")];
        quoted ??= e.Text("quoted_status_id_str") ?? e.Text("quoted_status_id") ?? Quoted(text, links, rawId!);
        string? replyTo = XText.Id(e.Text("in_reply_to_status_id_str") ?? e.Text("in_reply_to_status_id"));
        string[] urls = [];
        text = repeated is null ? XText.Resolve(text, links, rawId!, quoted, out urls) : "";
        long? Own(string name) => repeated is null ? e.Count(name) : null;
        batch.Posts.Add(new()
        {
            Id = id,
            Platform = "x",
            Kind = "post",
            Community = PostText.Line(e.Text("community_id_str")),
            AuthorId = owner?.Id,
            Author = owner?.Handle,
            CreatedAt = PostTime.XClassic(e.Text("created_at")),
            Text = text,
            Lang = repeated is null ? XText.Lang(e.Text("lang")) : null,
            Client = XText.Client(e.Text("source")),
            ReplyTo = replyTo,
            QuoteOf = repeated is null ? XText.Id(quoted) : null,
            RepostOf = XText.Id(repeated),
            ThreadId = XText.Id(e.Text("conversation_id_str")) ?? replyTo ?? id,
            // X shows the repeated tweet's counts on a retweet; they are not the retweet's own.
            Likes = Own("favorite_count"),
            Reposts = Own("retweet_count"),
            Replies = Own("reply_count"),
            Quotes = Own("quote_count"),
            Urls = urls,
            Hashtags = repeated is null ? entities.Texts("hashtags", "text") : [],
            Mentions = repeated is null ? entities.Texts("user_mentions", "screen_name") : [],
            Sensitive = e.IsTrue("possibly_sensitive"),
            TrainingAllowed = !e.IsFalse("training_allowed"),
            Source = source,
        });
        History(e, rawId!, batch);
    }

    /// <summary>Reads a tweet that stands in another (a quotation in a retweet is the deepest), and tells its id.</summary>
    private static string? Embedded(JsonElement e, string name, string source, RecordSpan span, ReadBatch batch, int depth)
    {
        if (e.Field(name) is not { ValueKind: JsonValueKind.Object } tweet)
            return null;
        if (depth < MaxDepth)
            Read(tweet, $"{source}#{name}", span, batch, null, depth + 1);
        return tweet.Text("id_str") ?? tweet.Text("id");
    }

    /// <summary>Why a tweet does not enter, or null.</summary>
    private static string? Refused(JsonElement e, string text, XOwner? owner, string? repeated)
    {
        if (owner?.Gone is { } gone)
            return gone;
        if (e.Items("withheld_in_countries").Any() || e.IsTrue("withheld_copyright"))
            return "withheld";
        if (e.Field("scopes").IsTrue("followers") || e.IsTrue("protected"))
            return "protected";
        // Somebody else's words, cut, without the id of what they repeat: so it is in archives.
        return repeated is null && text.StartsWith("RT @", StringComparison.Ordinal) ? "retweet" : null;
    }

    /// <summary>An archive tells of a quoted tweet only by the link to it at the end of the text.</summary>
    private static string? Quoted(string text, XLink[] links, string id) =>
        links.Where(l => !l.IsMedia && l.Short.Length > 0 && text.TrimEnd().EndsWith(l.Short, StringComparison.Ordinal))
            .Select(l => XText.StatusId(l.Expanded)).FirstOrDefault(status => status is not null && status != id);

    /// <summary>The links of a tweet, from the two fields that tell of them.</summary>
    public static IEnumerable<XLink> Links(JsonElement e, string entities, string extendedEntities)
    {
        foreach (string field in (string[])[entities, extendedEntities])
        {
            foreach (var media in e.Field(field).Items("media"))
            {
                if (media.Text("url") is { } @short)
                    yield return new(@short, null, true);
            }
        }
        foreach (var url in e.Field(entities).Items("urls"))
        {
            string? expanded = url.Text("expanded_url");
            if (url.Text("url") is { } @short)
                yield return new(@short, expanded, XText.IsMediaUrl(expanded, url.Text("display_url")));
        }
    }

    /// <summary>
    /// Newer archives tell the ids of a tweet's versions in <c>edit_info.initial</c> or <c>edit_info.edit</c>, newer streams in
    /// <c>edit_history</c>.
    /// </summary>
    private static void History(JsonElement e, string rawId, ReadBatch batch)
    {
        var info = e.Field("edit_info");
        string? first = info.Field("edit").Text("initialTweetId") ?? info.Field("edit").Text("initial_tweet_id");
        string[] versions = [.. info.Field("initial").Items("editTweetIds").Concat(e.Field("edit_history").Items("edit_tweet_ids"))
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
