using System.Buffers;
using System.Text.Json;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Parses one line of our own JSONL in one pass over its bytes. Unknown fields are passed over. Not thread-safe: one a
/// thread.
/// </summary>
internal sealed class PostJsonParser
{
    private static readonly HashSet<string> Kinds = ["post", "article", "push", "web", "encyclopedia"];

    private readonly List<string> _items = [];

    /// <summary>The post, or null and the name of what is wrong: <c>field likes</c>.</summary>
    /// <param name="line">A JSON object.</param>
    /// <param name="source">For posts that do not tell theirs.</param>
    /// <param name="problem">What is wrong.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="BadUnicodeException">It is no Unicode.</exception>
    public Post? Parse(ReadOnlySpan<byte> line, string source, out string? problem)
    {
        problem = null;
        string? id = null, platform = null, kind = null, community = null, authorId = null, author = null, text = null;
        string? title = null, lang = null, client = null, replyTo = null, quoteOf = null, repostOf = null, threadId = null, told = null;
        DateTime? createdAt = null, editedAt = null;
        long? likes = null, reposts = null, replies = null, quotes = null, views = null, score = null;
        string[] urls = [], hashtags = [], mentions = [];
        bool sensitive = false, trainingAllowed = true;

        var json = new Utf8JsonReader(line);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            problem = "not_an_object";
            return null;
        }
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.HasValueSequence ? json.ValueSequence.ToArray() : json.ValueSpan;
            bool ok = true;
            string field = "";
            if (name.SequenceEqual("id"u8)) { field = "id"; ok = Line(ref json, out id); }
            else if (name.SequenceEqual("platform"u8)) { field = "platform"; ok = Line(ref json, out platform); }
            else if (name.SequenceEqual("kind"u8)) { field = "kind"; ok = Line(ref json, out kind) && (kind is null || Kinds.Contains(kind)); }
            else if (name.SequenceEqual("community"u8)) { field = "community"; ok = Line(ref json, out community); }
            else if (name.SequenceEqual("author_id"u8)) { field = "author_id"; ok = Line(ref json, out authorId); }
            else if (name.SequenceEqual("author"u8)) { field = "author"; ok = Line(ref json, out author); }
            else if (name.SequenceEqual("created_at"u8)) { field = "created_at"; ok = Time(ref json, out createdAt); }
            else if (name.SequenceEqual("edited_at"u8)) { field = "edited_at"; ok = Time(ref json, out editedAt); }
            else if (name.SequenceEqual("text"u8)) { field = "text"; ok = Text(ref json, out text); }
            else if (name.SequenceEqual("title"u8)) { field = "title"; ok = Line(ref json, out title); }
            else if (name.SequenceEqual("lang"u8)) { field = "lang"; ok = Line(ref json, out lang); }
            else if (name.SequenceEqual("client"u8)) { field = "client"; ok = Line(ref json, out client); }
            else if (name.SequenceEqual("reply_to"u8)) { field = "reply_to"; ok = Line(ref json, out replyTo); }
            else if (name.SequenceEqual("quote_of"u8)) { field = "quote_of"; ok = Line(ref json, out quoteOf); }
            else if (name.SequenceEqual("repost_of"u8)) { field = "repost_of"; ok = Line(ref json, out repostOf); }
            else if (name.SequenceEqual("thread_id"u8)) { field = "thread_id"; ok = Line(ref json, out threadId); }
            else if (name.SequenceEqual("likes"u8)) { field = "likes"; ok = Count(ref json, out likes); }
            else if (name.SequenceEqual("reposts"u8)) { field = "reposts"; ok = Count(ref json, out reposts); }
            else if (name.SequenceEqual("replies"u8)) { field = "replies"; ok = Count(ref json, out replies); }
            else if (name.SequenceEqual("quotes"u8)) { field = "quotes"; ok = Count(ref json, out quotes); }
            else if (name.SequenceEqual("views"u8)) { field = "views"; ok = Count(ref json, out views); }
            else if (name.SequenceEqual("score"u8)) { field = "score"; ok = Count(ref json, out score); }
            else if (name.SequenceEqual("urls"u8)) { field = "urls"; ok = Texts(ref json, ref urls); }
            else if (name.SequenceEqual("hashtags"u8)) { field = "hashtags"; ok = Texts(ref json, ref hashtags); }
            else if (name.SequenceEqual("mentions"u8)) { field = "mentions"; ok = Texts(ref json, ref mentions); }
            else if (name.SequenceEqual("sensitive"u8)) { field = "sensitive"; ok = Flag(ref json, ref sensitive); }
            else if (name.SequenceEqual("training_allowed"u8)) { field = "training_allowed"; ok = Flag(ref json, ref trainingAllowed); }
            else if (name.SequenceEqual("source"u8)) { field = "source"; ok = Line(ref json, out told); }
            else { json.Read(); json.Skip(); }
            if (!ok)
            {
                problem = "field " + field;
                return null;
            }
        }
        while (json.Read()) { } // what follows the object is no JSON: throws

        int colon = id is null ? -1 : id.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || colon == id!.Length - 1)
            problem = "field id";
        else if (text is null && repostOf is null)
            problem = "field text";
        if (problem is not null)
            return null;
        return new()
        {
            Id = id!,
            Platform = Known(platform ?? id![..colon]),
            Kind = Known(kind ?? "post"),
            Community = community,
            AuthorId = authorId,
            Author = author,
            CreatedAt = createdAt,
            EditedAt = editedAt,
            Text = text ?? "",
            Title = title,
            Lang = lang,
            Client = client,
            ReplyTo = replyTo,
            QuoteOf = quoteOf,
            RepostOf = repostOf,
            ThreadId = threadId ?? id!,
            Likes = likes,
            Reposts = reposts,
            Replies = replies,
            Quotes = quotes,
            Views = views,
            Score = score,
            Urls = urls,
            Hashtags = hashtags,
            Mentions = mentions,
            Sensitive = sensitive,
            TrainingAllowed = trainingAllowed,
            Source = told ?? source,
        };
    }

    private static string Known(string value) => string.IsInterned(value) ?? value;

    private static string? String(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException e)
        {
            throw new BadUnicodeException(e);
        }
    }

    private static bool Line(ref Utf8JsonReader json, out string? value)
    {
        json.Read();
        value = json.TokenType == JsonTokenType.String ? PostText.Line(String(ref json)) : null;
        return json.TokenType is JsonTokenType.String or JsonTokenType.Null;
    }

    private static bool Text(ref Utf8JsonReader json, out string? value)
    {
        json.Read();
        value = json.TokenType == JsonTokenType.String ? PostText.Clean(String(ref json)) : null;
        return json.TokenType is JsonTokenType.String or JsonTokenType.Null;
    }

    private static bool Time(ref Utf8JsonReader json, out DateTime? value)
    {
        json.Read();
        value = null;
        if (json.TokenType == JsonTokenType.Null)
            return true;
        if (json.TokenType != JsonTokenType.String)
            return false;
        bool isOurs = json.TryGetDateTimeOffset(out var time) && json.ValueSpan.EndsWith("Z"u8);
        value = isOurs ? PostTime.Utc(time) : PostTime.Iso(String(ref json));
        return value is not null;
    }

    private static bool Count(ref Utf8JsonReader json, out long? value)
    {
        json.Read();
        value = null;
        if (json.TokenType == JsonTokenType.Null)
            return true;
        if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long count))
            return false;
        value = count;
        return true;
    }

    private static bool Flag(ref Utf8JsonReader json, ref bool value)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.True or JsonTokenType.False)
            value = json.GetBoolean();
        return json.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null;
    }

    private bool Texts(ref Utf8JsonReader json, ref string[] values)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return true;
        if (json.TokenType != JsonTokenType.StartArray)
            return false;
        _items.Clear();
        while (json.Read() && json.TokenType == JsonTokenType.String)
        {
            if (PostText.Line(String(ref json)) is { } item)
                _items.Add(item);
        }
        values = _items.Count == 0 ? [] : [.. _items];
        return json.TokenType == JsonTokenType.EndArray;
    }
}
