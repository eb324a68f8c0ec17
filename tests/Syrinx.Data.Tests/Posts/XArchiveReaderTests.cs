using System.Text;

namespace Syrinx.Data.Tests.Posts;

/// <summary>The archive that X gives a member.</summary>
public class XArchiveReaderTests
{
    private const string Account = """window.YTD.account.part0 = [ { "account" : { "email" : "a@b.example", "username" : "mei", "accountId" : "7", "createdAt" : "2019-05-01T10:00:00.000Z", "accountDisplayName" : "美" } } ]""";

    private static string Tweets(int part, params string[] tweets) =>
        $"window.YTD.tweets.part{part} = [\n" + string.Join(",\n", tweets.Select(t => "{\"tweet\":" + t + "}")) + "\n]";

    private static string Tweet(string id, string text, string more = "") => $$"""
        {"id":"{{id}}","id_str":"{{id}}","full_text":"{{text}}","created_at":"Fri Mar 06 13:02:05 +0000 2026","lang":"zh","favorite_count":"3","retweet_count":"0",
         "source":"<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>"{{more}}}
        """;

    [Fact]
    public void Tweets_become_posts_of_the_account()
    {
        using var x = new Importing();
        x.WriteZip("mei.zip",
            ("data/account.js", Account),
            ("data/profile.js", """window.YTD.profile.part0 = [{"profile":{"description":{"bio":"tea &amp; books","website":"https://mei.example","location":"Tainan"}}}]"""),
            ("data/tweets.js", Tweets(0, Tweet("20", "@ola 豆花 &lt;3 https://t.co/m", """
                ,"in_reply_to_status_id_str":"19","in_reply_to_screen_name":"ola","entities":{"hashtags":[{"text":"甜"}],"user_mentions":[{"screen_name":"ola"}],
                "media":[{"url":"https://t.co/m"}],"urls":[]},"possibly_sensitive":false
                """))),
            ("data/tweets-part1.js", Tweets(1, Tweet("21", "look https://t.co/q", ""","entities":{"urls":[{"url":"https://t.co/q","expanded_url":"https://twitter.com/ola/status/18"}]}"""))));
        var report = x.Import("x-archive");
        Assert.Equal((2, 2), (report.Read, report.Imported));
        var post = x.Posts[0];
        Assert.Equal(("x:20", "x:7", "mei", "@ola 豆花 <3"), (post.Id, post.AuthorId, post.Author, post.Text));
        Assert.Equal(("x:19", "x:19", "Twitter Web App", "zh"), (post.ReplyTo, post.ThreadId, post.Client, post.Lang));
        Assert.Equal((3, 0, null), (post.Likes, post.Reposts, post.Replies));
        Assert.Equal(new DateTime(2026, 3, 6, 13, 2, 5, DateTimeKind.Utc), post.CreatedAt);
        Assert.Equal("mei.zip/data/tweets.js#0", post.Source);
        Assert.Equal(("look", "x:18"), (x.Posts[1].Text, x.Posts[1].QuoteOf));
        Assert.Equal(("tea & books", "Tainan", "美"), (x.Store.ReadAuthors()["x:7"].Description, x.Store.ReadAuthors()["x:7"].Location, x.Store.ReadAuthors()["x:7"].Name));
    }

    [Fact]
    public void Private_files_are_never_opened()
    {
        using var x = new Importing();
        string[] secret = ["direct-messages.js", "deleted-tweets.js", "deleted-tweet-headers.js", "ip-audit.js", "email-address-change.js", "phone-number.js",
            "contact.js", "like.js", "block.js", "device-token.js", "twitter-circle-tweet.js", "personalization.js"];
        string zip = x.WriteZip("mei.zip", [("data/account.js", Account), ("data/tweets.js", Tweets(0, Tweet("20", "open"))),
            .. secret.Select(s => ("data/" + s, Tweets(0, Tweet("99", "planted secret"))))]);
        Corrupt(zip, secret);
        Assert.Equal(1, x.Import("x-archive", zip).Imported);
        Assert.Equal(1, x.Import("auto", zip).Skipped["unchanged"]);
        Assert.Equal("open", Assert.Single(x.Posts).Text);
    }

