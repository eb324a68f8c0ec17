using System.Globalization;
using System.Text.Json;
using Syrinx.Data.Sample.World;

namespace Syrinx.Data.Sample.Export;

/// <summary>
/// The fields of a tweet in an X archive: those of API v1.1, but with every number as a string. A repost has no trace of the
/// original but its text.
/// </summary>
internal static class ArchiveTweet
{
    public static void Write(Utf8JsonWriter json, SampleTweet tweet)
    {
        var form = TweetForm.Of(tweet);
        json.WriteStartObject("edit_info");
        json.WriteStartObject("initial");
        json.WriteStartArray("editTweetIds");
        json.WriteStringValue(Text(tweet.Id));
        json.WriteEndArray();
        json.WriteString("editsRemaining", "5");
        json.WriteBoolean("isEditEligible", tweet.ReplyTo is null);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteBoolean("retweeted", false);
        json.WriteString("source",
            $"<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">{tweet.Client ?? tweet.Author.Client}</a>");
        Entities(json, form, tweet);
        Texts(json, "display_text_range", form.DisplayStart, form.Length);
        json.WriteString("favorite_count", Text(tweet.Likes));
        if (tweet.ReplyTo is { } parent)
        {
            json.WriteString("in_reply_to_status_id_str", Text(parent.Id));
            json.WriteString("in_reply_to_status_id", Text(parent.Id));
            json.WriteString("in_reply_to_user_id", Text(parent.Author.Number));
            json.WriteString("in_reply_to_user_id_str", Text(parent.Author.Number));
            json.WriteString("in_reply_to_screen_name", parent.Author.Handle);
        }
        json.WriteString("id_str", Text(tweet.Id));
        json.WriteString("id", Text(tweet.Id));
        json.WriteBoolean("truncated", false);
        json.WriteString("retweet_count", Text(tweet.RepostOf is null ? tweet.Reposts : 0));
        if (tweet.Sensitive || form.Entities.Any(e => e.Kind == TweetEntityKind.Link))
            json.WriteBoolean("possibly_sensitive", tweet.Sensitive);
        json.WriteString("created_at", Time(tweet.CreatedAt));
        json.WriteBoolean("favorited", false);
        json.WriteString("full_text", form.Text);
        json.WriteString("lang", tweet.Language);
        if (tweet.NoTraining)
            json.WriteBoolean("training_allowed", false);
        if (tweet.Deleted)
            json.WriteString("deleted_at", Time(tweet.CreatedAt.AddHours(1 + tweet.Id % 40)));
        if (form.Entities.FirstOrDefault(e => e.Kind == TweetEntityKind.Picture) is { } picture)
        {
            json.WriteStartObject("extended_entities");
            Media(json, picture, tweet);
            json.WriteEndObject();
        }
    }

    private static void Entities(Utf8JsonWriter json, TweetForm form, SampleTweet tweet)
    {
        json.WriteStartObject("entities");
        List("hashtags", TweetEntityKind.Hashtag, e => json.WriteString("text", e.Value));
        json.WriteStartArray("symbols");
        json.WriteEndArray();
        List("user_mentions", TweetEntityKind.Mention, e => json.WriteString("screen_name", e.Value));
        List("urls", TweetEntityKind.Link, e =>
        {
            json.WriteString("url", e.Value);
            json.WriteString("expanded_url", e.Target);
            json.WriteString("display_url", TweetForm.Display(e.Target));
        });
        if (form.Entities.FirstOrDefault(e => e.Kind == TweetEntityKind.Picture) is { } picture)
            Media(json, picture, tweet);
        json.WriteEndObject();

        void List(string name, TweetEntityKind kind, Action<TweetEntity> write)
        {
            json.WriteStartArray(name);
            foreach (var entity in form.Entities.Where(e => e.Kind == kind))
            {
                json.WriteStartObject();
                write(entity);
                Texts(json, "indices", entity.Start, entity.End);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
    }

    private static void Media(Utf8JsonWriter json, TweetEntity picture, SampleTweet tweet)
    {
        json.WriteStartArray("media");
        json.WriteStartObject();
        json.WriteString("expanded_url", picture.Target);
        Texts(json, "indices", picture.Start, picture.End);
        json.WriteString("url", picture.Value);
        json.WriteString("media_url_https", $"https://pbs.twimg.com/media/{tweet.Id:x}.jpg");
        json.WriteString("id_str", Text(tweet.Id + 1));
        json.WriteString("type", "photo");
        json.WriteString("display_url", TweetForm.PictureDisplay(picture.Value));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Texts(Utf8JsonWriter json, string name, int first, int second)
    {
        json.WriteStartArray(name);
        json.WriteStringValue(Text(first));
        json.WriteStringValue(Text(second));
        json.WriteEndArray();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTime utc) => utc.ToString("ddd MMM dd HH:mm:ss '+0000' yyyy", CultureInfo.InvariantCulture);
}
