using System.Text;
using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Readers.Html;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>A note of ActivityPub, or the announcement that repeats one, becomes a post.</summary>
internal static class MastodonNote
{
    private static readonly string[] Everybody = ["https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"];

    /// <param name="note">The note.</param>
    /// <param name="activity">The activity that it stands in; the note itself where it stands alone.</param>
    /// <param name="source">File and place.</param>
    /// <param name="span">Where it lies, for the quarantine.</param>
    /// <param name="batch">Takes the post.</param>
    public static void Read(JsonElement note, JsonElement activity, string source, RecordSpan span, ReadBatch batch)
    {
        if (MastodonId.Post(note.Text("id")) is not { } id)
        {
            batch.Quarantine(source, span.Offset, span.Length, "field id");
            return;
        }
        if (Hidden(note, activity) is { } reason)
        {
            batch.Skip(reason);
            return;
        }
        var map = note.Field("contentMap");
        string? lang = map.OnlyName();
        var html = HtmlText.Of(note.Text("content") ?? (lang is null ? null : map.Text(lang)) ?? "");
        string text = PostText.Clean(html.Text + Options(note));
        string? title = PostText.Line(note.Text("name")) ?? PostText.Line(note.Text("summary"));
        string? author = MastodonId.Address(note, "attributedTo") ?? MastodonId.Address(activity, "actor");
        string? replyTo = MastodonId.Post(MastodonId.Address(note, "inReplyTo"));
        batch.Posts.Add(new()
        {
            Id = id,
            Platform = "mastodon",
            Kind = note.Text("type") is "Article" or "Page" ? "article" : "post",
            AuthorId = MastodonId.Author(author),
            Author = MastodonId.Handle(author),
            CreatedAt = PostTime.Iso(note.Text("published") ?? activity.Text("published")),
            EditedAt = PostTime.Iso(note.Text("updated")),
            Text = text,
            Title = title,
            Lang = PostText.Line(lang) is { } told && told != "und" ? told : null,
            ReplyTo = replyTo,
            QuoteOf = MastodonId.Post(note.Text("quote") ?? note.Text("quoteUrl") ?? note.Text("quoteUri") ?? note.Text("_misskey_quote")),
            ThreadId = replyTo ?? id,
            Likes = note.Field("likes").Count("totalItems"),
            Reposts = note.Field("shares").Count("totalItems"),
            Replies = note.Field("replies").Count("totalItems"),
            Urls = html.Links,
            Hashtags = Tags(note, "Hashtag").Select(t => t.Name.TrimStart('#')).ToArray(),
            Mentions = Tags(note, "Mention").Select(Mention).ToArray(),
            Sensitive = note.IsTrue("sensitive"),
            TrainingAllowed = !note.IsFalse("training_allowed"),
            Source = source,
        });
    }

    /// <summary>An announcement: a link to what it repeats, without text.</summary>
    public static void ReadRepost(JsonElement e, string source, RecordSpan span, ReadBatch batch)
    {
        string? repeated = MastodonId.Post(MastodonId.Address(e, "object"));
        if (MastodonId.Post(e.Text("id")) is not { } id || repeated is null)
        {
            batch.Quarantine(source, span.Offset, span.Length, repeated is null ? "field object" : "field id");
            return;
        }
        if (Hidden(e.Field("object"), e) is { } reason)
        {
            batch.Skip(reason);
            return;
        }
        string? author = MastodonId.Address(e, "actor");
        batch.Posts.Add(new()
        {
            Id = id,
            Platform = "mastodon",
            Kind = "post",
            AuthorId = MastodonId.Author(author),
            Author = MastodonId.Handle(author),
            CreatedAt = PostTime.Iso(e.Text("published")),
            Text = "",
            RepostOf = repeated,
            ThreadId = id,
            Source = source,
        });
    }

    /// <summary>
    /// Why a note does not enter, or null where both it and its activity are addressed to everybody, in <c>to</c> (public) or
    /// in <c>cc</c> (unlisted). An object that is only an address has no addressees of its own.
    /// </summary>
    private static string? Hidden(JsonElement note, JsonElement activity)
    {
        bool told = note.Has("to") || note.Has("cc");
        if (IsPublic(activity) && (!told || IsPublic(note)) || !activity.Has("to") && !activity.Has("cc") && IsPublic(note))
            return null;
        return Addressees(told ? note : activity).Any(a => a.EndsWith("/followers", StringComparison.Ordinal)) ? "followers_only" : "direct";
    }

    private static bool IsPublic(JsonElement e) => Addressees(e).Any(Everybody.Contains);

    private static IEnumerable<string> Addressees(JsonElement e)
    {
        foreach (string field in (string[])["to", "cc"])
        {
            var value = e.Field(field);
            if (value.ValueKind == JsonValueKind.String)
                yield return JsonFields.Text(value);
            foreach (var item in JsonFields.Items(value))
            {
                if (item.ValueKind == JsonValueKind.String)
                    yield return JsonFields.Text(item);
            }
        }
    }

    /// <summary>What a poll lets people choose from.</summary>
    private static string Options(JsonElement note)
    {
        var options = new StringBuilder();
        foreach (var option in note.Items("oneOf").Concat(note.Items("anyOf")))
        {
            if (PostText.Line(option.Text("name")) is { } name)
                options.Append(options.Length == 0 ? "\n\n- " : "\n- ").Append(name);
        }
        return options.ToString();
    }

    private static IEnumerable<(string Name, string? Address)> Tags(JsonElement note, string type) =>
        note.Items("tag").Where(t => t.Text("type") == type)
            .Select(t => (PostText.Line(t.Text("name")) ?? "", t.Text("href"))).Where(t => t.Item1.Length > 1)
            .DistinctBy(t => t.Item1, StringComparer.Ordinal);

    /// <summary><c>@mei</c> of the author's own server is told without it.</summary>
    private static string Mention((string Name, string? Address) tag)
    {
        string name = tag.Name.TrimStart('@');
        return name.Contains('@', StringComparison.Ordinal) ? name : MastodonId.Handle(tag.Address) ?? name;
    }
}
