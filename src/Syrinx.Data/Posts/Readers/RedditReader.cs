using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Reads comments (<c>RC_</c>) and submissions (<c>RS_</c>) of Reddit as Pushshift and its heirs dump them, an object a line, and
/// as Reddit's own listings have them. Texts stay the Markdown that their authors wrote.
/// </summary>
internal static class RedditReader
{
    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file) => JsonRecordReader.Plan(scope, file, Record);

    private static void Record(JsonElement e, string source, RecordSpan span, ReadBatch batch)
    {
        if (e.Text("kind") == "Listing")
        {
            int n = 0;
            foreach (var child in e.Field("data").Items("children"))
                JsonRecordReader.Part(child, $"{source}#{n++}", span, batch, Record);
            return;
        }
        if (e.Text("kind") is "t1" or "t3" && e.Field("data") is { ValueKind: JsonValueKind.Object } data)
            e = data;
        bool isComment = e.Has("body");
        if (!isComment && !e.Has("title"))
        {
            batch.Skip("not_a_post");
            return;
        }
        if (e.Text("id") is not { Length: < 20 } rawId || !rawId.All(char.IsAsciiLetterOrDigit))
        {
            batch.Quarantine(source, span.Offset, span.Length, "field id");
            return;
        }
        string id = (isComment ? "reddit:t1_" : "reddit:t3_") + rawId;
        if (Refused(e) is { } reason)
        {
            if (reason is "deleted" or "removed")
                batch.Facts.Add(new(FactKind.Post, id, reason));
            batch.Skip(reason);
            return;
        }
        string? author = PostText.Line(e.Text("author"));
        string? link = Reference(e.Text("link_id"));
        string text = PostText.Clean(PostText.DecodeEntities(e.Text(isComment ? "body" : "selftext") ?? ""));
        string? url = isComment || e.IsTrue("is_self") ? null : PostText.Line(PostText.DecodeEntities(e.Text("url") ?? ""));
        string[] urls = UrlFinder.In(text);
        batch.Posts.Add(new()
        {
            Id = id,
            Platform = "reddit",
            Kind = "post",
            Community = PostText.Line(e.Text("subreddit")),
            AuthorId = author is null ? null : "reddit:" + author,
            Author = author,
            CreatedAt = PostTime.Unix(e.Text("created_utc")),
            EditedAt = PostTime.Unix(e.Text("edited")),
            Text = text,
            Title = PostText.Line(PostText.DecodeEntities(e.Text("title") ?? "")),
            ReplyTo = isComment ? Reference(e.Text("parent_id")) ?? link : null,
            QuoteOf = isComment ? null : Reference(e.Text("crosspost_parent")),
            ThreadId = link ?? id,
            Replies = e.Count("num_comments"),
            Score = e.Count("score"),
            Urls = url is null || !url.StartsWith("http", StringComparison.Ordinal) ? urls
                : [url, .. urls.Where(u => u != url)],
            Sensitive = e.IsTrue("over_18") || e.IsTrue("quarantine"),
            TrainingAllowed = !e.IsFalse("training_allowed"),
            Source = source,
        });
    }

    /// <summary>Why a post does not enter, or null.</summary>
    private static string? Refused(JsonElement e)
    {
        string? text = e.Text("body") ?? e.Text("selftext");
        if (e.Text("author") == "[deleted]" || text == "[deleted]" || e.Text("removed_by_category") is "deleted" or "author")
            return "deleted";
        if (text is "[removed]" or "[ Removed by Reddit ]" or "[removed by reddit]" || e.Has("banned_by") || e.Has("removed_by_category")
            || e.Has("removal_reason") || e.IsTrue("removed"))
            return "removed";
        if (e.Text("subreddit_type") is "private" or "employees_only" or "gold_only")
            return "protected";
        return e.IsTrue("promoted") ? "promoted" : null;
    }

    /// <summary>The id of a comment or a submission, <c>t1_…</c> or <c>t3_…</c>; old dumps have numbers here, which tell too little.</summary>
    private static string? Reference(string? name) => name is { Length: > 3 and < 24 }
        && (name.StartsWith("t1_", StringComparison.Ordinal) || name.StartsWith("t3_", StringComparison.Ordinal))
        && name.AsSpan(3).IndexOfAnyExcept(IdCharacters) < 0 ? "reddit:" + name : null;

    private static readonly System.Buffers.SearchValues<char> IdCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}
