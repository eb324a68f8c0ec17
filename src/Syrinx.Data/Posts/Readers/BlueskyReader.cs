using System.Globalization;
using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Reads events of Bluesky's Jetstream: posts and reposts that are made, changed and deleted, accounts that are taken down or
/// deleted, names. Likes, follows and what other programs keep in the network are no posts.
/// </summary>
internal static class BlueskyReader
{
    private const string Posts = "app.bsky.feed.post";
    private const string Reposts = "app.bsky.feed.repost";
    private const string Profiles = "app.bsky.actor.profile";

    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file) => JsonRecordReader.Plan(scope, file, Record);

    private static void Record(JsonElement e, string source, RecordSpan span, ReadBatch batch)
    {
        if (BlueskyId.Author(e.Text("did")) is not { } author)
        {
            batch.Quarantine(source, span.Offset, span.Length, "field did");
            return;
        }
        switch (e.Text("kind"))
        {
            case "commit" or null:
                Commit(e, e.Field("commit"), author, source, span, batch);
                break;
            case "account":
                Account(e.Field("account"), author, batch);
                break;
            case "identity":
                if (PostText.Line(e.Field("identity").Text("handle")) is { } handle && handle != "handle.invalid")
                    batch.Authors.Add(new() { AuthorId = author, Handle = handle });
                batch.Skip("user_profile");
                break;
            default:
                batch.Skip("message");
                break;
        }
    }

    private static void Commit(JsonElement e, JsonElement commit, string author, string source, RecordSpan span, ReadBatch batch)
    {
        string? collection = commit.Text("collection");
        var record = commit.Field("record");
        if (collection == Profiles)
        {
            // What the member asks of programs that show their posts to everybody.
            if (BlueskyPost.Labels(record).Contains("!no-unauthenticated"))
                batch.Facts.Add(new(FactKind.Author, author, Fact.NoTraining));
            batch.Skip("user_profile");
            return;
        }
        if (collection is not (Posts or Reposts))
        {
            batch.Skip(collection == "app.bsky.feed.like" ? "like" : "not_a_post");
            return;
        }
        if (BlueskyId.Post(e.Text("did"), commit.Text("rkey"), collection == Reposts) is not { } id)
        {
            batch.Quarantine(source, span.Offset, span.Length, "field rkey");
            return;
        }
        switch (commit.Text("operation"))
        {
            case "delete":
                batch.Facts.Add(new(FactKind.Post, id, "deleted"));
                batch.Skip("compliance");
                break;
            case "create" or "update" when record.ValueKind == JsonValueKind.Object:
                var seen = Time(e.Count("time_us"));
                var edited = commit.Text("operation") == "update" ? seen : null;
                BlueskyPost.Read(record, id, author, collection == Reposts, seen, edited, source, span, batch);
                break;
            default:
                batch.Quarantine(source, span.Offset, span.Length, "field operation");
                break;
        }
    }

    /// <summary>An account that is gone takes its posts along; one that hides itself for a while is not public.</summary>
    private static void Account(JsonElement account, string author, ReadBatch batch)
    {
        string? reason = !account.IsFalse("active") ? null : account.Text("status") switch
        {
            "takendown" or "suspended" => "suspended",
            "deactivated" => "protected",
            "deleted" => "deleted",
            _ => null, // a server's troubles: throttled, desynchronized
        };
        if (reason is not null)
            batch.Facts.Add(new(FactKind.Author, author, reason));
        batch.Skip("compliance");
    }

    private static DateTime? Time(long? microseconds) =>
        microseconds is > 0 and < 253_402_300_800_000_000 and var us ? PostTime.Unix((us / 1e6).ToString("F3", CultureInfo.InvariantCulture)) : null;
}
