using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Readers.Html;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Reads topics of a Discourse forum (<c>/t/SLUG/ID.json</c>). A topic does not say outright of which forum it is; the paths of
/// its users' pictures do, else the folder's name is taken. Posts have the topic's number and their own: <c>SITE/5007#3</c>, so
/// that answers find what they answer though only some posts of a long topic are in the file.
/// </summary>
internal static partial class DiscourseReader
{
    private const int Regular = 1;
    private const int ModeratorAction = 2;
    private const int Whisper = 4;
    private const int Like = 2;

    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file)
    {
        string folder = scope.Site(file);
        return JsonRecordReader.Plan(scope, file, (chunk, prefix, batch) =>
            JsonRecordReader.Parse(chunk, prefix, batch, (root, source, span, into) =>
            {
                string text = System.Text.Encoding.UTF8.GetString(chunk.Span(span));
                string site = Pictures().Match(text) is { Success: true } found ? found.Groups["host"].Value : folder;
                Topic(root, site, source, span, into);
            }));
    }

    private static void Topic(JsonElement topic, string site, string source, RecordSpan span, ReadBatch batch)
    {
        if (!topic.Has("post_stream"))
        {
            batch.Skip(topic.Has("topic_list") || topic.Has("category_list") ? "topic_list" : "not_a_post");
            return;
        }
        if (topic.Text("id") is not { Length: < 20 } number || !number.All(char.IsAsciiDigit))
        {
            batch.Quarantine(source, span.Offset, span.Length, "field id");
            return;
        }
        // A topic that moderators took out of the lists, or that is nobody else's business.
        string? gone = topic.Text("archetype") is { } archetype && archetype != "regular" && archetype != "banner" ? "direct"
            : topic.Has("deleted_at") ? "deleted" : topic.IsFalse("visible") ? "hidden" : null;
        int n = 0;
        foreach (var post in topic.Field("post_stream").Items("posts"))
        {
            JsonRecordReader.Part(post, $"{source}#{n++}", span, batch,
                (e, at, place, into) => Post(e, topic, site, number, gone, at, place, into));
        }
    }

    private static void Post(
        JsonElement e, JsonElement topic, string site, string number, string? gone, string source, RecordSpan span, ReadBatch batch)
    {
        if (e.Count("post_number") is not { } place)
        {
            batch.Quarantine(source, span.Offset, span.Length, "field post_number");
            return;
        }
        string Id(object topicNumber, object postNumber) =>
            string.Create(CultureInfo.InvariantCulture, $"discourse:{site}/{topicNumber}#{postNumber}");
        string id = Id(number, place);
        long type = e.Count("post_type") ?? Regular;
        gone ??= e.IsTrue("user_deleted") || e.Has("deleted_at") ? "deleted" : e.IsTrue("hidden") ? "hidden" : type == Whisper ? "direct" : null;
        if (gone is not null)
        {
            batch.Facts.Add(new(FactKind.Post, id, gone));
            batch.Skip(gone);
            return;
        }
        if (type is not (Regular or ModeratorAction))
        {
            batch.Skip("not_a_post"); // "closed this topic" and the like
            return;
        }
        var html = HtmlText.Of(e.Text("cooked") ?? "");
        string text = PostText.Clean(html.Text);
        bool first = place == 1;
        string? title = first ? PostText.Line(topic.Text("title")) : null;
        string? author = PostText.Line(e.Text("username"));
        string? authorId = author is null ? null : $"discourse:{site}/{author}";
        if (authorId is not null)
            batch.Authors.Add(new() { AuthorId = authorId, Handle = author!, Name = PostText.Line(e.Text("name")) });
        var quote = html.Quotes.FirstOrDefault(q => Digits(q.Topic) && Digits(q.Post));
        string? category = topic.Text("category_id");
        batch.Posts.Add(new()
        {
            Id = id,
            Platform = "discourse",
            Kind = first ? "article" : "post",
            Community = category is null ? PostText.Line(site) : PostText.Line($"{site}/{category}"),
            AuthorId = authorId,
            Author = author,
            CreatedAt = PostTime.Iso(e.Text("created_at")),
            EditedAt = e.Count("version") > 1 ? PostTime.Iso(e.Text("updated_at")) : null,
            Text = text,
            Title = title,
            ReplyTo = first ? null : Id(number, e.Count("reply_to_post_number") ?? 1),
            QuoteOf = quote == default || Id(quote.Topic!, quote.Post!) == id ? null : Id(quote.Topic!, quote.Post!),
            ThreadId = Id(number, 1),
            Likes = e.Items("actions_summary").Where(a => a.Count("id") == Like).Select(a => a.Count("count")).FirstOrDefault(),
            Replies = first && topic.Count("posts_count") is { } posts ? Math.Max(0, posts - 1) : e.Count("reply_count"),
            Views = first ? topic.Count("views") : e.Count("reads"),
            Urls = html.Links,
            TrainingAllowed = !e.IsFalse("training_allowed"),
            Source = source,
        });
    }

    private static bool Digits(string? text) => text is { Length: > 0 and < 20 } && text.All(char.IsAsciiDigit);

    [GeneratedRegex(@"/user_avatar/(?<host>[A-Za-z0-9][A-Za-z0-9.\-]{0,252})/", RegexOptions.CultureInvariant)]
    private static partial Regex Pictures();
}
