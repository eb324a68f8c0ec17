using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Readers.Html;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>Reads items of Hacker News as its API gives them: stories, comments, jobs, polls and their options.</summary>
internal static class HackerNewsReader
{
    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file) => JsonRecordReader.Plan(scope, file, Record);

    private static void Record(JsonElement e, string source, RecordSpan span, ReadBatch batch)
    {
        string? type = e.Text("type");
        if (type is not ("story" or "comment" or "job" or "poll" or "pollopt"))
        {
            batch.Skip(e.Has("karma") ? "user_profile" : "not_a_post");
            return;
        }
        if (Id(e.Text("id")) is not { } id)
        {
            batch.Quarantine(source, span.Offset, span.Length, "field id");
            return;
        }
        // Deleted by its author, or killed by moderators and readers.
        if (e.IsTrue("deleted") || e.IsTrue("dead"))
        {
            string reason = e.IsTrue("deleted") ? "deleted" : "removed";
            batch.Facts.Add(new(FactKind.Post, id, reason));
            batch.Skip(reason);
            return;
        }
        var html = HtmlText.Of(e.Text("text") ?? "");
        string text = PostText.Clean(html.Text);
        string? title = PostText.Line(PostText.DecodeEntities(e.Text("title") ?? ""));
        if (text.Length == 0 && title is null)
        {
            batch.Skip("empty");
            return;
        }
        string? author = PostText.Line(e.Text("by"));
        string? parent = Id(e.Text("parent") ?? e.Text("poll"));
        string? url = PostText.Line(e.Text("url"));
        batch.Posts.Add(new()
        {
            Id = id,
            Platform = "hackernews",
            Kind = title is null ? "post" : "article",
            AuthorId = author is null ? null : "hackernews:" + author,
            Author = author,
            CreatedAt = PostTime.Unix(e.Text("time")),
            Text = text,
            Title = title,
            ReplyTo = parent,
            ThreadId = parent ?? id,
            Replies = e.Count("descendants"),
            Score = e.Count("score"),
            Urls = url is null ? html.Links : [url, .. html.Links.Where(l => l != url)],
            TrainingAllowed = !e.IsFalse("training_allowed"),
            Source = source,
        });
    }

    private static string? Id(string? number) => number is { Length: > 0 and < 20 } && number.All(char.IsAsciiDigit) ? "hackernews:" + number : null;
}
