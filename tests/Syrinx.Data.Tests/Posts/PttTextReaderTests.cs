using System.Security.Cryptography;
using System.Text;
using Syrinx.Data.Posts;
using Syrinx.Data.Posts.Readers;

namespace Syrinx.Data.Tests.Posts;

/// <summary>PTT articles in the forms in which people keep them.</summary>
public class PttTextReaderTests
{
    private const string Classic = """
         作者  damn (阿丹)                                           看板  Food
         標題  Re: [食記] 巷口的豆花
         時間  Thu Dec 31 23:50:27 2020
        ───────────────────────────────────────
        ※ 引述《mei (美)》之銘言：
        : 上次說的那家
        : : 更早的話
        老闆說薑汁是自己熬的
        第二行  https://example.org/tofu.

        --
        我的簽名檔
        第二行簽名

        --
        ※ 發信站: 批踢踢實業坊(ptt.cc), 來自: 203.0.113.7 (臺灣)
        ※ 文章網址: https://www.ptt.cc/bbs/Food/M.1609429827.A.0F1.html
        ※ 編輯: damn (203.0.113.7 臺灣), 12/31/2020 23:55:00
        推 mei         : 好吃                                            12/31 23:59
        噓 ola         : 太甜 203.0.113.9 01/01 00:03
        → kai         : 上次去的時候老闆說要把店收起來因為租金太貴了大家要吃 01/01 07:35
        → kai         : 的快去                                          01/01 07:36
        → mei         : 真的嗎                                          01/02 09:00

        真的，我問過了
        ※ 編輯: damn (203.0.113.7 臺灣), 01/03/2021 08:00:00
        推 kai         : 唉 02/29 10:00
        """;

    private static Post[] Read(string text, string name = "Food/M.1609429827.A.0F1.txt")
    {
        using var x = new Importing();
        x.Write(name, text);
        x.Import("ptt-text");
        return x.Posts;
    }

    [Fact]
    public void The_article_has_head_and_text_without_quotes_signature_and_addresses()
    {
        var article = Read(Classic)[0];
        Assert.Equal(("ptt:Food/M.1609429827.A.0F1", "article", "Food", "ptt:damn", "damn"),
            (article.Id, article.Kind, article.Community, article.AuthorId, article.Author));
        Assert.Equal("Re: [食記] 巷口的豆花", article.Title);
        Assert.Equal("老闆說薑汁是自己熬的\n第二行  https://example.org/tofu.", article.Text);
        Assert.Equal(new DateTime(2020, 12, 31, 15, 50, 27, DateTimeKind.Utc), article.CreatedAt);
        Assert.Equal(new DateTime(2021, 1, 3, 0, 0, 0, DateTimeKind.Utc), article.EditedAt);
        Assert.Equal((5, 1, article.Id), (article.Replies, article.Score, article.ThreadId));
        Assert.Equal(["https://example.org/tofu"], article.Urls);
        Assert.Equal("Food/M.1609429827.A.0F1.txt:1", article.Source);
    }

    [Fact]
    public void Pushes_are_posts_with_votes_wrapped_ones_joined_and_years_that_roll_over()
    {
        var pushes = Read(Classic).Where(p => p.Kind == "push").ToArray();
        Assert.Equal(["#1", "#2", "#3", "#4", "#5"], pushes.Select(p => p.Id[^2..]));
        Assert.Equal([1, -1, 0, 0, 1], pushes.Select(p => p.Score!.Value));
        Assert.Equal("上次去的時候老闆說要把店收起來因為租金太貴了大家要吃的快去", pushes[2].Text);
        Assert.All(pushes, p => Assert.Equal("ptt:Food/M.1609429827.A.0F1", p.ReplyTo));
        Assert.Equal(new DateTime(2020, 12, 31, 15, 59, 0, DateTimeKind.Utc), pushes[0].CreatedAt);
        Assert.Equal(new DateTime(2020, 12, 31, 16, 3, 0, DateTimeKind.Utc), pushes[1].CreatedAt);
        Assert.Equal(new DateTime(2021, 1, 2, 1, 0, 0, DateTimeKind.Utc), pushes[3].CreatedAt);
        Assert.Equal(2024, pushes[4].CreatedAt!.Value.Year); // the next year that has a 29th of February
    }

    [Fact]
    public void What_the_author_writes_between_pushes_answers_the_push_before()
    {
        var answer = Assert.Single(Read(Classic), p => p.Kind == "post");
        Assert.Equal(("ptt:Food/M.1609429827.A.0F1#4.1", "ptt:Food/M.1609429827.A.0F1#4", "damn", "真的，我問過了"),
            (answer.Id, answer.ReplyTo, answer.Author, answer.Text));
        Assert.Equal(new DateTime(2021, 1, 3, 0, 0, 0, DateTimeKind.Utc), answer.CreatedAt);
    }

    [Fact]
    public void No_address_of_a_machine_is_kept() =>
        Assert.All(Read(Classic), p => Assert.DoesNotContain("203.0.113", p.Text + p.Title + p.Author, StringComparison.Ordinal));

