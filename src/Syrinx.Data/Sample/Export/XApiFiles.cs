using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Syrinx.Data.Sample.World;

namespace Syrinx.Data.Sample.Export;

/// <summary>
/// Writes the tweets of everyone without an archive as pages of the X API v2, a file a month and a page a line, newest first
/// (<c>{data, includes{users, tweets, media}, errors, meta}</c>), and the batch compliance files for what was deleted,
/// protected or suspended since.
/// </summary>
internal sealed class XApiFiles(SampleWorld world, string folder)
{
    private const int PageSize = 100;
    private const string Problems = "https://api.twitter.com/2/problems/";
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IEnumerable<string> Write(CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var months = world.Tweets.Where(t => !t.Author.Member).OrderByDescending(t => t.Id)
            .GroupBy(t => t.CreatedAt.AddHours(8).ToString("yyyy-MM", CultureInfo.InvariantCulture));
        foreach (var month in months)
        {
            cancel.ThrowIfCancellationRequested();
            string path = Path.Combine(folder, $"tweets-{month.Key}.jsonl");
            using (var stream = File.Create(path))
            {
                using var json = new Utf8JsonWriter(stream, Options);
                foreach (var page in month.Chunk(PageSize))
                {
                    Page(json, page);
                    json.Flush();
                    stream.WriteByte((byte)'\n');
                    json.Reset();
                }
            }
            yield return path;
        }
        yield return Compliance("tweets_compliance.jsonl",
            world.Tweets.Where(t => t.Deleted && !t.Author.Member).OrderBy(t => t.Id).Select(t =>
            (t.Id, t.CreatedAt, Redacted: (DateTime?)t.CreatedAt.AddDays(2 + t.Id % 29), Reason: "deleted")));
        yield return Compliance("users_compliance.jsonl",
            world.People.Accountholders.Where(a => a.State != AuthorState.Active && !a.Member).Select(a =>
            (a.Number, a.CreatedAt, (DateTime?)null, a.State == AuthorState.Protected ? "protected" : "suspended")));
    }

    private void Page(Utf8JsonWriter json, SampleTweet[] page)
    {
        var users = new Dictionary<long, SampleAuthor>();
        var tweets = new Dictionary<long, SampleTweet>();
        var missing = new List<SampleTweet>();
        var suspended = new HashSet<SampleAuthor>();
        json.WriteStartObject();
        json.WriteStartArray("data");
        foreach (var tweet in page)
        {
            var form = Tweet(json, tweet);
            See(tweet.Author);
            foreach (var mention in form.Entities.Where(e => e.Kind == TweetEntityKind.Mention))
            {
                if (world.People.Find(mention.Value) is { } mentioned)
                    See(mentioned);
            }
            foreach (var (_, referenced) in References(tweet))
            {
                if (referenced.Hidden)
                    missing.Add(referenced);
                else if (tweets.TryAdd(referenced.Id, referenced))
                    See(referenced.Author);
            }
        }
        json.WriteEndArray();

        json.WriteStartObject("includes");
        json.WriteStartArray("users");
        foreach (var user in users.Values)
            User(json, user);
        json.WriteEndArray();
        json.WriteStartArray("tweets");
        foreach (var tweet in tweets.Values)
            Tweet(json, tweet);
        json.WriteEndArray();
        if (page.Any(t => t.Photo))
        {
            json.WriteStartArray("media");
            foreach (var tweet in page.Where(t => t.Photo))
                Media(json, tweet);
            json.WriteEndArray();
        }
        json.WriteEndObject();

        Errors(json, missing, suspended);
        json.WriteStartObject("meta");
        json.WriteString("newest_id", Id(page[0].Id));
        json.WriteString("oldest_id", Id(page[^1].Id));
        json.WriteNumber("result_count", page.Length);
        json.WriteEndObject();
        json.WriteEndObject();

        void See(SampleAuthor author)
        {
            if (author.State == AuthorState.Suspended)
                suspended.Add(author);
            else
                users.TryAdd(author.Number, author);
        }
    }

