using CsCheck;
using Syrinx.Search.Tests.Querying;

namespace Syrinx.Search.Tests;

public class SearchIndexTests
{
    [Theory]
    [InlineData("noodle", "x:100")] // stemmed
    [InlineData("footbridge", "x:108")]
    [InlineData("豆花", "ptt:Food/M.1709290000.A.2C3")]
    [InlineData("貓", "ptt:Town/M.1709370000.A.0E1")] // one character inside a run
    [InlineData("採石巷", "ptt:Town/M.1709320000.A.5F6")]
    [InlineData("夜間公車末班車", "ptt:Town/M.1709310000.A.4E5")] // not side by side
    [InlineData("\"swimming pool\" repairs", "x:110")]
    [InlineData("#market", "x:116")]
    [InlineData("title:鳶山步道", "ptt:Town/M.1709350000.A.8C9")]
    [InlineData("from:amy cat", "x:117")]
    [InlineData("to:hana", "x:110")]
    [InlineData("url:example.net", "x:114")]
    [InlineData("board:food score:20", "ptt:Food/M.1709290000.A.2C3")]
    [InlineData("min_faves:30", "x:109")]
    public void A_query_finds_its_post(string query, string post)
    {
        Assert.Contains(post, TownIndex.Shared.Search(new() { Text = query }).Hits.Select(h => h.Id));
    }

    [Fact]
    public void A_phrase_is_found_only_where_its_words_stand_together()
    {
        using var index = new TemporaryIndex(Town.Post("x:1", "beef noodles"), Town.Post("x:2", "noodles with beef"),
            Town.Post("x:3", "牛肉麵"), Town.Post("x:4", "牛肉配乾麵"));
        Assert.Equal(["x:1"], index.Find("\"beef noodles\""));
        Assert.Equal(["x:3"], index.Find("「牛肉麵」"));
        Assert.Equal(2, index.Find("beef noodles").Length);
    }

    [Fact]
    public void A_minus_excludes_and_OR_widens()
    {
        using var index = new TemporaryIndex(Town.Post("x:1", "tea"), Town.Post("x:2", "coffee"),
            Town.Post("x:3", "coffee milk"));
        Assert.Equal(["x:2"], index.Find("coffee -milk"));
        Assert.Equal(3, index.Find("tea OR coffee").Length);
        Assert.Equal(["x:1"], index.Find("-coffee"));
    }

    [Fact]
    public void Since_is_inclusive_and_until_exclusive()
    {
        using var index = new TemporaryIndex(
            Town.Post("x:1", "rain", at: new(2024, 4, 30, 23, 59, 59, DateTimeKind.Utc)),
            Town.Post("x:2", "rain", at: new(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc)),
            Town.Post("x:3", "rain", at: new(2024, 5, 2, 0, 0, 0, DateTimeKind.Utc)),
            Town.Post("x:4", "rain without a date"));
        Assert.Equal(["x:2"], index.Find("rain since:2024-05-01 until:2024-05-02"));
        Assert.Equal(["x:2"], index.Index.Search(new()
        {
            Text = "rain",
            Since = new(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc),
            Until = new(2024, 5, 2, 0, 0, 0, DateTimeKind.Utc)
        }).Hits.Select(h => h.Id));
        Assert.Equal(4, index.Find("rain").Length);
    }

    [Fact]
    public void A_language_includes_its_scripts_and_regions()
    {
        using var index = new TemporaryIndex(Town.Post("x:1", "雨", lang: "zh-Hant"), Town.Post("x:2", "雨", lang: "ja"),
            Town.Post("x:3", "雨", lang: "zh"));
        Assert.Equal(["x:1", "x:3"], index.Find("雨 lang:zh").Order());
        Assert.Equal(["x:1"], index.Find("雨 lang:zh-hant"));
        Assert.Equal(["x:1"], index.Index.Search(new() { Text = "雨", Language = "zh-Hant" }).Hits.Select(h => h.Id));
    }

    [Fact]
    public void Filters_narrow_and_leave_the_scores_as_they_were()
    {
        var all = TownIndex.Shared.Search(new() { Text = "圖書館" });
        var filtered = TownIndex.Shared.Search(new()
        {
            Text = "圖書館 board:Town lang:zh since:2020-01-01",
            Author = "@bookworm",
            Community = "TOWN"
        });
        var hit = Assert.Single(filtered.Hits);
        Assert.Equal(all.Hits.Single(h => h.Id == hit.Id).Score, hit.Score);
    }

