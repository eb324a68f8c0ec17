using System.Text.Json;
using Syrinx.Data.Posts.Import;

namespace Syrinx.Data.Posts.Readers;

/// <summary>What X tells of tweets and accounts that went: lines of compliance jobs, delete events, errors of pages.</summary>
internal static class XCompliance
{
    /// <summary>Takes a compliance line or a delete event; false where the record is something else.</summary>
    /// <param name="root">The record.</param>
    /// <param name="batch">Takes the fact, and counts the line as skipped: <c>compliance</c>.</param>
    /// <param name="users">The file's name speaks of users.</param>
    /// <param name="tweets">The file's name speaks of tweets.</param>
    public static bool TryRead(JsonElement root, ReadBatch batch, bool users, bool tweets)
    {
        if (root.Has("action") && root.Has("id") && !root.Has("text"))
        {
            if (root.Text("action") == "delete" && XText.Id(root.Text("id")) is { } id)
            {
                string reason = Reason(root.Text("reason"));
                if (!users || tweets)
                    batch.Facts.Add(new(FactKind.Post, id, reason));
                if (!tweets || users)
                    batch.Facts.Add(new(FactKind.Author, id, reason));
            }
            batch.Skip("compliance");
            return true;
        }
        var change = root.Field("data") is { ValueKind: JsonValueKind.Object } data ? data : root;
        if (change.Has("text") || change.Has("full_text"))
            return false;
        foreach (string name in (string[])["delete", "tweet_delete", "user_delete", "user_protect", "user_suspend"])
        {
            if (change.Field(name) is not { ValueKind: JsonValueKind.Object } what)
                continue;
            var tweet = what.Field("tweet") is { ValueKind: JsonValueKind.Object } t ? t : what.Field("status");
            if (XText.Id(tweet.Text("id_str") ?? tweet.Text("id")) is { } id)
                batch.Facts.Add(new(FactKind.Post, id, "deleted"));
            else if (XText.Id(what.Field("user").Text("id_str") ?? what.Field("user").Text("id") ?? what.Text("id")) is { } user)
                batch.Facts.Add(new(FactKind.Author, user, Reason(name)));
            batch.Skip("compliance");
            return true;
        }
        return false;
    }

    /// <summary>
    /// Takes what a page could not give: tweets that are not found are deleted, tweets that one may not see are protected,
    /// users may be suspended.
    /// </summary>
    public static void ReadErrors(IEnumerable<JsonElement> errors, ReadBatch batch)
    {
        foreach (var error in errors)
        {
            string? id = error.Text("resource_id") ?? error.Text("value");
            string title = error.Text("title") ?? "";
            bool suspended = error.Text("detail")?.Contains("suspended", StringComparison.OrdinalIgnoreCase) == true;
            switch (error.Text("resource_type"))
            {
                case "tweet" when XText.Id(id) is { } tweet && title == "Not Found Error":
                    batch.Facts.Add(new(FactKind.Post, tweet, "deleted"));
                    break;
                case "tweet" when XText.Id(id) is { } tweet && title == "Authorization Error":
                    batch.Facts.Add(new(FactKind.Post, tweet, suspended ? "suspended" : "protected"));
                    break;
                case "user" when id is not null && suspended:
                    bool byName = error.Text("parameter")?.EndsWith("username", StringComparison.Ordinal) == true;
                    batch.Facts.Add(new(byName ? FactKind.Handle : FactKind.Author, "x:" + id, "suspended"));
                    break;
            }
        }
    }

    private static string Reason(string? told) => told switch
    {
        "protected" or "user_protect" => "protected",
        "suspended" or "user_suspend" => "suspended",
        _ => "deleted",
    };
}
