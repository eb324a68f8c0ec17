using System.Globalization;
using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// A tweet of X's API v2 becomes a post. A repost becomes a link to what it repeats, without text. Of an edited tweet the
/// last version stays, under its own id; it tells the ids of the earlier ones, which are superseded.
/// </summary>
internal static class XTweet
{
    public static void Read(JsonElement e, string source, RecordSpan span, ReadBatch batch, XUsers users)
    {
        string rawId = e.Text("id")!;
        if (XText.Id(rawId) is not { } id)
        {
            batch.Quarantine(source, span.Offset, span.Length, "bad_id");
            return;
        }
        if (e.Field("author") is { ValueKind: JsonValueKind.Object } embedded)
            users = XUsers.Read([embedded], batch);
        Embedded(e, source, span, batch, users);

        string? rawAuthor = e.Text("author_id");
        var user = users.Find(rawAuthor);
        if (user?.Gone is { } gone)
        {
            batch.Skip(gone);
            return;
        }
        if (XText.IsWithheld(e.Field("withheld")))
        {
            batch.Skip("withheld");
            return;
        }
        string? replied = null, quoted = null, repeated = null;
        foreach (var reference in e.Items("referenced_tweets"))
        {
            string? to = reference.Text("id");
            switch (reference.Text("type"))
            {
                case "replied_to": replied = to; break;
                case "quoted": quoted = to; break;
                case "retweeted": repeated = to; break;
            }
        }
        var note = e.Field("note_tweet");
        string text = note.Text("text") ?? e.Text("text") ?? "";
        var entities = note.Field("entities") is { ValueKind: JsonValueKind.Object } of ? of : e.Field("entities");
        XLink[] links = [.. Links(e.Field("entities")).Concat(Links(note.Field("entities"))).Distinct()];
        if (XText.IsNotice(links))
        {
            batch.Skip("withheld");
            return;
        }
        if (repeated is null && text.StartsWith("RT @", StringComparison.Ordinal))
        {
            batch.Skip("retweet"); // somebody else's words, and no telling which tweet they are
            return;
        }
        string[] urls = [];
        text = repeated is null ? XText.Resolve(text, links, rawId, quoted, out urls) : "";
        var metrics = e.Field("public_metrics");
        string? replyTo = XText.Id(replied);
        var post = new Post
        {
            Id = id,
            Platform = "x",
            Kind = "post",
            Community = PostText.Line(e.Text("community_id")),
            AuthorId = XText.Id(rawAuthor),
            Author = user?.Handle,
            CreatedAt = PostTime.Iso(e.Text("created_at")),
            Text = text,
            Lang = repeated is null ? XText.Lang(e.Text("lang")) : null,
            Client = XText.Client(e.Text("source")),
            ReplyTo = replyTo,
            QuoteOf = repeated is null ? XText.Id(quoted) : null,
            RepostOf = XText.Id(repeated),
            ThreadId = XText.Id(e.Text("conversation_id")) ?? replyTo ?? id,
            // X shows the repeated tweet's counts on a repost; they are not the repost's own.
            Likes = repeated is null ? metrics.Count("like_count") : null,
            Reposts = repeated is null ? metrics.Count("retweet_count") : null,
            Replies = repeated is null ? metrics.Count("reply_count") : null,
            Quotes = repeated is null ? metrics.Count("quote_count") : null,
            Views = repeated is null ? metrics.Count("impression_count") : null,
            Urls = urls,
            Hashtags = repeated is null ? entities.Texts("hashtags", "tag") : [],
            Mentions = repeated is null ? entities.Texts("mentions", "username") : [],
            Sensitive = e.IsTrue("possibly_sensitive"),
            TrainingAllowed = !e.IsFalse("training_allowed"),
            Source = source,
        };
        batch.Posts.Add(post);
        History(e, rawId, batch);
    }

    /// <summary>Flattened tweets carry the tweets that they refer to.</summary>
    private static void Embedded(JsonElement e, string source, RecordSpan span, ReadBatch batch, XUsers users)
    {
        int n = 0;
        foreach (var reference in e.Items("referenced_tweets"))
        {
            // Once: what those refer to in turn is not put into them.
            if (reference.Has("text") && reference.Has("id") && !source.Contains("#ref.", StringComparison.Ordinal))
                Read(reference, string.Create(CultureInfo.InvariantCulture, $"{source}#ref.{n}"), span, batch, users);
            n++;
        }
    }

    private static void History(JsonElement e, string rawId, ReadBatch batch)
    {
        string?[] versions = [.. e.Items("edit_history_tweet_ids")
            .Select(v => v.ValueKind == JsonValueKind.String ? JsonFields.Text(v) : null)];
        for (int i = 0; i < Array.IndexOf(versions, rawId); i++)
        {
            if (XText.Id(versions[i]) is { } earlier)
                batch.Facts.Add(new(FactKind.Post, earlier, "superseded"));
        }
    }

    private static IEnumerable<XLink> Links(JsonElement entities)
    {
        foreach (var url in entities.Items("urls"))
        {
            string? expanded = url.Text("expanded_url");
            if (url.Text("url") is { } @short)
                yield return new(@short, expanded, url.Has("media_key") || XText.IsMediaUrl(expanded, url.Text("display_url")));
        }
    }
}
