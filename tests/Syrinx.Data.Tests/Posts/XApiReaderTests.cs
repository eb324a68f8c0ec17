namespace Syrinx.Data.Tests.Posts;

/// <summary>Pages of X's API v2, with the traps that they hold.</summary>
public class XApiReaderTests
{
    private const string Users = """
        [{"id":"7","username":"mei","name":"美 &amp; Co","protected":false,"created_at":"2019-05-01T10:00:00.000Z","description":"see https://t.co/a",
          "entities":{"description":{"urls":[{"url":"https://t.co/a","expanded_url":"https://mei.example"}]}},
          "profile_image_url":"https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png",
          "public_metrics":{"followers_count":5,"following_count":6,"tweet_count":70,"listed_count":0}},
         {"id":"8","username":"kai","protected":true},{"id":"9","username":"ola","training_allowed":false}]
        """;

    private static string Tweet(string id, string text, string more = "", string author = "7") =>
        $$"""{"id":"{{id}}","text":"{{text}}","author_id":"{{author}}","created_at":"2024-03-01T08:30:01.000Z","lang":"en"{{more}}}""";

    private static string Page(string data, string tweets = "[]", string more = "") =>
        $$"""{"data":{{data}},"includes":{"users":{{Users}},"tweets":{{tweets}}}{{more}}}""".ReplaceLineEndings("");

    [Fact]
    public void Data_and_included_tweets_become_posts_with_their_authors()
    {
        using var x = new Importing();
        string more = """
            ,"conversation_id":"19","referenced_tweets":[{"type":"replied_to","id":"19"}],
            "public_metrics":{"retweet_count":1,"reply_count":2,"like_count":3,"quote_count":0,"impression_count":99},
            "entities":{"mentions":[{"username":"ola"}],"hashtags":[{"tag":"豆花"}]},"source":"Twitter Web App","possibly_sensitive":true
            """;
        x.Write("page.jsonl", Page("[" + Tweet("20", "hi @ola &amp; all", more) + "]", "[" + Tweet("19", "root") + "," + Tweet("20", "hi @ola &amp; all") + "]"));
        var report = x.Import("x-api");

        Assert.Equal((3, 2, 1), (report.Read, report.Imported, report.Skipped["duplicate"]));
        var post = x.Posts[1];
        Assert.Equal(("x:20", "x:7", "mei", "hi @ola & all"), (post.Id, post.AuthorId, post.Author, post.Text));
        Assert.Equal(("x:19", "x:19", "Twitter Web App", true), (post.ReplyTo, post.ThreadId, post.Client, post.Sensitive));
        Assert.Equal((3, 1, 2, 0, 99), (post.Likes, post.Reposts, post.Replies, post.Quotes, post.Views));
        Assert.Equal(["ola"], post.Mentions);
        Assert.Equal(["豆花"], post.Hashtags);
        Assert.Equal("page.jsonl:1#0", post.Source);
        Assert.Equal(new DateTime(2024, 3, 1, 8, 30, 1, DateTimeKind.Utc), post.CreatedAt);
        Assert.Null(x.Posts[0].Likes);

        var author = x.Store.ReadAuthors()["x:7"];
        Assert.Equal(("mei", "see https://mei.example", true, 70), (author.Handle, author.Description, author.DefaultProfile, author.Posts));
    }

    [Fact]
    public void Links_are_expanded_and_those_to_own_media_and_the_quoted_tweet_are_dropped()
    {
        using var x = new Importing();
        x.Write("t.jsonl", Page("[" + Tweet("30", "read https://t.co/r please https://t.co/q https://t.co/p", """
            ,"referenced_tweets":[{"type":"quoted","id":"29"}],"entities":{"urls":[
             {"url":"https://t.co/r","expanded_url":"https://example.org/?a=1"},
             {"url":"https://t.co/q","expanded_url":"https://twitter.com/ola/status/29"},
             {"url":"https://t.co/p","expanded_url":"https://twitter.com/mei/status/30/photo/1","display_url":"pic.twitter.com/p","media_key":"3_1"}]}
            """) + "]"));
        x.Import("x-api");
        var post = Assert.Single(x.Posts);
        Assert.Equal("read https://example.org/?a=1 please", post.Text);
        Assert.Equal(["https://example.org/?a=1"], post.Urls);
        Assert.Equal("x:29", post.QuoteOf);
    }

