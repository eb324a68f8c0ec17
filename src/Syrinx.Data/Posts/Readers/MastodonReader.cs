using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Reads what members of Mastodon and other ActivityPub servers export: <c>outbox.json</c> with its activities, and
/// <c>actor.json</c>. Only what is addressed to everybody enters; most of a real export can be for followers or for one person.
/// </summary>
internal static class MastodonReader
{
    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file) =>
        JsonRecordReader.Plan(scope, file, Record, member: "orderedItems");

    /// <summary>Whether a file of an export may be read; likes and bookmarks are nobody else's business.</summary>
    public static bool IsReadable(string name) => name.Contains("outbox", StringComparison.Ordinal) || name is "actor.json";

    private static void Record(JsonElement e, string source, RecordSpan span, ReadBatch batch)
    {
        string? type = e.Text("type");
        switch (type)
        {
            case "OrderedCollection" or "OrderedCollectionPage":
                int n = 0;
                foreach (var item in e.Items("orderedItems"))
                    JsonRecordReader.Part(item, $"{source}#{n++}", span, batch, Record);
                break;
            case "Person" or "Service" or "Application" or "Group" or "Organization":
                MastodonActor.Read(e, batch);
                break;
            case "Delete" or "Undo":
                Take(e, batch);
                break;
            case "Create" or "Update" or "Announce":
                Activity(e, type, source, span, batch);
                break;
            case "Note" or "Question" or "Article" or "Page":
                MastodonNote.Read(e, e, source, span, batch);
                break;
            case "Tombstone":
                Take(e, batch);
                break;
            default:
                batch.Skip(type is "Like" ? "like" : "not_a_post");
                break;
        }
    }

    /// <summary>Something was deleted: the activity's object, or an activity that is undone.</summary>
    private static void Take(JsonElement e, ReadBatch batch)
    {
        var what = e.Field("object");
        string? address = what.ValueKind == JsonValueKind.Object ? what.Text("id") : e.Text("object") ?? e.Text("id");
        if (MastodonId.Author(address) is { } author && address == e.Text("actor"))
            batch.Facts.Add(new(FactKind.Author, author, "deleted")); // the whole account
        else if (MastodonId.Post(address) is { } id)
            batch.Facts.Add(new(FactKind.Post, id, "deleted"));
        batch.Skip("compliance");
    }

    private static void Activity(JsonElement e, string type, string source, RecordSpan span, ReadBatch batch)
    {
        var what = e.Field("object");
        if (type == "Update" && what.Has("preferredUsername"))
            MastodonActor.Read(what, batch);
        else if (type == "Announce")
            MastodonNote.ReadRepost(e, source, span, batch);
        else if (what.Text("type") is "Note" or "Question" or "Article" or "Page" or "Image" or "Video" or "Audio" or "Event")
            MastodonNote.Read(what, e, source, span, batch);
        else if (what.Text("type") == "Tombstone")
            Take(e, batch);
        else
            batch.Skip("not_a_post");
    }
}