    [Fact]
    public void A_query_of_filters_alone_gives_the_newest_first()
    {
        var hits = TownIndex.Shared.Search(new() { Text = "from:amy" }).Hits;
        Assert.Equal(3, hits.Count);
        Assert.Equal(hits.OrderByDescending(h => h.CreatedAt), hits);
    }

    [Fact]
    public void Without_a_post_that_has_all_the_words_posts_with_most_are_shown_and_it_is_said()
    {
        var results = TownIndex.Shared.Search(new() { Text = "farmers market zeppelin" });
        Assert.True(results.Relaxed);
        Assert.Equal("x:116", results.Hits[0].Id);
        Assert.False(TownIndex.Shared.Search(new() { Text = "farmers market" }).Relaxed);
    }

    [Fact]
    public void Stop_words_are_left_out_unless_there_is_nothing_else()
    {
        using var index = new TemporaryIndex(Town.Post("x:1", "to be or not to be"), Town.Post("x:2", "library hours"));
        Assert.Equal(["x:2"], index.Find("what are the library hours"));
        Assert.Equal(["x:1"], index.Find("to be or not"));
    }

    [Fact]
    public void Reposts_and_empty_posts_do_not_enter_and_posts_closed_to_training_do()
    {
        using var index = new TemporaryIndex(
            Town.Post("x:1", "harbour") with { TrainingAllowed = false },
            Town.Post("x:2", "harbour") with { RepostOf = "x:1" },
            Town.Post("x:3", " \n"));
        Assert.Equal(1, index.Index.PostCount);
        Assert.Equal(["x:1"], index.Find("harbour"));
    }

    [Fact]
    public void Spam_is_found_last()
    {
        string labels = TemporaryIndex.Label("x:1", spam: 0.9) + TemporaryIndex.Label("x:2", bot: 0.9)
            + TemporaryIndex.Label("x:3", campaign: "c1") + TemporaryIndex.Label("x:4");
        using var index = new TemporaryIndex(["x:1", "x:2", "x:3", "x:4"], labels);
        Assert.Equal("x:4", index.Find("harbour")[0]);
        Assert.Equal(4, index.Find("harbour").Length);
    }

    [Fact]
    public void Posts_of_withdrawn_authors_stay_out_even_when_the_store_still_has_them()
    {
        string labels = TemporaryIndex.Label("x:1", dropped: "opted_out")
            + TemporaryIndex.Label("x:2", dropped: "author_not_active") + TemporaryIndex.Label("x:3", lang: "fr");
        using var index = new TemporaryIndex(["x:1", "x:2", "x:3"], labels);
        var hit = Assert.Single(index.Search("harbour").Hits);
        Assert.Equal("x:3", hit.Id);
        Assert.Equal("fr", hit.Language);
    }

    [Fact]
    public void Newer_and_better_liked_posts_come_first_among_those_that_match_alike()
    {
        var day = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        using var index = new TemporaryIndex(
            Town.Post("x:1", "noodle soup", at: day),
            Town.Post("x:2", "noodle soup", at: day.AddDays(400)),
            Town.Post("x:3", "noodle soup", at: day.AddDays(400)) with { Likes = 5000 },
            Town.Post("x:4", "noodle noodle soup soup", at: day));
        Assert.Equal(["x:3", "x:2"], index.Find("noodle soup").Where(id => id is "x:2" or "x:3"));
        Assert.True(Array.IndexOf(index.Find("noodle soup"), "x:1") > Array.IndexOf(index.Find("noodle soup"), "x:2"));
    }

    [Fact]
    public void A_conversation_is_shown_once_when_asked()
    {
        string[] all = [.. TownIndex.Shared.Search(new() { Text = "牛肉麵" }).Hits.Select(h => h.ThreadId)];
        var collapsed = TownIndex.Shared.Search(new() { Text = "牛肉麵", CollapseThreads = true });
        Assert.True(all.Length > all.Distinct().Count());
        Assert.Equal(all.Distinct(), collapsed.Hits.Select(h => h.ThreadId));
        Assert.Equal(all.Length, collapsed.Total);
    }

