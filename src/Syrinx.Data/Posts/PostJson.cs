using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Syrinx.Data.Posts;

/// <summary>A post as a line of JSON: the fields of the contract, in its order, absent ones null.</summary>
public static class PostJson
{
    internal static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the post's fields into an object that the caller has started and will end.</summary>
    public static void WriteFields(Utf8JsonWriter json, Post p)
    {
        json.WriteString("id"u8, p.Id);
        json.WriteString("platform"u8, p.Platform);
        json.WriteString("kind"u8, p.Kind);
        json.WriteString("community"u8, p.Community);
        json.WriteString("author_id"u8, p.AuthorId);
        json.WriteString("author"u8, p.Author);
        Time(json, "created_at"u8, p.CreatedAt);
        Time(json, "edited_at"u8, p.EditedAt);
        json.WriteString("text"u8, p.Text);
        json.WriteString("title"u8, p.Title);
        json.WriteString("lang"u8, p.Lang);
        json.WriteString("client"u8, p.Client);
        json.WriteString("reply_to"u8, p.ReplyTo);
        json.WriteString("quote_of"u8, p.QuoteOf);
        json.WriteString("repost_of"u8, p.RepostOf);
        json.WriteString("thread_id"u8, p.ThreadId);
        Count(json, "likes"u8, p.Likes);
        Count(json, "reposts"u8, p.Reposts);
        Count(json, "replies"u8, p.Replies);
        Count(json, "quotes"u8, p.Quotes);
        Count(json, "views"u8, p.Views);
        Count(json, "score"u8, p.Score);
        Texts(json, "urls"u8, p.Urls);
        Texts(json, "hashtags"u8, p.Hashtags);
        Texts(json, "mentions"u8, p.Mentions);
        json.WriteBoolean("sensitive"u8, p.Sensitive);
        json.WriteBoolean("training_allowed"u8, p.TrainingAllowed);
        json.WriteString("source"u8, p.Source);
    }

    /// <summary>A UTC time as the contract writes it: ISO 8601 with Z, milliseconds only where there are some.</summary>
    public static string Iso(DateTime utc) => utc.ToString(
        utc.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
        CultureInfo.InvariantCulture);

    private static void Time(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTime? value)
    {
        if (value is { } time)
            json.WriteString(name, Iso(time));
        else
            json.WriteNull(name);
    }

    private static void Count(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } count)
            json.WriteNumber(name, count);
        else
            json.WriteNull(name);
    }

    private static void Texts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