    [Fact]
    public void Long_text_comes_from_the_note()
    {
        using var x = new Importing();
        x.Write("t.jsonl", Tweet("31", "the start… https://t.co/z", ""","note_tweet":{"text":"the start and the end"}"""));
        x.Import("x-api");
        Assert.Equal("the start and the end", Assert.Single(x.Posts).Text);
    }

    [Fact]
    public void A_repost_is_a_link_without_text()
    {
        using var x = new Importing();
        x.Write("t.jsonl", Tweet("32", "RT @ola: secret words", ""","referenced_tweets":[{"type":"retweeted","id":"5"}],"public_metrics":{"like_count":9}"""));
        x.Import("x-api");
        var post = Assert.Single(x.Posts);
        Assert.Equal(("x:5", "", null), (post.RepostOf, post.Text, post.Likes));
    }

    [Fact]
    public void Tweets_of_protected_users_withheld_tweets_and_direct_messages_stay_outside()
    {
        using var x = new Importing();
        x.Write("t.jsonl", Page("[" + string.Join(',',
            Tweet("40", "protected words", author: "8"),
            Tweet("41", "withheld words", ""","withheld":{"copyright":false,"country_codes":["DE"]}"""),
            """{"id":"42","text":"direct words","dm_conversation_id":"7-8","sender_id":"7"}""",
            Tweet("43", "fine")) + "]"));
        var report = x.Import("x-api");
        Assert.Equal(["x:43"], x.Posts.Select(p => p.Id));
        Assert.Equal([("direct", 1L), ("protected", 1L), ("withheld", 1L)], report.Skipped.Select(s => (s.Key, s.Value)));
        var author = x.Store.ReadAuthors()["x:8"];
        Assert.Equal(("protected", null), (author.State, author.Description));
    }

    [Fact]
    public void Who_is_not_to_be_trained_on_stays_for_search_only()
    {
        using var x = new Importing();
        x.Write("t.jsonl", Page("[" + Tweet("50", "a", author: "9") + "," + Tweet("51", "b", ""","training_allowed":false""") + "," + Tweet("52", "c") + "]"));
        x.Import("x-api");
        Assert.Equal([false, false, true], x.Posts.Select(p => p.TrainingAllowed));
        x.Write("more.jsonl", Tweet("53", "d", author: "9"));
        x.Import("x-api", x.Write("more.jsonl", Tweet("53", "d", author: "9")));
        Assert.False(x.Posts[3].TrainingAllowed);
    }

    [Fact]
    public void Of_an_edited_tweet_the_last_version_stays_whatever_comes_first()
    {
        foreach (bool oldFirst in (bool[])[true, false])
        {
            using var x = new Importing();
            string history = ""","edit_history_tweet_ids":["60","61"]""";
            string before = x.Write("a.jsonl", Tweet("60", "frist", history));
            string after = x.Write("b.jsonl", Tweet("61", "first", history));
            x.Import("x-api", oldFirst ? before : after);
            x.Import("x-api", oldFirst ? after : before);
            Assert.Equal("first", Assert.Single(x.Posts).Text);
        }
    }

    [Fact]
    public void Compliance_lines_delete_from_the_lake_and_an_older_export_brings_nothing_back()
    {
        using var x = new Importing();
        string tweets = x.Write("tweets.jsonl", Page("[" + Tweet("70", "keep") + "," + Tweet("71", "gone") + "," + Tweet("72", "other", author: "9") + "]"));
        Assert.Equal(3, x.Import("x-api", tweets).Imported);
        var report = x.Import("x-api", x.Write("tweets_compliance.jsonl", """{"id":"71","action":"delete","created_at":"2019-09-06T17:25:54.667Z","reason":"deleted"}""" + "\n\n"));
        Assert.Equal((1, 1), (report.Removed, report.Skipped["compliance"]));
        report = x.Import("x-api", x.Write("users_compliance.jsonl", """{"id":"9","action":"delete","created_at":"2013-06-04T16:25:04+00:00","reason":"suspended"}"""));
        Assert.Equal(1, report.Removed);
        Assert.Equal(["x:70"], x.Posts.Select(p => p.Id));

        report = x.Import("x-api", tweets);
        Assert.Equal(["x:70"], x.Posts.Select(p => p.Id));
        Assert.Equal((1, 1, 1), (report.Skipped["deleted"], report.Skipped["suspended"], report.Skipped["unchanged"]));
        Assert.Equal("suspended", x.Store.ReadAuthors()["x:9"].State);
    }

