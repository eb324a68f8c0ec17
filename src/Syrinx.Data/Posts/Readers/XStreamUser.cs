using System.Text.Json;
using Syrinx.Data.Posts.Import;

namespace Syrinx.Data.Posts.Readers;

/// <summary>The user in a tweet of X's API v1.1.</summary>
internal static class XStreamUser
{
    /// <summary>Puts the profile and what it tells of consent into the batch; null where there is no user.</summary>
    public static XOwner? Read(JsonElement e, ReadBatch batch)
    {
        if (XText.Id(e.Text("id_str") ?? e.Text("id")) is not { } id || PostText.Line(e.Text("screen_name")) is not { } handle)
            return null;
        string? gone = e.IsTrue("protected") ? "protected" : e.IsTrue("suspended") ? "suspended" : null;
        if (gone is not null)
            batch.Facts.Add(new(FactKind.Author, id, gone));
        if (e.IsFalse("training_allowed"))
            batch.Facts.Add(new(FactKind.Author, id, Fact.NoTraining));
        if (gone is null && e.Items("withheld_in_countries").Any())
            gone = "withheld";
        var entities = e.Field("entities");
        var links = entities.Field("description").Items("urls").Select(u => new XLink(u.Text("url") ?? "", u.Text("expanded_url"), false));
        string? link = entities.Field("url").Items("urls").Select(u => u.Text("expanded_url")).FirstOrDefault();
        batch.Authors.Add(new()
        {
            AuthorId = id,
            Handle = handle,
            Name = PostText.Line(e.Text("name")),
            Description = XText.Resolve(e.Text("description") ?? "", links, "", null, out _) is { Length: > 0 } text ? text : null,
            CreatedAt = PostTime.XClassic(e.Text("created_at")),
            Followers = e.Count("followers_count"),
            Following = e.Count("friends_count"),
            Posts = e.Count("statuses_count"),
            Likes = e.Count("favourites_count"),
            Listed = e.Count("listed_count"),
            DefaultProfile = e.Has("default_profile") ? e.IsTrue("default_profile") : null,
            Url = PostText.Line(link ?? e.Text("url")),
            Location = PostText.Line(e.Text("location")),
        });
        return new(id, handle, gone);
    }
}