    /// <summary>Breaks the entries' compressed bytes, so that reading any of them throws.</summary>
    private static void Corrupt(string zip, IEnumerable<string> names)
    {
        byte[] bytes = File.ReadAllBytes(zip);
        foreach (string name in names)
        {
            int at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("data/" + name)); // in its local header
            bytes.AsSpan(at + 5 + name.Length, 20).Fill(0xFF);
        }
        File.WriteAllBytes(zip, bytes);
    }

    [Theory]
    [InlineData("protected-history.js", """[{"protectedHistory":{"protectedAt":"2024-01-01T00:00:00.000Z","action":"Protect"}}]""", "protected")]
    [InlineData("account-suspension.js", """[{"accountSuspension":{"timeStamp":"2024-01-01T00:00:00.000Z","action":"Suspend"}}]""", "suspended")]
    public void An_account_that_is_not_public_gives_no_posts(string file, string history, string reason)
    {
        using var x = new Importing();
        x.Write("mei/data/account.js", Account);
        x.Write("mei/data/tweets.js", Tweets(0, Tweet("20", "hidden words")));
        x.Write("mei/data/" + file, "window.YTD.x.part0 = " + history);
        var report = x.Import("x-archive");
        Assert.Equal(1, report.Skipped[reason]);
        Assert.Empty(x.Posts);
        // … and neither do later exports of other kinds
        x.Import("x-api", x.Write("t.jsonl", """{"id":"22","text":"hidden too","author_id":"7"}"""));
        Assert.Empty(x.Posts);
    }

    [Fact]
    public void A_single_file_of_an_archive_still_obeys_the_files_beside_it()
    {
        using var x = new Importing();
        x.Write("mei/data/account.js", Account);
        x.Write("mei/data/protected-history.js", """window.YTD.x.part0 = [{"protectedHistory":{"protectedAt":"2024-01-01T00:00:00.000Z","action":"Protect"}}]""");
        string tweets = x.Write("mei/data/tweets.js", Tweets(0, Tweet("20", "hidden words")));
        Assert.Equal(1, x.Import("x-archive", tweets).Skipped["protected"]);
    }

    [Fact]
    public void An_account_that_is_public_again_gives_its_posts()
    {
        using var x = new Importing();
        x.Write("mei/data/account.js", Account);
        x.Write("mei/data/tweets.js", Tweets(0, Tweet("20", "open again")));
        x.Write("mei/data/protected-history.js", """
            window.YTD.protected_history.part0 = [{"protectedHistory":{"protectedAt":"2024-02-01T00:00:00.000Z","action":"Unprotect"}},
            {"protectedHistory":{"protectedAt":"2024-01-01T00:00:00.000Z","action":"Protect"}}]
            """);
        x.Import("x-archive");
        Assert.Single(x.Posts);
    }

    [Fact]
    public void Retweets_are_somebody_elses_words_and_withheld_tweets_stay_outside()
    {
        using var x = new Importing();
        x.Write("mei/data/account.js", Account);
        x.Write("mei/data/tweets.js", Tweets(0, Tweet("20", "RT @ola: words of ola"), Tweet("21", "w", ""","withheld_in_countries":["DE"]"""), Tweet("22", "mine")));
        var report = x.Import("x-archive");
        Assert.Equal((1, 1), (report.Skipped["retweet"], report.Skipped["withheld"]));
        Assert.Equal(["x:22"], x.Posts.Select(p => p.Id));
    }

    [Fact]
    public void Without_an_account_file_the_folders_name_is_the_author_and_a_note_says_so()
    {
        using var x = new Importing();
        x.Write("mei/data/tweet.js", Tweets(0, Tweet("20", "hello")));
        var report = x.Import("x-archive");
        Assert.Equal("mei", Assert.Single(x.Posts).Author);
        Assert.Contains("mei", Assert.Single(report.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_file_of_tweets_gives_what_is_whole_and_quarantines_the_rest()
    {
        using var x = new Importing();
        x.Write("mei/data/account.js", Account);
        x.Write("mei/data/tweets.js", Tweets(0, Tweet("20", "whole"), Tweet("21", "cut"))[..^30]);
        var report = x.Import("x-archive");
        Assert.Equal((2, 1, 1), (report.Read, report.Imported, report.Quarantined));
        Assert.Contains("truncated", File.ReadAllText(report.QuarantineFile!), StringComparison.Ordinal);
    }
}
