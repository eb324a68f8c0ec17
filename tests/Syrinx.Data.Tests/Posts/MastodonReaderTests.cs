namespace Syrinx.Data.Tests.Posts;

/// <summary>Exports of Mastodon and its kin.</summary>
public class MastodonReaderTests
{
    private const string Everybody = "https://www.w3.org/ns/activitystreams#Public";

    private static string Note(int id, string content, string to, string cc = "", string more = "") => $$$"""
        {"id":"https://a.example/users/mei/statuses/{{{id}}}/activity","type":"Create","actor":"https://a.example/users/mei","published":"2024-03-01T08:30:01Z","to":["{{{to}}}"],"cc":[{{{cc}}}],
         "object":{"id":"https://a.example/users/mei/statuses/{{{id}}}","type":"Note","published":"2024-03-01T08:30:01Z","attributedTo":"https://a.example/users/mei","to":["{{{to}}}"],"cc":[{{{cc}}}],"content":"{{{content}}}"{{{more}}}}}
        """;

    private static string Outbox(params string[] items) =>
        "{\"@context\":[\"a\",{\"orderedItemsNot\":[{}]}],\"type\":\"OrderedCollection\",\"totalItems\":999,\"orderedItems\":[" + string.Join(",\n", items) + "],\"more\":[{\"a\":1}]}";

    [Fact]
    public void Only_what_is_addressed_to_everybody_enters()
    {
        using var x = new Importing();
        x.Write("outbox.json", Outbox(
            Note(1, "public", Everybody, "\"https://a.example/users/mei/followers\""),
            Note(2, "unlisted", "https://a.example/users/mei/followers", "\"as:Public\""),
            Note(3, "for followers", "https://a.example/users/mei/followers"),
            Note(4, "direct", "https://b.example/users/ola"),
            Note(5, "nobody", "").Replace("\"to\":[\"\"],", "", StringComparison.Ordinal),
            Note(6, "disagreeing", Everybody).Replace("\"attributedTo\":\"https://a.example/users/mei\",\"to\":[\"" + Everybody, "\"attributedTo\":\"https://a.example/users/mei\",\"to\":[\"https://b.example/users/ola", StringComparison.Ordinal)));
        var report = x.Import("mastodon");
        Assert.Equal(["public", "unlisted"], x.Posts.Select(p => p.Text));
        Assert.Equal((6, 1, 3), (report.Read, report.Skipped["followers_only"], report.Skipped["direct"]));
    }

    [Fact]
    public void A_note_has_text_warning_language_thread_tags_and_counts()
    {
        using var x = new Importing();
        x.Write("outbox.json", Outbox(Note(9, "<p>Hi <span class=\\\"h-card\\\"><a href=\\\"https://b.example/@ola\\\" class=\\\"u-url mention\\\">@<span>ola</span></a></span> <a href=\\\"https://c.example/\\\">see</a></p>", Everybody, "", """
            ,"summary":"food","sensitive":true,"updated":"2024-03-02T08:30:01Z","inReplyTo":"https://b.example/@ola/88","quoteUri":"https://c.example/notes/7","contentMap":{"zh-TW":"<p>x</p>"},
            "tag":[{"type":"Mention","href":"https://b.example/users/ola","name":"@ola@b.example"},{"type":"Hashtag","name":"#豆花"}],"likes":{"totalItems":3},"shares":{"totalItems":2},
            "oneOf":[{"type":"Note","name":"sweet"},{"type":"Note","name":"salty"}]
            """)));
        x.Import("mastodon");
        var post = Assert.Single(x.Posts);
        Assert.Equal(("mastodon:a.example/users/mei/statuses/9", "mastodon:mei@a.example", "mei@a.example"), (post.Id, post.AuthorId, post.Author));
        Assert.Equal(("food", true, "zh-TW", "Hi @ola see (https://c.example/)\n\n- sweet\n- salty"), (post.Title, post.Sensitive, post.Lang, post.Text));
        Assert.Equal(("mastodon:b.example/users/ola/statuses/88", "mastodon:c.example/notes/7"), (post.ReplyTo, post.QuoteOf));
        Assert.Equal(["ola@b.example", "豆花", "https://c.example/"], [.. post.Mentions, .. post.Hashtags, .. post.Urls]);
        Assert.Equal((3, 2, null), (post.Likes, post.Reposts, post.Replies));
        Assert.Equal(new DateTime(2024, 3, 2, 8, 30, 1, DateTimeKind.Utc), post.EditedAt);
    }

    [Fact]
    public void Announcements_are_links_and_private_ones_stay_private()
    {
        using var x = new Importing();
        string Boost(int id, string to, string what) => $$"""{"id":"https://a.example/users/mei/statuses/{{id}}/activity","type":"Announce","actor":"https://a.example/users/mei","published":"2024-03-01T08:30:01Z","to":["{{to}}"],"cc":[],"object":{{what}}}""";
        x.Write("outbox.json", Outbox(Boost(1, Everybody, "\"https://b.example/users/ola/statuses/5\""), Boost(2, "https://a.example/users/mei/followers", "\"https://b.example/users/ola/statuses/6\""),
            Boost(3, Everybody, """{"id":"https://a.example/users/mei/statuses/0","to":["https://a.example/users/mei/followers"],"content":"mine, for followers"}""")));
        Assert.Equal(2, x.Import("mastodon").Skipped["followers_only"]);
        var post = Assert.Single(x.Posts);
        Assert.Equal(("", "mastodon:b.example/users/ola/statuses/5", "mastodon:a.example/users/mei/statuses/1"), (post.Text, post.RepostOf, post.Id));
    }

    [Fact]
    public void Deletions_delete_and_the_profile_is_read_but_likes_and_bookmarks_are_not()
    {
        using var x = new Importing();
        x.Import("mastodon", x.Write("first/outbox.json", Outbox(Note(1, "goes", Everybody), Note(2, "stays", Everybody))));
        x.Write("second/actor.json", """{"type":"Person","id":"https://a.example/users/mei","preferredUsername":"mei","name":"美","summary":"<p>tea &amp; books</p>"}""");
        x.Write("second/likes.json", """{"type":"OrderedCollection","orderedItems":["https://b.example/users/ola/statuses/5"]}""");
        x.Write("second/outbox.json", Outbox("""{"type":"Delete","actor":"https://a.example/users/mei","object":{"id":"https://a.example/users/mei/statuses/1","type":"Tombstone"}}"""));
        var report = x.Import("auto", Path.Combine(x.Exports, "second"));
        Assert.Equal((1, 1), (report.Removed, report.Skipped["user_profile"]));
        Assert.Equal(["stays"], x.Posts.Select(p => p.Text));
        Assert.Equal("tea & books", x.Store.ReadAuthors()["mastodon:mei@a.example"].Description);
        Assert.Contains("likes.json", Assert.Single(report.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void An_outbox_that_was_cut_gives_what_is_whole()
    {
        using var x = new Importing();
        string whole = Outbox(Note(1, "whole", Everybody), Note(2, "cut", Everybody));
        x.Write("outbox.json", whole[..(whole.IndexOf("cut", StringComparison.Ordinal) + 2)]);
        var report = x.Import("mastodon");
        Assert.Equal((1, 1), (report.Imported, report.Quarantined));
    }
}
