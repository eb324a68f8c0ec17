using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Reads what X's streams of API v1.1 sent, a message a line (also spread over lines): tweets, deletions, what was withheld
/// later, and notices; and the same as Activity Streams, as Gnip delivered them.
/// </summary>
internal static class XStreamReader
{
    private static readonly string[] Notices =
        ["limit", "scrub_geo", "disconnect", "warning", "event", "friends", "friends_str", "control", "info", "user_update"];

    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file) =>
        JsonRecordReader.Plan(scope, file, Record);

    private static void Record(JsonElement root, string source, RecordSpan span, ReadBatch batch)
    {
        // Streams for several users put each message into an envelope.
        if (root.Has("for_user") && root.Field("message") is { ValueKind: JsonValueKind.Object } message)
            root = message;
        if (root.Has("direct_message") || root.Has("sender_id"))
            batch.Skip("direct");
        else if (root.Text("objectType") == "activity" || root.Has("verb"))
            XActivity.Read(root, source, span, batch);
        else if (root.Has("text") || root.Has("full_text"))
            XStatus.Read(root, source, span, batch, null);
        else if (Withheld(root, batch) || XCompliance.TryRead(root, batch, users: false, tweets: true))
            return;
        else if (Notices.Any(n => root.Has(n)))
            batch.Skip("message");
        else
            batch.Skip("not_a_tweet");
    }

    /// <summary>A tweet, or all of somebody's, that was withheld after it was sent.</summary>
    private static bool Withheld(JsonElement root, ReadBatch batch)
    {
        if (root.Field("status_withheld") is { ValueKind: JsonValueKind.Object } status)
        {
            if (XText.Id(status.Text("id_str") ?? status.Text("id")) is { } id)
                batch.Facts.Add(new(FactKind.Post, id, "withheld"));
        }
        else if (root.Field("user_withheld") is { ValueKind: JsonValueKind.Object } user)
        {
            if (XText.Id(user.Text("id_str") ?? user.Text("id")) is { } id)
                batch.Facts.Add(new(FactKind.Author, id, "withheld"));
        }
        else
        {
            return false;
        }
        batch.Skip("compliance");
        return true;
    }
}