    [Fact]
    public void The_run_together_head_is_read_and_an_id_comes_of_author_time_and_title()
    {
        var posts = Read("作者damn1120 (damn (1120))看板Stock標題[新聞] 收盤時間表時間Thu Apr 13 07:26:14 2023\n\n內文在此\n推 roywow      : 好 04/13 07:35\n");
        Assert.Equal(("Stock", "damn1120", "[新聞] 收盤時間表", "內文在此"), (posts[0].Community, posts[0].Author, posts[0].Title, posts[0].Text));
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("damn1120\n2023-04-12T23:26:14Z\n[新聞] 收盤時間表")))[..16];
        Assert.Equal("ptt:Stock/" + hash, posts[0].Id);
        Assert.Equal("ptt:Stock/" + hash + "#1", posts[1].Id);
    }

    [Fact]
    public void Fenced_heads_and_footers_are_read_and_fences_in_the_text_stay()
    {
        var posts = Read("```\n作者 damn (丹)\n看板 Soft_Job\n標題 [心得] 命名\n時間 Fri Jul 10 14:47:45 2020\n```\n\n看：\n\n```C#\nint n;\n```\n\n```\n--\n"
            + "※ 發信站: 批踢踢實業坊(ptt.cc), 來自: 203.0.113.7 (美國)\n※ 文章網址: https://www.ptt.cc/bbs/Soft_Job/M.1594363667.A.1A2.html\n推 mei: 推 07/10 15:00\n\n補一句\n```\n");
        Assert.Equal("看：\n\n```C#\nint n;\n```", posts[0].Text);
        Assert.Equal(("推", "補一句"), (posts[1].Text, posts[2].Text));
    }

    [Fact]
    public void A_file_may_hold_many_articles_and_a_quoted_head_starts_none()
    {
        string second = Classic.Replace("M.1609429827", "M.1609429999", StringComparison.Ordinal)
            .Replace("老闆說", "作者: mei (美) 看板: Food\n標題: 別的\n時間: Thu Dec 31 23:50:27 2020\n老闆說", StringComparison.Ordinal);
        var articles = Read(Classic + "\n" + second).Where(p => p.Kind == "article").ToArray();
        Assert.Equal(2, articles.Length);
        Assert.Contains("老闆說薑汁", articles[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Big5_of_the_bbs_is_decoded_with_its_kana_and_colours_taken_out()
    {
        // 作者: mei (美) 看板: Food / 標題: あんァゥヶ / 時間: … / 中 with a colour change between the two bytes of a character
        byte[] text = [
            .. B("A740AACC"), .. ": mei ("u8, .. B("ACFC"), .. ") "u8, .. B("ACDDAA4F"), .. ": Food\n"u8,
            .. B("BCD0C344"), .. ": "u8, .. B("C6E8C77AC77BC7A1C7F2"), .. "\n"u8, .. B("AEC9B6A1"), .. ": Thu Jul  9 20:06:27 2020\n\n\x1b[1;33m"u8,
            .. B("A4"), .. "\x1b[0;31m"u8, .. B("A4"), .. "\x1b[m\n"u8];
        using var x = new Importing();
        x.Write("a.txt", text);
        x.Import("ptt-text");
        var post = Assert.Single(x.Posts);
        Assert.Equal(("mei", "あんァゥヶ", "中"), (post.Author, post.Title, post.Text));

        static byte[] B(string hex) => Convert.FromHexString(hex);
    }

    [Fact]
    public void A_binary_file_is_refused_by_name()
    {
        using var x = new Importing();
        x.Write("photo.txt", [0x89, 0x50, 0, 1, 2, 3, 0xFF, 0xFE]);
        foreach (string format in (string[])["ptt-text", "auto"])
        {
            var e = Assert.Throws<InputException>(() => x.Import(format));
            Assert.Contains("photo.txt, byte 0: binary", e.Message, StringComparison.Ordinal);
        }
        x.Write("a.txt", Classic);
        x.Write("readme.md", "no article at all");
        var report = x.Import("ptt-text");
        Assert.Equal((1, 1), (report.Quarantined, report.Skipped["not_an_article"]));
        Assert.Contains("binary", File.ReadAllText(report.QuarantineFile!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("推 a: 12/31 見 12/31 23:59", "12/31 見")]
    [InlineData("→ a: 時間 12:30 01/02", "時間 12:30")]
    [InlineData("推 a:沒有空格 1.2.3.* 01/02 00:00", "沒有空格")]
    public void A_push_ends_with_its_date(string line, string text) => Assert.Equal(text, PttPush.TryRead(line)!.Value.Text);

    [Theory]
    [InlineData("推薦 a: 好 01/02 00:00")]
    [InlineData("推 a: 好")]
    [InlineData("推 a: 好 13/02 00:00")]
    [InlineData("推 中文帳號: 好 01/02 00:00")]
    public void What_is_no_push_is_none(string line) => Assert.Null(PttPush.TryRead(line));
}
