using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// A tweet as an Activity Streams object, as Gnip delivered X's data: <c>verb</c> post or share, <c>actor</c>, <c>body</c>, and
/// the whole of a longer one in <c>long_object</c>.
/// </summary>
internal static class XActivity
{
    private const int MaxDepth = 2;

    /// <param name="e">The activity.</param>
    /// <param name="source">File and place.</param>
    /// <param name="span">Where it lies, for the quarantine.</param>
    /// <param name="batch">Takes the posts and the authors.</param>
    /// <param name="depth">In how many activities it stands.</param>
    public static void Read(JsonElement e, string source, RecordSpan span, ReadBatch batch, int depth = 0)
    {
        string? rawId = Tail(e.Text("id"));
        if (e.Text("verb") == "delete")
        {
            if (XText.Id(Tail(e.Field("object").Text("id"))) is { } deleted)
                batch.Facts.Add(new(FactKind.Post, deleted, "deleted"));
            batch.Skip("compliance");
            return;
        }
        if (e.Text("verb") is not ("post" or "share"))
        {
            batch.Skip("not_a_tweet");
            return;
        }
        var full = e.Field("long_object") is { ValueKind: JsonValueKind.Object } longer ? longer : e;
        if (XText.Id(rawId) is not { } id || (full.Text("body") ?? e.Text("body")) is not { } text)
        {
            batch.Quarantine(source, span.Offset, span.Length, "not_a_tweet");
            return;
        }
        var owner = Actor(e.Field("actor"), batch);
        string? repeated = e.Text("verb") == "share" ? Embedded(e.Field("object"), source + "#object", span, batch, depth) : null;
        string? quoted = Embedded(e.Field("twitter_quoted_status"), source + "#quoted", span, batch, depth);
        if (owner?.Gone is { } gone)
        {
            batch.Skip(gone);
            return;
        }
        if (repeated is null && text.StartsWith("RT @", StringComparison.Ordinal))
        {
            batch.Skip("retweet");
            return;
        }
        var entities = full.Field("twitter_entities");
        string[] urls = [];
        text = repeated is not null ? ""
            : XText.Resolve(text, XStatus.Links(full, "twitter_entities", "twitter_extended_entities"), rawId!, quoted, out urls);
        string? replyTo = XText.Id(XText.StatusId(e.Field("inReplyTo").Text("link")));
        batch.Posts.Add(new()
        {
            Id = id,
            Platform = "x",
            Kind = "post",
            AuthorId = owner?.Id,
            Author = owner?.Handle,
            CreatedAt = PostTime.Iso(e.Text("postedTime")),
            Text = text,
            Lang = repeated is null ? XText.Lang(e.Text("twitter_lang")) : null,
            Client = PostText.Line(e.Field("generator").Text("displayName")),
            ReplyTo = replyTo,
            QuoteOf = repeated is null ? XText.Id(quoted) : null,
            RepostOf = XText.Id(repeated),
            ThreadId = replyTo ?? id,
            Likes = repeated is null ? Known(e, "favoritesCount") : null,
            Reposts = repeated is null ? Known(e, "retweetCount") : null,
            Urls = urls,
            Hashtags = repeated is null ? entities.Texts("hashtags", "text") : [],
            Mentions = repeated is null ? entities.Texts("user_mentions", "screen_name") : [],
            Source = source,
        });
    }

    private static string? Embedded(JsonElement e, string source, RecordSpan span, ReadBatch batch, int depth)
    {
        if (e.ValueKind != JsonValueKind.Object || Tail(e.Text("id")) is not { } id)
            return null;
        if (depth < MaxDepth)
            Read(e, source, span, batch, depth + 1);
        return id;
    }

    private static XOwner? Actor(JsonElement e, ReadBatch batch)
    {
        if (XText.Id(Tail(e.Text("id"))) is not { } id || PostText.Line(e.Text("preferredUsername")) is not { } handle)
            return null;
        string? gone = e.IsTrue("protected") ? "protected" : null;
        if (gone is not null)
            batch.Facts.Add(new(FactKind.Author, id, gone));
        batch.Authors.Add(new()
        {
            AuthorId = id,
            Handle = handle,
            Name = PostText.Line(e.Text("displayName")),
            Description = PostText.Clean(e.Text("summary")) is { Length: > 0 } text ? text : null,
            CreatedAt = PostTime.Iso(e.Text("postedTime")),
            Followers = Known(e, "followersCount"),
            Following = Known(e, "friendsCount"),
            Posts = Known(e, "statusesCount"),
            Likes = Known(e, "favoritesCount"),
            Listed = Known(e, "listedCount"),
            Url = PostText.Line(e.Items("links").Select(l => l.Text("href")).FirstOrDefault()),
            Location = PostText.Line(e.Field("location").Text("displayName")),
        });
        return new(id, handle, gone);
    }

    /// <summary>A count that is not told is −1 there.</summary>
    private static long? Known(JsonElement e, string name) => e.Count(name) is >= 0 and var count ? count : null;

    /// <summary>The number behind the last colon: <c>tag:search.twitter.com,2005:758013561356419072</c>.</summary>
    private static string? Tail(string? id) => id is not null && id.LastIndexOf(':') is >= 0 and var colon ? id[(colon + 1)..] : null;
}