    private static TweetForm Tweet(Utf8JsonWriter json, SampleTweet tweet)
    {
        var form = TweetForm.Of(tweet);
        json.WriteStartObject();
        json.WriteString("id", Id(tweet.Id));
        json.WriteString("text", form.Text);
        json.WriteString("author_id", Id(tweet.Author.Number));
        json.WriteString("created_at", Time(tweet.CreatedAt));
        json.WriteString("conversation_id", Id(tweet.Root.Id));
        if (tweet.ReplyTo is { } parent)
            json.WriteString("in_reply_to_user_id", Id(parent.Author.Number));
        var references = References(tweet).ToArray();
        if (references.Length > 0)
        {
            json.WriteStartArray("referenced_tweets");
            foreach (var (type, referenced) in references)
            {
                json.WriteStartObject();
                json.WriteString("type", type);
                json.WriteString("id", Id(referenced.Id));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (tweet.Photo)
        {
            json.WriteStartObject("attachments");
            json.WriteStartArray("media_keys");
            json.WriteStringValue($"3_{tweet.Id + 1}");
            json.WriteEndArray();
            json.WriteEndObject();
        }
        Entities(json, form);
        json.WriteStartObject("public_metrics");
        json.WriteNumber("retweet_count", tweet.RepostOf?.Reposts ?? tweet.Reposts);
        json.WriteNumber("reply_count", tweet.Replies);
        json.WriteNumber("like_count", tweet.Likes);
        json.WriteNumber("quote_count", tweet.Quotes);
        json.WriteNumber("impression_count", tweet.Views);
        json.WriteEndObject();
        json.WriteString("lang", tweet.Language);
        json.WriteBoolean("possibly_sensitive", tweet.Sensitive);
        json.WriteString("reply_settings", "everyone");
        json.WriteString("source", tweet.Client ?? tweet.Author.Client);
        json.WriteStartArray("edit_history_tweet_ids");
        json.WriteStringValue(Id(tweet.Id));
        json.WriteEndArray();
        if (tweet.NoTraining)
            json.WriteBoolean("training_allowed", false);
        json.WriteEndObject();
        return form;
    }

    private static void Entities(Utf8JsonWriter json, TweetForm form)
    {
        if (form.Entities.Count == 0)
            return;
        json.WriteStartObject("entities");
        List("urls", e => e.Kind is TweetEntityKind.Link or TweetEntityKind.Picture, e =>
        {
            json.WriteString("url", e.Value);
            json.WriteString("expanded_url", e.Target);
            json.WriteString("display_url",
                e.Kind == TweetEntityKind.Picture ? TweetForm.PictureDisplay(e.Value) : TweetForm.Display(e.Target));
        });
        List("hashtags", e => e.Kind == TweetEntityKind.Hashtag, e => json.WriteString("tag", e.Value));
        List("mentions", e => e.Kind == TweetEntityKind.Mention, e => json.WriteString("username", e.Value));
        json.WriteEndObject();

        void List(string name, Func<TweetEntity, bool> of, Action<TweetEntity> write)
        {
            if (!form.Entities.Any(of))
                return;
            json.WriteStartArray(name);
            foreach (var entity in form.Entities.Where(of))
            {
                json.WriteStartObject();
                json.WriteNumber("start", entity.Start);
                json.WriteNumber("end", entity.End);
                write(entity);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
    }

    private void User(Utf8JsonWriter json, SampleAuthor author)
    {
        json.WriteStartObject();
        json.WriteString("id", Id(author.Number));
        json.WriteString("name", author.Name);
        json.WriteString("username", author.Handle);
        json.WriteString("created_at", Time(author.CreatedAt));
        json.WriteString("description", author.Bio);
        if (author.Location.Length > 0)
            json.WriteString("location", author.Location);
        json.WriteString("profile_image_url", author.DefaultProfile
            ? "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png"
            : $"https://pbs.twimg.com/profile_images/{author.Number}/{author.Handle}_normal.jpg");
        json.WriteBoolean("protected", author.State == AuthorState.Protected);
        json.WriteString("url", author.Url);
        json.WriteBoolean("verified", false);
        if (author.NoTraining)
            json.WriteBoolean("training_allowed", false);
        json.WriteStartObject("public_metrics");
        json.WriteNumber("followers_count", author.Followers);
        json.WriteNumber("following_count", author.Following);
        json.WriteNumber("tweet_count", _tweetCounts.Value.GetValueOrDefault(author) * 3);
        json.WriteNumber("listed_count", author.Listed);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private readonly Lazy<Dictionary<SampleAuthor, int>> _tweetCounts =
        new(() => world.Tweets.GroupBy(t => t.Author).ToDictionary(g => g.Key, g => g.Count()));

    private static void Media(Utf8JsonWriter json, SampleTweet tweet)
    {
        json.WriteStartObject();
        json.WriteString("media_key", $"3_{tweet.Id + 1}");
        json.WriteString("type", "photo");
        json.WriteString("url", $"https://pbs.twimg.com/media/{tweet.Id:x}.jpg");
        json.WriteNumber("width", 1200);
        json.WriteNumber("height", 900);
        json.WriteEndObject();
    }

    private static void Errors(Utf8JsonWriter json, List<SampleTweet> missing, HashSet<SampleAuthor> suspended)
    {
        if (missing.Count + suspended.Count == 0)
            return;
        json.WriteStartArray("errors");
        foreach (var tweet in missing.DistinctBy(t => t.Id))
            Error(Id(tweet.Id), "tweet", "referenced_tweets.id", "Not Found Error",
                $"Could not find tweet with referenced_tweets.id: [{tweet.Id}].");
        foreach (var author in suspended)
            Error(Id(author.Number), "user", "author_id", "Forbidden", $"User has been suspended: [{author.Number}].");
        json.WriteEndArray();

        void Error(string value, string type, string parameter, string title, string detail)
        {
            json.WriteStartObject();
            json.WriteString("value", value);
            json.WriteString("detail", detail);
            json.WriteString("title", title);
            json.WriteString("resource_type", type);
            json.WriteString("parameter", parameter);
            json.WriteString("resource_id", value);
            json.WriteString("type", Problems + "resource-not-found");
            json.WriteEndObject();
        }
    }

    private string Compliance(string name, IEnumerable<(long Id, DateTime CreatedAt, DateTime? Redacted, string Reason)> lines)
    {
        string path = Path.Combine(folder, name);
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, Options);
        foreach (var (id, created, redacted, reason) in lines)
        {
            json.WriteStartObject();
            json.WriteString("id", Id(id));
            json.WriteString("action", "delete");
            json.WriteString("created_at", Time(created));
            if (redacted is { } at)
                json.WriteString("redacted_at", Time(at));
            json.WriteString("reason", reason);
            json.WriteEndObject();
            json.Flush();
            stream.WriteByte((byte)'\n');
            json.Reset();
        }
        return path;
    }

    private static IEnumerable<(string Type, SampleTweet Tweet)> References(SampleTweet tweet)
    {
        if (tweet.RepostOf is { } reposted)
            yield return ("retweeted", reposted);
        if (tweet.QuoteOf is { } quoted)
            yield return ("quoted", quoted);
        if (tweet.ReplyTo is { } parent)
            yield return ("replied_to", parent);
    }

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
