namespace Syrinx.Data.Tests.Posts;

/// <summary>Discourse, Hacker News and Stack Exchange.</summary>
public class ForumReaderTests
{
    private static string Topic(string posts, string more = ""","archetype":"regular","visible":true""") =>
        $$"""{"post_stream":{"posts":[{{posts}}],"stream":[1,2,3]},"id":77,"title":"Tofu &amp; more","slug":"tofu","category_id":10,"views":70,"posts_count":5{{more}}}""";

    private static string Reply(int number, string cooked, string more = "") =>
        $$"""{"id":{{900 + number}},"username":"mei","created_at":"2019-03-08T01:49:01.381Z","updated_at":"2019-03-09T01:49:01.381Z","cooked":"{{cooked}}","post_number":{{number}},"post_type":1{{more}}}""";

    [Fact]
    public void A_topic_is_an_article_and_answers_that_find_what_they_answer()
    {
        using var x = new Importing();
        x.Write("t.json", Topic(Reply(1, "<p>How?</p>", ""","avatar_template":"/user_avatar/forum.example/mei/{size}/1.png","actions_summary":[{"id":2,"count":4}]""") + ","
            + Reply(7, "<p>So.</p>", ""","reply_to_post_number":3,"version":2,"reads":5,"reply_count":1""") + ","
            + Reply(8, """<aside class=\"quote\" data-post=\"1\" data-topic=\"55\"><blockquote>x</blockquote></aside><p>As there.</p>""")));
        x.Import("discourse");
        var posts = x.Posts;
        Assert.Equal(["discourse:forum.example/77#1", "discourse:forum.example/77#7", "discourse:forum.example/77#8"], posts.Select(p => p.Id));
        Assert.Equal(("article", "Tofu &amp; more", "forum.example/10", 4, 4, 70), (posts[0].Kind, posts[0].Title, posts[0].Community, posts[0].Likes, posts[0].Replies, posts[0].Views));
        Assert.Equal(("post", "discourse:forum.example/77#3", "discourse:forum.example/77#1", 5), (posts[1].Kind, posts[1].ReplyTo, posts[1].ThreadId, posts[1].Views));
        Assert.Equal((new DateTime(2019, 3, 9, 1, 49, 1, 381, DateTimeKind.Utc), null), (posts[1].EditedAt, posts[0].EditedAt));
        Assert.Equal(("As there.", "discourse:forum.example/55#1", "discourse:forum.example/mei"), (posts[2].Text, posts[2].QuoteOf, posts[2].AuthorId));
        Assert.Null(posts[0].Score); // Discourse's score ranks, it counts no votes
    }

    [Fact]
    public void What_is_hidden_deleted_whispered_or_between_members_stays_outside_and_leaves_the_lake()
    {
        using var x = new Importing();
        x.Import("discourse", x.Write("old/t.json", Topic(Reply(1, "q") + "," + Reply(2, "goes"))));
        Assert.Equal(2, x.Store.PostCount);
        x.Write("old/t.json", Topic(string.Join(',', Reply(1, "q"), Reply(2, "goes", ""","user_deleted":true"""), Reply(3, "h", ""","hidden":true"""),
            Reply(4, "w", ""","post_type":4""").Replace("\"post_type\":1,", "", StringComparison.Ordinal), Reply(5, "closed", ""","post_type":3""").Replace("\"post_type\":1,", "", StringComparison.Ordinal))));
        x.Write("old/pm.json", Topic(Reply(9, "private"), ""","archetype":"private_message" """));
        x.Write("old/gone.json", Topic(Reply(10, "unlisted"), ""","visible":false"""));
        var report = x.Import("discourse", Path.Combine(x.Exports, "old"));
        Assert.Equal((1, 1, 2, 2, 1), (report.Removed, report.Skipped["deleted"], report.Skipped["hidden"], report.Skipped["direct"], report.Skipped["not_a_post"]));
        Assert.Equal(["q"], x.Posts.Select(p => p.Text));
    }