    [Fact]
    public void Pages_follow_each_other_without_gap_or_overlap()
    {
        string[] whole = [.. TownIndex.Shared.Search(new() { Text = "-xyz", Limit = 100 }).Hits.Select(h => h.Id)];
        var pages = Enumerable.Range(0, 10).SelectMany(p =>
            TownIndex.Shared.Search(new() { Text = "-xyz", Offset = p * 5, Limit = 5 }).Hits.Select(h => h.Id));
        Assert.Equal(whole, pages);
        Assert.Equal(Town.Posts.Count, whole.Length);
    }

    [Fact]
    public void Facets_count_every_match_and_not_only_the_page()
    {
        var results = TownIndex.Shared.Search(new() { Text = "-xyz", Limit = 1 });
        Assert.Equal(results.Total, results.Months.Sum(m => m.Count));
        Assert.Equal(Town.Posts.Count(p => p.Community == "Town"), results.Communities.Single(c => c.Value == "Town").Count);
        Assert.Equal(Town.Posts.Count(p => p.Lang == "zh-Hant"), results.Languages.Single(c => c.Value == "zh-Hant").Count);
        Assert.Equal("2024-03", results.Months[0].Value);
    }

    [Fact]
    public void Highlights_mark_the_words_and_only_them()
    {
        using var index = new TemporaryIndex(Town.Post("x:1", "The Noodles of 台北牛肉麵店 & noodle soup")
            with
        { Title = "Noodle news" });
        var hit = Assert.Single(index.Search("noodles 牛肉麵 -pork").Hits);
        Assert.Equal(["Noodles", "牛肉麵", "noodle"], hit.Highlights.Select(h => hit.Text.Substring(h.Start, h.Length)));
        Assert.Equal("Noodle", hit.Title!.Substring(hit.TitleHighlights[0].Start, hit.TitleHighlights[0].Length));
        hit = Assert.Single(index.Search("麵").Hits);
        Assert.Equal(["麵"], hit.Highlights.Select(h => hit.Text.Substring(h.Start, h.Length)));
    }

    [Fact]
    public void A_hit_carries_what_the_post_had_and_what_it_had_not_stays_null()
    {
        var hit = TownIndex.Shared.Search(new() { Text = "from:tofu" }).Hits[0];
        var post = Town.Posts.Single(p => p.Author == "tofu");
        Assert.Equal((post.Id, post.Text, post.Title, post.Community, post.CreatedAt, post.AuthorId),
            (hit.Id, hit.Text, hit.Title, hit.Community, hit.CreatedAt, hit.AuthorId));
        Assert.Equal("TOFU", hit.AuthorName);
        Assert.Null(hit.Likes);
        Assert.Equal(DateTimeKind.Utc, hit.CreatedAt!.Value.Kind);
    }

    [Fact]
    public void No_query_throws_or_takes_long()
    {
        QueryParserTests.Query().Sample(typed => TownIndex.Shared.Search(new() { Text = typed }), iter: 300);
        string[] hostile =
        [
            new('a', 10_000), new('牛', 10_000), string.Concat(Enumerable.Repeat("from:", 3000)),
                string.Concat(Enumerable.Repeat("-", 10_000)),
            string.Concat(Enumerable.Repeat("a OR ", 3000)), string.Concat(Enumerable.Repeat("(\"", 5000)),
                "score:>9223372036854775807 min_faves:9223372036854775807",
            "score:<-9223372036854775808", string.Join(' ', Enumerable.Range(0, 3000).Select(i => "-w" + i)),
        ];
        foreach (string query in hostile)
            Assert.InRange(TownIndex.Shared.Search(new() { Text = query, Limit = int.MaxValue, Offset = int.MaxValue }).TookMs,
                0, 2000);
    }

    [Fact]
    public void Many_threads_search_at_once_and_agree()
    {
        string[] queries = ["noodles", "牛肉麵", "from:amy", "swimming pool", "圖書館 OR library"];
        string[][] alone = [.. queries.Select(q => TownIndex.Shared.Search(new() { Text = q })
            .Hits.Select(h => $"{h.Id} {h.Score}").ToArray())];
        Parallel.For(0, 200, i =>
            Assert.Equal(alone[i % 5], TownIndex.Shared.Search(new() { Text = queries[i % 5] })
                .Hits.Select(h => $"{h.Id} {h.Score}")));
    }
}
