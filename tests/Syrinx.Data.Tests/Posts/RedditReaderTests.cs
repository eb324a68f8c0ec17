namespace Syrinx.Data.Tests.Posts;

/// <summary>Dumps of Reddit.</summary>
public class RedditReaderTests
{
    private static string Comment(string id, string body, string more = "", string author = "mei") =>
        $$"""{"id":"{{id}}","body":"{{body}}","author":"{{author}}","subreddit":"Tea","link_id":"t3_p1","parent_id":"t1_c0","score":4,"created_utc":1470009600{{more}}}""";

    private static string Submission(string id, string more, string text = "") =>
        $$"""{"id":"{{id}}","title":"A &amp; B","selftext":"{{text}}","author":"kai","subreddit":"Tea","num_comments":2,"score":9,"created_utc":"1470009600"{{more}}}""";

    [Fact]
    public void Comments_answer_and_submissions_have_titles()
    {
        using var x = new Importing();
        x.Write("RC_2016-08", Comment("c1", "&gt; quoted\\n\\nsee https://b.example/a", ""","edited":1470009700.0"""));
        x.Write("RS_2016-08", Submission("p1", ""","is_self":true,"over_18":true,"url":"https://www.reddit.com/r/Tea/comments/p1/","edited":false""", "text") + "\n"
            + Submission("p2", ""","is_self":false,"url":"https://b.example/?a=1&amp;b=2","crosspost_parent":"t3_p0" """));
        Assert.Equal(3, x.Import("auto").Imported);
        var posts = x.Posts.ToDictionary(p => p.Id);
        var comment = posts["reddit:t1_c1"];
        Assert.Equal(("> quoted\n\nsee https://b.example/a", "reddit:t1_c0", "reddit:t3_p1", "Tea", "reddit:mei"),
            (comment.Text, comment.ReplyTo, comment.ThreadId, comment.Community, comment.AuthorId));
        Assert.Equal(new DateTime(2016, 8, 1, 0, 1, 40, DateTimeKind.Utc), comment.EditedAt);
        Assert.Equal(("A & B", "text", true, 9, 2), (posts["reddit:t3_p1"].Title, posts["reddit:t3_p1"].Text, posts["reddit:t3_p1"].Sensitive, posts["reddit:t3_p1"].Score, posts["reddit:t3_p1"].Replies));
        Assert.Equal(("https://b.example/?a=1&b=2", "reddit:t3_p0"), (Assert.Single(posts["reddit:t3_p2"].Urls), posts["reddit:t3_p2"].QuoteOf));
        Assert.Empty(posts["reddit:t3_p1"].Urls);
        Assert.Equal(new DateTime(2016, 8, 1, 0, 0, 0, DateTimeKind.Utc), posts["reddit:t3_p2"].CreatedAt);
    }

    [Fact]
    public void What_was_deleted_or_removed_goes_and_stays_away()
    {
        using var x = new Importing();
        x.Import("reddit", x.Write("old.jsonl", Comment("c1", "words") + "\n" + Comment("c9", "stays")));
        x.Write("RC_2023-06", string.Join('\n', Comment("c1", "[deleted]", author: "[deleted]"), Comment("c2", "[removed]"), Comment("c3", "words", author: "[deleted]"),
            Comment("c4", "words", ""","subreddit_type":"private" """), Comment("c5", "words", ""","removal_reason":"legal" """)));
        x.Write("RS_2023-06", string.Join('\n', Submission("p1", ""","removed_by_category":"moderator" """, "words"), Submission("p2", ""","promoted":true"""), Submission("p3", "", "[deleted]")));
        var report = x.Import("auto");
        Assert.Equal((1, 3, 3, 1, 1), (report.Removed, report.Skipped["removed"], report.Skipped["deleted"] - 1, report.Skipped["protected"], report.Skipped["promoted"]));
        Assert.Equal(["reddit:t1_c9"], x.Posts.Select(p => p.Id));
    }

    [Fact]
    public void A_listing_of_the_site_itself_is_read_too()
    {
        using var x = new Importing();
        x.Write("l.json", $$$"""{"kind":"Listing","data":{"children":[{"kind":"t3","data":{{{Submission("p1", "")}}}},{"kind":"t1","data":{{{Comment("c1", "hi")}}}}]}}""");
        Assert.Equal(2, x.Import("auto").Imported);
    }

    [Fact]
    public void The_table_and_the_dump_of_a_submission_are_one_post()
    {
        using var x = new Importing();
        x.Write("Tea.csv", "created_utc,score,id,title,num_comments,selftext,subreddit_id,name,permalink\n1470009600.0,9,p1,A &amp; B,2,text,t5_x,t3_p1,/r/Tea/comments/p1/a/\n");
        x.Write("RS_2016-08", Submission("p1", ""","is_self":true""", "text"));
        x.Import("auto");
        Assert.Single(x.Posts);
    }
}
