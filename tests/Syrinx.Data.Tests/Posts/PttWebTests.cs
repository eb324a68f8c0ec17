using Syrinx.Data.Posts;

namespace Syrinx.Data.Tests.Posts;

/// <summary>PTT's articles as its website shows them and as crawlers keep them.</summary>
public class PttWebTests
{
    private static string Push(string tag, string user, string text, string time) =>
        $"<div class=\"push\"><span class=\"hl push-tag\">{tag} </span><span class=\"f3 hl push-userid\">{user}</span><span class=\"f3 push-content\">: {text}</span><span class=\"push-ipdatetime\"> {time}\n</span></div>";

    private static string Meta(string tag, string value) =>
        $"<div class=\"article-metaline\"><span class=\"article-meta-tag\">{tag}</span><span class=\"article-meta-value\">{value}</span></div>";

    private static string Page(string body, string canonical = "<link rel=\"canonical\" href=\"https://www.ptt.cc/bbs/Food/M.1609429827.A.0F1.html\">") =>
        $"<html><head>{canonical}</head><body><div id=\"topbar\">批踢踢</div><div id=\"main-content\" class=\"bbs-screen\">{Meta("作者", "damn (阿丹)")}{Meta("看板", "Food")}"
        + $"{Meta("標題", "Re: [食記] &lt;豆花&gt;")}{Meta("時間", "Thu Dec 31 23:50:27 2020")}\n{body}</div><div id=\"navigation\">x</div></body></html>";

    private static Post[] Read(string html, string name = "M.9.A.1.html")
    {
        using var x = new Importing();
        x.Write(name, html);
        x.Import("ptt-html");
        return x.Posts;
    }

    [Fact]
    public void The_page_is_the_article_with_its_pushes_and_without_addresses()
    {
        var posts = Read(Page("<span class=\"f6\">: 別人的話</span>\n老闆說 &amp; 薑汁 <a href=\"https://example.org/a\">https://example.org/a</a>\n\n--\n<span class=\"f2\">※ 發信站: 批踢踢實業坊(ptt.cc), 來自: 203.0.113.7 (臺灣)\n</span>"
            + Push("推", "mei", "好吃", "203.0.113.8 12/31 23:59") + Push("→", "mei", "的快去", "01/01 00:01") + "\n真的\n<span class=\"f2\">※ 編輯: damn (203.0.113.7 臺灣), 01/03/2021 08:00:00\n</span>" + Push("噓", "ola", "推 kai: 好 01/02 00:00", "01/04 00:01")));
        Assert.Equal(["ptt:Food/M.1609429827.A.0F1", "ptt:Food/M.1609429827.A.0F1#1", "ptt:Food/M.1609429827.A.0F1#1.1", "ptt:Food/M.1609429827.A.0F1#2"], posts.Select(p => p.Id));
        Assert.Equal(("Re: [食記] <豆花>", "老闆說 & 薑汁 https://example.org/a", "damn", "Food"), (posts[0].Title, posts[0].Text, posts[0].Author, posts[0].Community));
        Assert.Equal(("好吃 的快去", 1, "真的"), (posts[1].Text, posts[1].Score, posts[2].Text));
        Assert.Equal(("推 kai: 好 01/02 00:00", "ola", -1), (posts[3].Text, posts[3].Author, posts[3].Score));
        Assert.Equal(new DateTime(2021, 1, 3, 16, 1, 0, DateTimeKind.Utc), posts[3].CreatedAt);
        Assert.All(posts, p => Assert.DoesNotContain("203.0.113", p.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_face_that_was_hidden_like_a_mail_address_is_shown()
    {
        string hidden = "<a href=\"/cdn-cgi/l/email-protection\" class=\"__cf_email__\" data-cfemail=\"30467052\">[email&#160;protected]</a>";
        var posts = Read(Page($"累 @{hidden} 了\n--\n※ 發信站: 批踢踢實業坊(ptt.cc)\n" + Push("→", "mei", $"睡@{hidden}", "01/01 00:55")));
        Assert.Equal(("累 @v@b 了", "睡@v@b"), (posts[0].Text, posts[1].Text));
    }

    [Fact]
    public void Without_its_address_the_file_name_is_the_article_s() =>
        Assert.Equal("ptt:Food/M.9.A.1", Read(Page("text\n", canonical: ""))[0].Id);

    [Fact]
    public void A_push_without_a_time_is_still_whose_it_is_and_not_the_author_s()
    {
        var posts = Read(Page("text\n--\n※ 發信站: 批踢踢實業坊(ptt.cc)\n" + Push("推", "mei", "沒時間", "")));
        Assert.Equal(("mei", "沒時間", null), (posts[1].Author, posts[1].Text, posts[1].CreatedAt));
    }

    [Fact]
    public void A_page_that_asks_ones_age_or_lists_articles_is_no_article()
    {
        using var x = new Importing();
        x.Write("over18.html", "<html><body><div class=\"over18-notice\">本網站已依網站內容分級規定處理</div></body></html>");
        Assert.Equal(1, x.Import("ptt-html").Skipped["not_an_article"]);
        Assert.Throws<InputException>(() => x.Import("auto"));
    }

    [Fact]
    public void The_same_article_from_page_crawler_and_terminal_is_one()
    {
        using var x = new Importing();
        x.Write("a.html", Page("老闆說\n--\n※ 發信站: 批踢踢實業坊(ptt.cc), 來自: 203.0.113.7\n" + Push("推", "mei", "好吃", "12/31 23:59")));
        x.Write("b.json", """[{"article_id":"M.1609429827.A.0F1","article_title":"Re: [食記] <豆花>","author":"damn (阿丹)","board":"Food","content":"老闆說","date":"Thu Dec 31 23:50:27 2020","ip":"203.0.113.7","message_count":{"all":1},"messages":[{"push_tag":"推 ","push_userid":"mei","push_content":": 好吃","push_ipdatetime":" 203.0.113.8 12/31 23:59\n"}]}]""");
        x.Write("c.txt", "作者 damn (阿丹)\n看板 Food\n標題 Re: [食記] <豆花>\n時間 Thu Dec 31 23:50:27 2020\n\n老闆說\n--\n※ 發信站: 批踢踢實業坊(ptt.cc), 來自: 203.0.113.7\n※ 文章網址: https://www.ptt.cc/bbs/Food/M.1609429827.A.0F1.html\n推 mei: 好吃 12/31 23:59\n");
        var report = x.Import("auto");
        Assert.Equal((6, 2, 4), (report.Read, report.Imported, report.Skipped["duplicate"]));
        Assert.Equal([("老闆說", "damn"), ("好吃", "mei")], x.Posts.Select(p => (p.Text, p.Author!)));
    }

    [Fact]
    public void A_crawlers_article_without_author_goes_to_quarantine_and_its_failures_are_counted()
    {
        using var x = new Importing();
        x.Write("b.json", """{"articles":[{"article_id":"M.1","article_title":"t","author":null,"board":"Food","content":"c","messages":[]},{"error":"invalid url"},{"article_id":"M.2.A.1","article_title":"t","author":"damn","board":"Food","content":"c","date":"?","messages":[{"push_tag":"噓","push_userid":"ola","push_content":"x"}]}]}""");
        var report = x.Import("ptt-json");
        Assert.Equal((2, 1, 1), (report.Imported, report.Quarantined, report.Skipped["not_an_article"]));
        Assert.Equal(("ptt:Food/M.2.A.1#1", -1), (x.Posts[1].Id, x.Posts[1].Score!.Value));
    }
}
