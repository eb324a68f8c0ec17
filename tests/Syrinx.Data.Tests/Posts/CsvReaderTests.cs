namespace Syrinx.Data.Tests.Posts;

/// <summary>CSV files with columns of any names.</summary>
public class CsvReaderTests
{
    [Fact]
    public void Reddits_columns_are_known()
    {
        using var x = new Importing();
        x.Write("tea.csv", """"
            created_utc,score,id,title,num_comments,permalink,selftext,over_18,edited,is_self,name,url
            1352438956.0,25,12wfcz,"A &amp; B, ""really""",7,http://www.reddit.com/r/Tea/comments/12wfcz/a/,"line one
            line two",True,False,True,t3_12wfcz,http://www.reddit.com/r/Tea/comments/12wfcz/a/
            1352438957.0,1,aaaaaa,gone,0,http://www.reddit.com/r/Tea/comments/aaaaaa/b/,[deleted],False,False,True,t3_aaaaaa,
            """");
        var report = x.Import("csv");
        Assert.Equal((2, 1, 1), (report.Read, report.Imported, report.Skipped["deleted"]));
        var post = Assert.Single(x.Posts);
        Assert.Equal(("reddit:t3_12wfcz", "reddit", "post", "Tea"), (post.Id, post.Platform, post.Kind, post.Community));
        Assert.Equal(("A & B, \"really\"", "line one\nline two", 25, 7), (post.Title, post.Text, post.Score, post.Replies));
        Assert.Equal(new DateTime(2012, 11, 9, 5, 29, 16, DateTimeKind.Utc), post.CreatedAt);
        Assert.True(post.Sensitive);
        Assert.Equal("tea.csv:2", post.Source);
    }

    [Fact]
    public void Chinese_columns_are_known_and_the_file_is_the_community()
    {
        using var x = new Importing();
        x.Write("Food.csv", "\uFEFF,標題,分類,內文\r\n0,[食記] 豆花,7002,\"※ 引述《mei (美)》之銘言：\n: 別人的話\n好吃\"\r\n1,,7002,\r\n2,只有標題,7002,\r\n");
        var report = x.Import("csv");
        Assert.Equal((3, 2, 1), (report.Read, report.Imported, report.Skipped["empty"]));
        Assert.Equal(["ptt", "ptt"], x.Posts.Select(p => p.Platform));
        Assert.All(x.Posts, p => Assert.Equal(("Food", "article"), (p.Community, p.Kind)));
        Assert.Contains(x.Posts, p => p.Title == "[食記] 豆花" && p.Text == "好吃");
        Assert.Contains("text=內文", Assert.Single(report.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_names_columns_by_name_or_number()
    {
        using var x = new Importing();
        x.Write("a.csv", "who;when;what\nmei;2024-03-01T08:30:01Z;hello; world\nola;2024-03-02;bye\n");
        var report = x.Import("csv", null, null, ("text", "what"), ("author", "1"), ("created_at", "when"));
        Assert.Equal((1, 1), (report.Imported, report.Quarantined));
        var post = Assert.Single(x.Posts);
        Assert.Equal(("bye", "ola", "csv:ola"), (post.Text, post.Author, post.AuthorId));
        Assert.Equal(new DateTime(2024, 3, 2, 0, 0, 0, DateTimeKind.Utc), post.CreatedAt);
    }

    [Theory]
    [InlineData("text", "nothing", "no column 'nothing'")]
    [InlineData("words", "what", "no field 'words'")]
    public void A_map_that_fits_nothing_says_what_there_is(string field, string column, string message)
    {
        using var x = new Importing();
        x.Write("a.csv", "who,what\nmei,hello\n");
        Assert.Contains(message, Assert.Throws<InputException>(() => x.Import("csv", null, null, (field, column))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_column_for_text_the_error_lists_the_columns()
    {
        using var x = new Importing();
        x.Write("a.csv", "who,x\nmei,hello\n");
        Assert.Contains("who, x", Assert.Throws<InputException>(() => x.Import("csv")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_never_closes_is_quarantined_and_one_inside_a_field_is_not_special()
    {
        using var x = new Importing();
        x.Write("a.csv", "id,text\n1,5\" disk\n2,\"he said \"\"hi\"\"\"\n3,\"never closed\n4,lost\n");
        var report = x.Import("csv");
        Assert.Equal((3, 2, 1), (report.Read, report.Imported, report.Quarantined));
        Assert.Equal(["5\" disk", "he said \"hi\""], x.Posts.Select(p => p.Text));
        Assert.Contains("unclosed_quote", File.ReadAllText(report.QuarantineFile!), StringComparison.Ordinal);
    }
}