    [Fact]
    public void Errors_of_a_page_tell_of_suspended_users_and_deleted_tweets()
    {
        using var x = new Importing();
        x.Write("a.jsonl", Page("[" + Tweet("80", "from ola", author: "9") + "," + Tweet("81", "from mei") + "]"));
        x.Write("b.jsonl", Page("[" + Tweet("82", "fine") + "]", more: """
            ,"errors":[{"resource_id":"OLA","value":"OLA","detail":"User has been suspended: [OLA].","title":"Forbidden","resource_type":"user","parameter":"entities.mentions.username"},
            {"resource_id":"81","value":"81","detail":"Could not find tweet","title":"Not Found Error","resource_type":"tweet","parameter":"referenced_tweets.id"}]
            """));
        var report = x.Import("x-api");
        Assert.Equal(["x:82"], x.Posts.Select(p => p.Id));
        Assert.Equal((1, 1), (report.Skipped["suspended"], report.Skipped["deleted"]));
    }

    [Fact]
    public void What_is_no_tweet_is_counted_and_what_is_broken_goes_to_quarantine_without_its_text()
    {
        using var x = new Importing();
        x.Write("counts.jsonl", """{"data":[{"start":"a","end":"b","tweet_count":3},{"start":"b","end":"c","tweet_count":4}],"meta":{"n":1}}""");
        x.Write("users.jsonl", $$"""{"data":{{Users.ReplaceLineEndings("")}}}""");
        x.Write("z.jsonl", Tweet("90", "whole") + "\n{\"id\":\"91\",\"text\":\"\\ud83d half\",\"author_id\":\"7\"}\n[1]\n" + new string('{', 10) + "\n{\"id\":\"92\",\"text\":\"cut in the mid");
        var report = x.Import("x-api");
        Assert.Equal((1, 4), (report.Imported, report.Quarantined));
        Assert.Equal((2, 3), (report.Skipped["not_a_tweet"], report.Skipped["user_profile"]));
        string[] lines = File.ReadAllLines(report.QuarantineFile!);
        Assert.Equal(["bad_unicode", "not_an_object", "invalid_json", "truncated"], lines.Select(Reason));
        Assert.Contains("\"source\":\"z.jsonl:5\"", lines[3], StringComparison.Ordinal);
        Assert.DoesNotContain("mid", File.ReadAllText(report.QuarantineFile!), StringComparison.Ordinal);

        static string Reason(string line) => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("reason").GetString()!;
    }

    [Fact]
    public void A_page_may_be_spread_over_lines_and_a_tweet_may_stand_alone_in_data()
    {
        using var x = new Importing();
        x.Write("page.json", "\uFEFF{\n  \"data\": " + Tweet("100", "one }{ \\\" two") + ",\n \"meta\": {}\n}\n");
        x.Write("array.json", "[\n" + Tweet("101", "three") + ",\n" + Tweet("102", "four") + "\n]");
        x.Import("x-api");
        Assert.Equal(["one }{ \" two", "three", "four"], x.Posts.Select(p => p.Text));
    }

    [Fact]
    public void Flattened_tweets_bring_their_author_and_the_tweets_they_refer_to()
    {
        using var x = new Importing();
        x.Write("flat.jsonl", """
            {"id":"111","text":"answer","author_id":"7","author":{"id":"7","username":"mei"},"referenced_tweets":[{"type":"replied_to","id":"110","text":"question","author_id":"9","author":{"id":"9","username":"ola"}}]}
            """);
        Assert.Equal(2, x.Import("x-api").Imported);
        Assert.Equal([("x:110", "ola"), ("x:111", "mei")], x.Posts.Select(p => (p.Id, p.Author!)));
    }
}