    [Fact]
    public void Items_of_Hacker_News_become_articles_and_answers()
    {
        using var x = new Importing();
        x.Write("items.jsonl", string.Join('\n',
            """{"by":"mei","descendants":3,"id":1,"kids":[2],"score":8,"time":1460665653,"title":"Tofu &amp; soy","type":"story","url":"https://tofu.example/"}""",
            """{"by":"ola","id":2,"parent":1,"text":"One.<p><pre><code>a &lt; b\n</code></pre>","time":1460665700,"type":"comment"}""",
            """{"deleted":true,"id":3,"parent":1,"time":1,"type":"comment"}""", """{"by":"kai","dead":true,"id":4,"parent":1,"text":"spam","time":1,"type":"comment"}""",
            """{"id":"mei","karma":5,"created":1}""", "null"));
        var report = x.Import("hackernews");
        Assert.Equal((2, 1, 1, 1, 1), (report.Imported, report.Skipped["deleted"], report.Skipped["removed"], report.Skipped["user_profile"], report.Quarantined));
        Assert.Equal(("hackernews:1", "article", "Tofu & soy", "", 8, 3), (x.Posts[0].Id, x.Posts[0].Kind, x.Posts[0].Title, x.Posts[0].Text, x.Posts[0].Score, x.Posts[0].Replies));
        Assert.Equal(["https://tofu.example/"], x.Posts[0].Urls);
        Assert.Equal(("One.\n\n```\na < b\n```", "hackernews:1", "hackernews:ola"), (x.Posts[1].Text, x.Posts[1].ReplyTo, x.Posts[1].AuthorId));
    }

    [Fact]
    public void Questions_and_answers_of_Stack_Exchange_are_read_and_its_licence_is_noted()
    {
        using var x = new Importing();
        x.Write("tofu.stackexchange.com/Posts.xml", """
            ﻿<?xml version="1.0" encoding="utf-8"?>
            <posts>
            <row Id="1" PostTypeId="1" CreationDate="2015-01-27T20:09:32.720" LastEditDate="2015-02-27T20:09:32.720" Score="-2" ViewCount="130" Body="&lt;p&gt;a &amp;lt; b&lt;/p&gt;&#xA;" OwnerUserId="4" OwnerDisplayName="mei" Title="Tofu?" Tags="|soy|how-to|" AnswerCount="1" /> <row
              Id="2" PostTypeId="2" ParentId="1" Body="&lt;p&gt;Yes &gt; no&lt;/p&gt;" />
            <row Id="3" PostTypeId="2" ParentId="1" Body="gone" DeletionDate="2015-02-27T20:09:32.720" />
            <row Id="4" PostTypeId="4" Body="x" />
            <row Id="5" PostTypeId="1" Body="&broken;" />
            <row Id="6" PostTypeId="1" Body="no end>
            <row Id="7" PostTypeId="1" Title="last" Body="" />
            </posts>
            """);
        x.Write("tofu.stackexchange.com/Comments.xml", "<comments><row Id=\"1\" PostId=\"1\" Text=\"not read\" /></comments>");
        var report = x.Import("stackexchange");
        Assert.Equal((3, 1, 1, 2), (report.Imported, report.Skipped["deleted"], report.Skipped["not_a_post"], report.Quarantined));
        var question = x.Posts[0];
        Assert.Equal(("stackexchange:tofu.stackexchange.com/1", "article", "Tofu?", "a < b", "tofu.stackexchange.com"), (question.Id, question.Kind, question.Title, question.Text, question.Community));
        Assert.Equal((-2, 130, 1, "stackexchange:tofu.stackexchange.com/4", "mei"), (question.Score, question.Views, question.Replies, question.AuthorId, question.Author));
        Assert.Equal(["soy", "how-to"], question.Hashtags);
        Assert.Equal(new DateTime(2015, 2, 27, 20, 9, 32, 720, DateTimeKind.Utc), question.EditedAt);
        Assert.Equal(("Yes > no", question.Id), (x.Posts[1].Text, x.Posts[1].ReplyTo));
        Assert.Contains(report.Notes, n => n.Contains("CC BY-SA", StringComparison.Ordinal));
    }
}
