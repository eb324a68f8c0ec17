namespace Syrinx.Data.Tests.Posts;

/// <summary>Events of Bluesky's Jetstream.</summary>
public class BlueskyReaderTests
{
    private static string Commit(string key, string record, string operation = "create", string did = "did:plc:mei", string collection = "app.bsky.feed.post") => $$$"""
        {"did":"{{{did}}}","time_us":1709281801000000,"kind":"commit","commit":{"rev":"r","operation":"{{{operation}}}","collection":"{{{collection}}}","rkey":"{{{key}}}"{{{(record.Length > 0 ? ",\"record\":" + record : "")}}}}}
        """.Trim();

    [Fact]
    public void Facets_count_bytes_and_links_are_written_out()
    {
        using var x = new Importing();
        // 豆花🍧 is 10 bytes and a space; then @ola (4), a space, here (4), a space, #甜 (4)
        x.Write("e.jsonl", Commit("3k1", """
            {"text":"豆花🍧 @ola here #甜","createdAt":"2024-03-01T08:30:01.5Z","langs":["zh-TW","en"],"tags":["extra"],
             "facets":[{"index":{"byteStart":11,"byteEnd":15},"features":[{"did":"did:plc:ola"}]},{"index":{"byteStart":16,"byteEnd":20},"features":[{"uri":"https://b.example/x"}]},
                       {"index":{"byteStart":21,"byteEnd":25},"features":[{"tag":"甜"}]},{"index":{"byteStart":1,"byteEnd":2},"features":[{"uri":"https://within.example"}]},
                       {"index":{"byteStart":18,"byteEnd":999},"features":[{"uri":"https://beyond.example"}]}],
             "reply":{"root":{"uri":"at://did:plc:kai/app.bsky.feed.post/1"},"parent":{"uri":"at://did:plc:ola/app.bsky.feed.post/2"}},
             "embed":{"$type":"app.bsky.embed.recordWithMedia","record":{"record":{"uri":"at://did:plc:ola/app.bsky.feed.post/3"}},"media":{"external":{"uri":"https://c.example/"}}},
             "labels":{"values":[{"val":"porn"}]}}
            """.ReplaceLineEndings("")));
        x.Import("bluesky");
        var post = Assert.Single(x.Posts);
        Assert.Equal(("bluesky:did:plc:mei/3k1", "bluesky:did:plc:mei", "zh-TW", true), (post.Id, post.AuthorId, post.Lang, post.Sensitive));
        Assert.Equal("豆花🍧 @ola here (https://b.example/x) #甜", post.Text);
        Assert.Equal(["https://b.example/x", "https://c.example/", "甜", "extra", "ola"], [.. post.Urls, .. post.Hashtags, .. post.Mentions]);
        Assert.Equal(("bluesky:did:plc:ola/2", "bluesky:did:plc:kai/1", "bluesky:did:plc:ola/3"), (post.ReplyTo, post.ThreadId, post.QuoteOf));
    }

    [Fact]
    public void Deletions_and_take_downs_are_obeyed_and_a_change_replaces()
    {
        using var x = new Importing();
        string Text(string text) => $$"""{"text":"{{text}}","createdAt":"2024-03-01T08:30:01Z"}""";
        x.Write("e.jsonl", string.Join('\n', Commit("1", Text("goes")), Commit("2", Text("first words")), Commit("2", Text("last words"), "update"), Commit("3", Text("taken down"), did: "did:plc:bad"),
            Commit("4", """{"subject":{"uri":"at://did:plc:ola/app.bsky.feed.post/9"},"createdAt":"2024-03-01T08:30:01Z"}""", collection: "app.bsky.feed.repost"),
            Commit("1", "", "delete"), Commit("7", "", "delete", collection: "app.bsky.feed.like"), Commit("8", "{}", collection: "app.bsky.feed.like"),
            """{"did":"did:plc:bad","time_us":1,"kind":"account","account":{"active":false,"status":"takendown","did":"did:plc:bad"}}""",
            """{"did":"did:plc:mei","time_us":1,"kind":"account","account":{"active":true,"did":"did:plc:mei"}}""",
            """{"did":"did:plc:mei","time_us":1,"kind":"identity","identity":{"did":"did:plc:mei","handle":"mei.example"}}"""));
        var report = x.Import("bluesky");
        Assert.Equal([("bluesky:did:plc:mei/2", "last words"), ("bluesky:did:plc:mei/repost/4", "")], x.Posts.Select(p => (p.Id, p.Text)));
        Assert.Equal("bluesky:did:plc:ola/9", x.Posts[1].RepostOf);
        Assert.Equal((1, 1, 1, 3, 2), (report.Skipped["deleted"], report.Skipped["suspended"], report.Skipped["duplicate"], report.Skipped["compliance"], report.Skipped["like"]));
        Assert.Equal("mei.example", x.Store.ReadAuthors()["bluesky:did:plc:mei"].Handle);
        // an older stream brings nothing back
        Assert.Equal(0, x.Import("bluesky", x.Write("old.jsonl", Commit("1", Text("goes")) + "\n" + Commit("3", Text("taken down"), did: "did:plc:bad"))).Imported);
    }

    [Fact]
    public void Who_asks_not_to_be_shown_to_everybody_is_not_trained_on()
    {
        using var x = new Importing();
        x.Write("e.jsonl", Commit("1", """{"text":"hi","createdAt":"2024-03-01T08:30:01Z"}""") + "\n"
            + Commit("self", """{"labels":{"values":[{"val":"!no-unauthenticated"}]}}""", "update", collection: "app.bsky.actor.profile"));
        x.Import("bluesky");
        Assert.False(Assert.Single(x.Posts).TrainingAllowed);
    }
}
