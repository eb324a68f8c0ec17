namespace Syrinx.Data.Tests.Posts;

/// <summary>Streams of X's API v1.1.</summary>
public class XStreamReaderTests
{
    private static string Tweet(string id, string text, string more = "", string user = "") => $$"""
        {"created_at":"Fri Mar 06 13:02:05 +0000 2026","id":{{id}},"id_str":"{{id}}","text":"{{text}}","source":"<a href=\"x\">App</a>","lang":"en","user":{"id":7,"id_str":"7","screen_name":"mei","followers_count":5{{user}}}{{more}}}
        """.Trim();

    [Fact]
    public void A_longer_tweet_has_its_whole_text_and_the_links_of_that()
    {
        using var x = new Importing();
        x.Write("a.json", Tweet("20", "cut at … https://t.co/s", """
            ,"truncated":true,"in_reply_to_status_id_str":"19","favorite_count":3,"reply_count":1,"quote_count":0,"possibly_sensitive":true,
            "entities":{"urls":[{"url":"https://t.co/s","expanded_url":"https://twitter.com/i/web/status/20"}]},
            "extended_tweet":{"full_text":"the whole &amp; all https://t.co/l https://t.co/m","entities":{"urls":[{"url":"https://t.co/l","expanded_url":"https://b.example"}],
            "hashtags":[{"text":"豆花"}],"user_mentions":[{"screen_name":"ola"}]},"extended_entities":{"media":[{"url":"https://t.co/m"}]}}
            """.ReplaceLineEndings("")));
        x.Import("x-stream");
        var post = Assert.Single(x.Posts);
        Assert.Equal(("the whole & all https://b.example", "x:19", "App", true), (post.Text, post.ReplyTo, post.Client, post.Sensitive));
        Assert.Equal((3, 1, 0, null), (post.Likes, post.Replies, post.Quotes, post.Views));
        Assert.Equal(["https://b.example", "豆花", "ola"], [.. post.Urls, .. post.Hashtags, .. post.Mentions]);
        Assert.Equal(("mei", 5), (x.Store.ReadAuthors()["x:7"].Handle, x.Store.ReadAuthors()["x:7"].Followers));
    }

    [Fact]
    public void A_retweet_is_a_link_and_what_it_repeats_comes_along_with_what_that_quotes()
    {
        using var x = new Importing();
        string quoted = Tweet("28", "deepest");
        string original = Tweet("29", "the words", $""","quoted_status_id_str":"28","quoted_status":{quoted}""", ""","x":1""").Replace("\"7\"", "\"9\"", StringComparison.Ordinal);
        x.Write("a.json", Tweet("30", "RT @ola: the wo…", $""","retweeted_status":{original},"favorite_count":9"""));
        var report = x.Import("x-stream");
        Assert.Equal((3, 3), (report.Read, report.Imported));
        var posts = x.Posts.ToDictionary(p => p.Id);
        Assert.Equal(("", "x:29", null), (posts["x:30"].Text, posts["x:30"].RepostOf, posts["x:30"].Likes));
        Assert.Equal(("the words", "x:28", "x:9"), (posts["x:29"].Text, posts["x:29"].QuoteOf, posts["x:29"].AuthorId));
        Assert.Equal("deepest", posts["x:28"].Text);
    }

    [Fact]
    public void Deletions_delete_whenever_they_come_and_withheld_is_withheld()
    {
        using var x = new Importing();
        x.Write("a.json", string.Join('\n', Tweet("40", "goes"), Tweet("41", "stays"), Tweet("42", "elsewhere", ""","withheld_in_countries":["DE"]"""), Tweet("43", "later"),
            """{"delete":{"status":{"id":40,"id_str":"40","user_id":7,"user_id_str":"7"},"timestamp_ms":"1"}}""",
            """{"status_withheld":{"id":43,"user_id":7,"withheld_in_countries":["DE"]}}""", """{"scrub_geo":{"user_id":7,"up_to_status_id":41}}""",
            """{"limit":{"track":5}}""", """{"direct_message":{"id":1,"text":"secret","sender_id":7}}"""));
        var report = x.Import("x-stream");
        Assert.Equal(["x:41"], x.Posts.Select(p => p.Id));
        Assert.Equal((1, 2, 2, 2, 1), (report.Skipped["deleted"], report.Skipped["withheld"], report.Skipped["compliance"], report.Skipped["message"], report.Skipped["direct"]));
        Assert.Equal(1, x.Import("x-stream", x.Write("old.json", Tweet("40", "goes"))).Skipped["deleted"]);
    }

    [Fact]
    public void Protected_authors_do_not_enter_neither_in_what_others_quote()
    {
        using var x = new Importing();
        string hidden = Tweet("50", "hidden", "", ""","protected":true""").Replace("\"7\"", "\"8\"", StringComparison.Ordinal);
        x.Write("a.json", hidden + "\n" + Tweet("51", "look", $""","quoted_status":{hidden}"""));
        var report = x.Import("x-stream");
        Assert.Equal(["x:51"], x.Posts.Select(p => p.Id));
        Assert.Equal(2, report.Skipped["protected"]);
    }

    [Fact]
    public void A_line_that_was_cut_costs_itself_only()
    {
        using var x = new Importing();
        x.Write("30.json", Tweet("60", "a") + "\n" + Tweet("61", "cut \\\"")[..90] + "\n" + Tweet("62", "b") + "\n" + Tweet("63", "last")[..50]);
        var report = x.Import("x-stream");
        Assert.Equal(["x:60", "x:62"], x.Posts.Select(p => p.Id));
        Assert.Equal(2, report.Quarantined);
    }

    [Fact]
    public void Activity_streams_are_read_with_what_they_share_and_quote()
    {
        using var x = new Importing();
        string actor = """{"objectType":"person","id":"id:twitter.com:7","preferredUsername":"mei","followersCount":-1}""";
        string post = $$$"""{"id":"tag:search.twitter.com,2005:70","objectType":"activity","verb":"post","actor":{{{actor}}},"postedTime":"2016-07-25T19:31:00.000Z","body":"cut","long_object":{"body":"the long &gt; text","twitter_entities":{"hashtags":[{"text":"a"}]}},"twitter_lang":"en","inReplyTo":{"link":"http://twitter.com/ola/statuses/69"},"favoritesCount":2}""";
        x.Write("a.json", $$"""{"id":"tag:search.twitter.com,2005:71","objectType":"activity","verb":"share","actor":{{actor}},"body":"RT @mei: cut","object":{{post}}}""" + "\n"
            + """{"objectType":"activity","verb":"delete","object":{"id":"tag:search.twitter.com,2005:72"}}""");
        var report = x.Import("auto");
        Assert.Equal((2, 1), (report.Imported, report.Skipped["compliance"]));
        Assert.Equal([("x:70", "the long > text", "x:69"), ("x:71", "", null)], x.Posts.Select(p => (p.Id, p.Text, p.ReplyTo)));
        Assert.Equal("x:70", x.Posts[1].RepostOf);
    }
}
