using System.Globalization;
using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Reads answers of X's API v2: pages with <c>data</c> and <c>includes</c>, one tweet a line, tweets with their author put
/// into them, and compliance lines. Every element of <c>data</c> and every tweet of <c>includes</c> is a record.
/// </summary>
internal static class XApiReader
{
    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file)
    {
        // Compliance lines of tweets and of users look alike; their files' names tell them apart, where they tell anything.
        string name = file.PlainName.ToLowerInvariant();
        bool users = name.Contains("user", StringComparison.Ordinal);
        bool tweets = name.Contains("tweet", StringComparison.Ordinal);
        return JsonRecordReader.Plan(scope, file, (chunk, prefix, batch) =>
            JsonRecordReader.Parse(chunk, prefix, batch, (root, source, span, into) => Record(root, source, span, into, users, tweets)));
    }

    private static void Record(JsonElement root, string source, RecordSpan span, ReadBatch batch, bool users, bool tweets)
    {
        if (XCompliance.TryRead(root, batch, users, tweets))
            return;
        if (root.Has("data") || root.Has("includes") || root.Has("errors") || root.Has("meta"))
            Page(root, source, span, batch);
        else
            Element(root, source, span, batch, XUsers.Empty);
    }

    private static void Page(JsonElement page, string source, RecordSpan span, ReadBatch batch)
    {
        var includes = page.Field("includes");
        var users = XUsers.Read(includes.Items("users"), batch);
        XCompliance.ReadErrors(page.Items("errors"), batch);
        bool any = false;
        var data = page.Field("data");
        if (data.ValueKind == JsonValueKind.Object)
        {
            any = true;
            Element(data, source, span, batch, users);
        }
        int n = 0;
        foreach (var element in JsonFields.Items(data))
        {
            any = true;
            Element(element, string.Create(CultureInfo.InvariantCulture, $"{source}#{n++}"), span, batch, users);
        }
        n = 0;
        foreach (var tweet in includes.Items("tweets"))
        {
            any = true;
            Element(tweet, string.Create(CultureInfo.InvariantCulture, $"{source}#includes.{n++}"), span, batch, users);
        }
        if (!any && !page.Has("meta"))
            batch.Skip("message"); // an error or a notice of the API, a stream's goodbye
    }

    private static void Element(JsonElement e, string source, RecordSpan span, ReadBatch batch, XUsers users)
    {
        try
        {
            if (e.ValueKind != JsonValueKind.Object)
                batch.Quarantine(source, span.Offset, span.Length, "not_an_object");
            else if (e.Has("dm_conversation_id") || e.Has("sender_id"))
                batch.Skip("direct");
            else if (e.Has("id") && (e.Has("text") || e.Has("full_text") || e.Has("note_tweet")))
                XTweet.Read(e, source, span, batch, users);
            else if (e.Has("username"))
                Profile(e, batch);
            else
                batch.Skip("not_a_tweet");
        }
        catch (BadUnicodeException)
        {
            batch.Quarantine(source, span.Offset, span.Length, "bad_unicode");
        }
    }

    /// <summary>A user in a tweet's place, as in answers to questions for users.</summary>
    private static void Profile(JsonElement user, ReadBatch batch)
    {
        XUsers.Read([user], batch);
        batch.Skip("user_profile");
    }
}
