using System.Text.Json;
using Syrinx.Data.Posts.Import;

namespace Syrinx.Data.Posts.Readers;

/// <summary>The users that a page includes, as far as its tweets need them. Immutable once read.</summary>
internal sealed class XUsers
{
    private readonly Dictionary<string, XUser> _byId = new(StringComparer.Ordinal);

    public static XUsers Empty { get; } = new();

    public XUser? Find(string? id) => id is not null && _byId.TryGetValue(id, out var user) ? user : null;

    /// <summary>Reads users, puts their profiles and what they tell of consent into the batch.</summary>
    public static XUsers Read(IEnumerable<JsonElement> users, ReadBatch batch)
    {
        var read = new XUsers();
        foreach (var e in users)
        {
            if (e.Text("id") is not { } raw || XText.Id(raw) is not { } id || PostText.Line(e.Text("username")) is not { } handle)
                continue;
            string? gone = e.IsTrue("protected") ? "protected" : e.IsTrue("suspended") ? "suspended" : null;
            if (gone is not null)
                batch.Facts.Add(new(FactKind.Author, id, gone));
            if (e.IsFalse("training_allowed"))
                batch.Facts.Add(new(FactKind.Author, id, Fact.NoTraining));
            read._byId[raw] = new(handle, gone ?? (XText.IsWithheld(e.Field("withheld")) ? "withheld" : null));
            batch.Authors.Add(Profile(e, id, handle));
        }
        return read;
    }

    private static Author Profile(JsonElement e, string id, string handle)
    {
        var metrics = e.Field("public_metrics");
        var entities = e.Field("entities");
        string? link = entities.Field("url").Items("urls").Select(u => u.Text("expanded_url")).FirstOrDefault();
        string description = e.Text("description") ?? "";
        var links = entities.Field("description").Items("urls").Select(u => new XLink(u.Text("url") ?? "", u.Text("expanded_url"), false));
        string? image = e.Text("profile_image_url");
        return new()
        {
            AuthorId = id,
            Handle = handle,
            Name = PostText.Line(e.Text("name")),
            Description = XText.Resolve(description, links, "", null, out _) is { Length: > 0 } text ? text : null,
            CreatedAt = PostTime.Iso(e.Text("created_at")),
            Followers = metrics.Count("followers_count"),
            Following = metrics.Count("following_count"),
            Posts = metrics.Count("tweet_count"),
            Likes = metrics.Count("like_count"),
            Listed = metrics.Count("listed_count"),
            DefaultProfile = image?.Contains("/default_profile_images/", StringComparison.Ordinal),
            Url = PostText.Line(link ?? e.Text("url")),
            Location = PostText.Line(e.Text("location")),
        };
    }
}

/// <summary>A user whose tweets are read.</summary>
/// <param name="Handle">Without @.</param>
/// <param name="Gone">Why none of their tweets enters, or null.</param>
internal sealed record XUser(string Handle, string? Gone);
