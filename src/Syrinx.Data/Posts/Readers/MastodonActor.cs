using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Readers.Html;

namespace Syrinx.Data.Posts.Readers;

/// <summary>The account of an export: <c>actor.json</c>.</summary>
internal static class MastodonActor
{
    public static void Read(JsonElement e, ReadBatch batch)
    {
        // An export names itself after its files, so the address is taken from where it still stands.
        string? handle = MastodonId.Handle(e.Text("id")) ?? MastodonId.Handle(e.Text("url"));
        if (handle is not null)
        {
            string id = "mastodon:" + handle;
            if (e.IsTrue("suspended"))
                batch.Facts.Add(new(FactKind.Author, id, "suspended"));
            if (e.IsFalse("training_allowed"))
                batch.Facts.Add(new(FactKind.Author, id, Fact.NoTraining));
            batch.Authors.Add(new()
            {
                AuthorId = id,
                Handle = handle,
                Name = PostText.Line(e.Text("name")),
                Description = PostText.Clean(HtmlText.Of(e.Text("summary") ?? "").Text) is { Length: > 0 } text ? text : null,
                CreatedAt = PostTime.Iso(e.Text("published")),
                Url = PostText.Line(e.Text("url")),
            });
        }
        batch.Skip("user_profile");
    }
}
