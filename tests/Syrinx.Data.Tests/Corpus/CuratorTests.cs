using System.Text.Json;
using Syrinx.Data.Corpus;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Tests.Corpus;

/// <summary>The whole way from posts to files, on small platforms made here.</summary>
public sealed class CuratorTests : IDisposable
{
    private static readonly DateTime Start = new(2024, 5, 1, 8, 0, 0, DateTimeKind.Utc);
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-corpus-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_thread_is_read_depth_first_with_the_authors_own_words_joined()
    {
        Curate(
            P("x:1", "ann", "Does anyone know a good place to repair an old violin around here?"),
            P("x:2", "ben", "@ann The workshop behind the library did mine last year and it sounds better than new.", "x:1",
                likes: 5),
            P("x:3", "ann", "It belonged to my grandfather, so I am a little afraid to hand it over.", "x:1"),
            P("x:4", "ann", "Thank you @ben, I will go and ask them tomorrow!", "x:2"),
            P("x:5", "cat", "Mine took three weeks there, just so you know, but the price was fair.", "x:1"));
        var document = Assert.Single(Documents());
        Assert.Equal(
            """
            Does anyone know a good place to repair an old violin around here?
            It belonged to my grandfather, so I am a little afraid to hand it over.
            ↳ The workshop behind the library did mine last year and it sounds better than new.
            ↳ Thank you @user, I will go and ask them tomorrow!
            ↳ Mine took three weeks there, just so you know, but the price was fair.
            """, document.Text);
        Assert.Equal(["x:1", "x:3", "x:2", "x:4", "x:5"], document.Posts);
        Assert.Equal("en", document.Lang);

        var dialogue = Assert.Single(CorpusFiles.ReadDialogues(_folder));
        Assert.Equal(["user", "assistant"], dialogue.Turns.Select(t => t.Role));
        Assert.StartsWith("The workshop behind", dialogue.Turns[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bbs_article_keeps_its_title_and_the_marks_of_its_pushes()
    {
        var article = P("ptt:Food/M.1", "wang", "車站後面新開的麵店，湯頭很清，牛肉給得大方，小菜也便宜。\n※ 發信站: 某站\n--\n簽名檔") with
        {
            Platform = "ptt",
            Kind = "article",
            AuthorId = "ptt:wang",
            Title = "[食記] 車站後面的牛肉麵",
            Community = "Food",
        };
        Curate(article, Push(1, "lee", "老闆人很好，每次都會多給一些酸菜", 1), Push(2, "lee", "而且湯可以免費續", 0),
            Push(3, "chen", "排隊要等四十分鐘，不值得", -1), Push(4, "wang", "平日下午人比較少", 0));
        var document = Assert.Single(Documents());
        Assert.Equal(
            """
            [食記] 車站後面的牛肉麵
            車站後面新開的麵店，湯頭很清，牛肉給得大方，小菜也便宜。
            推 老闆人很好，每次都會多給一些酸菜 而且湯可以免費續
            噓 排隊要等四十分鐘，不值得
            → 平日下午人比較少
            """, document.Text);
        Assert.Equal("zh-Hant", document.Lang);
        var dialogue = Assert.Single(CorpusFiles.ReadDialogues(_folder));
        Assert.Equal("老闆人很好，每次都會多給一些酸菜\n而且湯可以免費續", dialogue.Turns[1].Text);
    }

    [Fact]
    public void What_an_authors_posts_say_together_stands_beside_the_corpus()
    {
        Curate(
            P("x:1", "ann", "The orchard opens for picking on Saturday, bring your own baskets and boots."),
            P("x:2", "ben", "The orchard opens for picking on Saturday, bring your own baskets and boots!"),
            P("x:3", "ann", "Whoever wants plums writes to ann.lee@example.com, there are far too many this year."));
        var lines = File.ReadLines(Path.Combine(_folder, CorpusFiles.Authors)).Select(l => JsonElement.Parse(l)).ToList();
        var ann = lines.Single(l => l.GetProperty("posts").GetInt32() == 2);
        Assert.Equal("en", ann.GetProperty("lang").GetString());
        Assert.Equal(0.5, ann.GetProperty("pii_share").GetDouble());
        Assert.Equal(0.5, ann.GetProperty("cluster_share").GetDouble());
        Assert.All(["bot", "spam", "toxicity", "nsfw", "quality"], label => Assert.InRange(ann.GetProperty(label).GetDouble(), 0, 1));
        Assert.True(ann.GetProperty("quality").GetDouble() > 0);
    }

    [Fact]
    public void What_consent_keeps_out_is_in_no_file()
    {
        var report = Curate(
            P("x:1", "ann", "The orchard opens for picking on Saturday, bring your own baskets and boots."),
            P("x:2", "ben", "XSECRETALPHA never learn from this post of mine, whatever it says about apples.") with { TrainingAllowed = false },
            P("x:3", "gone", "XSECRETBETA was written by an account that is suspended now, about the orchard."),
            P("x:4", "shy", "XSECRETGAMMA was written by somebody who opted out of all this, about baskets."));
        Assert.Equal(1, report.Kept);
        Assert.Equal(1, report.Dropped[DropReason.TrainingNotAllowed]);
        Assert.Equal(1, report.Dropped[DropReason.AuthorState]);
        Assert.Equal(1, report.Dropped[DropReason.OptedOut]);
        foreach (string file in Directory.GetFiles(_folder))
            Assert.DoesNotContain("XSECRET", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_post_is_in_one_document_or_has_one_reason()
    {
        var posts = Town(3000);
        var report = Curate(posts);
        Assert.Equal(report.Posts, report.Kept + report.Dropped.Values.Sum());
        var labels = CorpusFiles.ReadLabels(_folder).ToList();
        Assert.Equal(posts.Select(p => p.Id), labels.Select(l => l.Id));
        var used = Documents().SelectMany(d => d.Posts).ToList();
        Assert.Equal(used.Count, used.Distinct().Count());
        Assert.Equal(labels.Where(l => l.Dropped is null).Select(l => l.Id).Order(), used.Order());
        Assert.All(labels.Where(l => l.Dropped is not null), l => Assert.Contains(l.Dropped!, DropReason.All));
        Assert.All(CorpusFiles.ReadDialogues(_folder), d =>
        {
            Assert.True(d.Turns.Count >= 2 && d.Turns.Count % 2 == 0);
            Assert.All(d.Turns.Select((t, i) => (t, i)), x => Assert.Equal(x.i % 2 == 0 ? "user" : "assistant", x.t.Role));
        });
    }

    [Fact]
    public void Any_number_of_threads_writes_the_same_bytes()
    {
        var posts = Town(2500);
        Curate(posts);
        var first = Directory.GetFiles(_folder).Order()
            .Select(f => (Path.GetFileName(f),
            Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))))).ToList();
        Assert.Equal(CorpusFiles.All.Count, first.Count);
        foreach (int threads in (int[])[1, 3])
        {
            Run(posts, new CurateSettings(), threads);
            Assert.Equal(first, Directory.GetFiles(_folder).Order()
                .Select(f => (Path.GetFileName(f),
                Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))))));
        }
    }

    [Fact]
    public void Cycles_self_replies_orphans_and_posts_without_author_or_time_are_all_kept()
    {
        Post[] posts =
        [
            P("x:1", "ann", "First of a ring of posts that answer each other in a broken export.", "x:3"),
            P("x:2", "ben", "Second of a ring of posts, which should not make the program hang.", "x:1"),
            P("x:3", "cat", "Third of a ring of posts; somebody has to go first, so one link is cut.", "x:2"),
            P("x:4", "dan", "This one claims to be an answer to itself, which makes little sense.", "x:4"),
            P("x:5", "eve", "This one answers a post that nobody has ever exported anywhere.", "x:999"),
            P("x:6", "", "This one has neither an author nor a time, and all the same says something.") with { AuthorId = null,
                Author = null, CreatedAt = null },
        ];
        var report = Curate(posts);
        Assert.Equal(6, report.Kept);
        Assert.Equal(4, report.Documents);
    }

    [Fact]
    public void A_chain_of_ten_thousand_replies_is_split_and_stays_in_one_half_of_the_corpus()
    {
        var random = new Random(1);
        Post[] posts = [.. Enumerable.Range(0, 10_000).Select(i =>
            P($"x:{i}", $"a{i % 700}", Sentence(random), i == 0 ? null : $"x:{i - 1}") with { ThreadId = "x:0" })];
        var report = Curate(posts);
        Assert.True(report.Documents > 10);
        Assert.Single(Documents().Select(d => d.Split).Distinct());
        Assert.All(Documents(), d => Assert.True(d.Text.Length <= new CurateSettings().MaxDocument + 400));
        Assert.Equal(report.Kept, Documents().Sum(d => d.Posts.Count));
    }

    [Fact]
    public void Replies_to_a_copy_move_to_the_post_that_is_kept()
    {
        Curate(
            P("x:1", "ann", "Lost near the harbour: a grey cat with a red collar, answers to Biscuit.", likes: 9),
            P("x:2", "ben", "Lost near the harbour: a grey cat with a red collar, answers to Biscuit!!"),
            P("x:3", "cat", "I saw her this morning on the roof of the fish shop, quite content.", "x:2"));
        var document = Assert.Single(Documents());
        Assert.Equal(["x:1", "x:3"], document.Posts);
        Assert.Equal("x:1", CorpusFiles.ReadLabels(_folder).Single(l => l.Id == "x:2").Cluster);
    }

    [Fact]
    public void A_campaign_is_dropped_and_a_saying_is_not()
    {
        List<Post> posts = [.. Town(300)];
        for (int i = 0; i < 6; i++)
        {
            posts.Add(P($"x:c{i}", $"shill{i}",
                $"Guaranteed profit of ${i}00 a day, limited slots, join my telegram group https://bit.ly/z{i}"));
            posts.Add(P($"x:s{i}", $"friend{i}", "Happy new year to all of you!"));
        }
        for (int i = 0; i < 10; i++)
        {
            const string Chain = "A brown dog with a white paw was seen near the water gate, please call the clinic and do not chase him.";
            posts.Add(P($"x:n{i}", $"neighbour{i}", Chain) with { CreatedAt = Start.AddDays(3 * i) });
            posts.Add(P($"x:a{i}", $"turf{i}",
                "The new bridge is a disgrace and everybody in this town knows who pocketed the money for it.") with
            { CreatedAt = Start.AddHours(i) });
        }
        Curate([.. posts]);
        var labels = CorpusFiles.ReadLabels(_folder).ToDictionary(l => l.Id);
        Assert.All(Enumerable.Range(0, 6), i => Assert.Equal(DropReason.Campaign, labels[$"x:c{i}"].Dropped));
        Assert.All(Enumerable.Range(0, 6), i => Assert.Null(labels[$"x:s{i}"].Campaign));
        Assert.All(Enumerable.Range(0, 10), i => Assert.Equal(DropReason.Campaign, labels[$"x:a{i}"].Dropped));
        Assert.Single(Enumerable.Range(0, 10), i => labels[$"x:n{i}"].Dropped is null);
    }

    [Fact]
    public void Policies_differ_in_what_they_let_through()
    {
        Post[] posts =
        [
            .. Town(200),
            P("x:nsfw", "ann", "Explicit porn and a blowjob scene, says the review of this very adult film."),
            P("x:rude", "ben", "You idiot, the bus stop was moved to the other side of the street weeks ago."),
            P("x:vile", "cat", "Go kill yourself, you worthless subhuman, nobody wants you in this town."),
            P("x:mark", "dan", "A painting of bathers from the museum's new exhibition, lovely colours.") with { Sensitive = true },
        ];
        Assert.Equal(["x:mark", "x:rude"], Kept(CuratePolicy.Standard));
        Assert.Equal(["x:mark", "x:nsfw", "x:rude"], Kept(CuratePolicy.Adult));
        Assert.Empty(Kept(CuratePolicy.Strict));

        List<string> Kept(CuratePolicy policy)
        {
            Run(posts, new CurateSettings { Policy = policy }, 2);
            return [.. CorpusFiles.ReadLabels(_folder).Where(l => l.Dropped is null && l.Id.Length == 6 && char.IsLetter(l.Id[2]))
                .Select(l => l.Id).Order()];
        }
    }

    [Fact]
    public void Languages_that_few_write_are_dropped_and_asides_stay()
    {
        List<Post> posts = [.. Town(400)];
        posts.Add(P("x:de", "udo", "Weiß jemand, ob der Zug nach Süden heute wieder fährt oder noch gesperrt ist?"));
        posts.Add(P("x:aside", "udo", "Vielen Dank!", posts[0].Id));
        Curate([.. posts]);
        var labels = CorpusFiles.ReadLabels(_folder).ToDictionary(l => l.Id);
        Assert.Equal(DropReason.MinorLanguage, labels["x:de"].Dropped);
        Assert.NotEqual(DropReason.MinorLanguage, labels["x:aside"].Dropped);
    }

    [Fact]
    public void Cantonese_stays_where_traditional_chinese_does()
    {
        string[] who = ["鄰居", "老師", "麵店老闆", "圖書館員", "表姊"], did = ["修好了", "借走了", "畫了", "忘了帶", "賣掉了"];
        string[] what = ["一台收音機", "三把雨傘", "學校的鋼琴", "那艘木船"];
        var random = new Random(6);
        List<Post> posts = [.. Enumerable.Range(0, 60).Select(i => P($"x:{i}", $"u{i % 12}",
            $"昨天{who[random.Next(5)]}{did[random.Next(5)]}{what[random.Next(4)]}，大家都很驚訝，第{i}次了。"))];
        posts.Add(P("x:yue", "u3", "我哋聽日去睇佢哋修橋，你嚟唔嚟呀？帶埋把遮喎。"));
        posts.Add(P("x:ja", "u4", "明日みんなで橋の修理を見に行くので、傘を持ってきてください。"));
        Curate([.. posts]);
        var labels = CorpusFiles.ReadLabels(_folder).ToDictionary(l => l.Id);
        Assert.Equal("yue", labels["x:yue"].Lang);
        Assert.Null(labels["x:yue"].Dropped);
        Assert.Equal(DropReason.MinorLanguage, labels["x:ja"].Dropped);
    }

    [Fact]
    public void A_posts_label_tells_its_quality_and_where_personal_data_stands_in_the_text_as_it_was()
    {
        Curate(P("x:1", "a", "🌊🌊 @bea the ferry leaves at eight, ring 0912-345-678 or write to bo@pier.example before you come to the harbour"),
            P("x:2", "b", "ok :)"));
        var labels = CorpusFiles.ReadLabels(_folder).ToDictionary(l => l.Id);
        Assert.Equal(["phone 40 52", "email 65 80"], labels["x:1"].Pii.Select(p => $"{p.Type} {p.Start} {p.End}"));
        Assert.Empty(labels["x:2"].Pii);
        Assert.InRange(labels["x:1"].Quality, 0.5, 1);
        Assert.InRange(labels["x:2"].Quality, 0, 0.3);
    }

    [Fact]
    public void Authors_and_documents_have_labels_of_their_own()
    {
        Curate([.. Town(300), P("x:rude", "u1", "You idiot, the bus stop was moved to the other side of the street weeks ago."),
            P("x:hidden", "shy", "Somebody who opted out wrote this long sentence about the orchard and its many apples.")]);
        var labels = CorpusFiles.ReadLabels(_folder).ToList();
        Assert.InRange(labels.Single(l => l.Id == "x:rude").Toxicity, 0.3, 1);

        var authors = CorpusFiles.ReadAuthors(_folder).ToDictionary(a => a.AuthorId);
        Assert.DoesNotContain("x:shy", authors.Keys);
        Assert.Equal("en", authors["x:u1"].Lang);
        Assert.True(authors["x:u1"].Toxicity > authors["x:u2"].Toxicity);
        Assert.Equal(labels.Count(l => l.Id != "x:hidden"), authors.Values.Sum(a => a.Posts));

        Assert.All(Documents(), d =>
        {
            Assert.InRange(d.Quality, 0, 1);
            Assert.True(d.Signals!["words"] > 0);
        });
        Assert.Contains(Documents(), d => d.Fails!.Contains("gopher_words"));
    }

    [Fact]
    public void One_voice_cannot_fill_the_corpus_but_an_archive_of_one_stays_whole()
    {
        var random = new Random(4);
        Post[] alone = [.. Enumerable.Range(0, 500).Select(i => P($"x:{i}", "ann", Sentence(random)))];
        Assert.DoesNotContain(DropReason.AuthorCap, Curate(alone).Dropped.Keys);
        Post[] loud = [.. alone, .. Enumerable.Range(0, 500).Select(i => P($"x:t{i}", $"b{i}", Sentence(random)))];
        Assert.InRange(Curate(loud).Dropped[DropReason.AuthorCap], 100, 200);
    }

    [Fact]
    public void No_posts_or_nothing_left_says_why()
    {
        Assert.Contains("syrinx import", Assert.Throws<InputException>(() => Curate()).Message, StringComparison.Ordinal);
        var error = Assert.Throws<InputException>(() => Curate(P("x:1", "ann", "ok"), P("x:2", "ben", "no")));
        Assert.Contains("too_short 2", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void The_assistant_never_says_masked_or_rude_things()
    {
        Curate(
            P("x:1", "ann", "Who can lend me a ladder for the weekend? Mine broke yesterday."),
            P("x:2", "ben", "Call me at 0912-345-678 and you can have mine for as long as you need it.", "x:1", likes: 50),
            P("x:4", "dan", "Only an idiot breaks a ladder, but I could lend you mine on Sunday I suppose.", "x:1", likes: 70),
            P("x:3", "cat", "The tool library at the town hall lends ladders for a week, free of charge.", "x:1"));
        Assert.Contains("Call me at [phone]", Assert.Single(Documents()).Text, StringComparison.Ordinal);
        Assert.StartsWith("The tool library", Assert.Single(CorpusFiles.ReadDialogues(_folder)).Turns[1].Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_card_escapes_posts_and_counts_what_the_report_counts()
    {
        var report = Curate([.. Town(200), P("x:evil", "eve",
            "</style><script>alert('x')</script> is what I would write if I were a hacker, says my son")]);
        string html = File.ReadAllText(Path.Combine(_folder, CorpusFiles.CardHtml));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        using var card = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, CorpusFiles.CardJson)));
        Assert.Equal(report.Documents, card.RootElement.GetProperty("documents").GetInt64());
        Assert.Equal("standard", card.RootElement.GetProperty("settings").GetProperty("policy").GetString());
        Assert.Equal(report.Kept, card.RootElement.GetProperty("kept_by_language").EnumerateObject()
            .Sum(l => l.Value.GetInt64()));
    }

    [Fact]
    public void Cancelled_work_leaves_the_folder_as_it_was()
    {
        Curate(Town(100));
        string before = File.ReadAllText(Path.Combine(_folder, CorpusFiles.Documents));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Curator.Run(
            Source(Town(300)), _ => false, _folder, new CurateSettings(), 2, null, cancelled.Token));
        Assert.Equal(before, File.ReadAllText(Path.Combine(_folder, CorpusFiles.Documents)));
        Assert.Equal(CorpusFiles.All.Count, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void A_thread_of_several_people_becomes_turns_and_self_replies_merge()
    {
        Curate(
            P("x:1", "ann", "Is the swimming pool behind the school open on Sundays again?"),
            P("x:2", "ann", "The sign at the gate says one thing and the website says another.", "x:1"),
            P("x:3", "ben", "It opens at nine on Sundays, and the small pool stays warm all year.", "x:2", likes: 12),
            P("x:4", "ben", "They close for an hour at noon to change the water, so come early.", "x:3"),
            P("x:5", "cat", "Do children need a ticket of their own, or do they come in with their parents?", "x:4"),
            P("x:6", "dan", "Up to six years they swim for nothing, older ones pay half of the price.", "x:5", likes: 4));
        var dialogue = Assert.Single(CorpusFiles.ReadDialogues(_folder));
        Assert.Equal(
        [
            "user: Is the swimming pool behind the school open on Sundays again?\nThe sign at the gate says one thing and the website says another.",
            "assistant: It opens at nine on Sundays, and the small pool stays warm all year.\nThey close for an hour at noon to change the water, so come early.",
            "user: Do children need a ticket of their own, or do they come in with their parents?",
            "assistant: Up to six years they swim for nothing, older ones pay half of the price.",
        ], dialogue.Turns.Select(t => $"{t.Role}: {t.Text}"));
        Assert.Equal(["x:1", "x:2", "x:3", "x:4", "x:5", "x:6"], dialogue.Posts);
    }

    [Fact]
    public void A_clearly_better_and_a_worse_reply_become_a_preference_and_near_ties_do_not()
    {
        Curate(
            P("x:1", "ann", "What is the best way to get a scratch out of a wooden kitchen table?"),
            P("x:2", "ben", "Rub a walnut over it, wait a while, and polish it with a soft cloth.", "x:1", likes: 30),
            P("x:3", "cat", "Buy a new table, scratches are what old kitchen tables are made of.", "x:1", likes: 2),
            P("x:4", "dan", "Iron it through a damp towel, the wood swells and closes the scratch.", "x:1", likes: 20),
            P("x:11", "eve", "Which bakery has rye bread on Mondays, when the one at the corner is closed?"),
            P("x:12", "fay", "The one by the river does, from seven in the morning until it is gone.", "x:11", likes: 2),
            P("x:13", "gus", "Ask at the market, two stalls there sell it on Mondays and Thursdays.", "x:11", likes: 1));
        var preference = Assert.Single(CorpusFiles.ReadPreferences(_folder));
        Assert.Equal("x:1", preference.Id);
        Assert.Equal("engagement", preference.Why);
        Assert.StartsWith("Rub a walnut", preference.Chosen, StringComparison.Ordinal);
        Assert.StartsWith("Buy a new table", preference.Rejected, StringComparison.Ordinal);
        Assert.Equal(["x:1", "x:2", "x:3"], preference.Posts);
        Assert.Equal("user", Assert.Single(preference.Prompt).Role);
    }

    [Fact]
    public void Some_posts_of_a_campaign_stay_where_that_is_asked_for()
    {
        List<Post> posts = [.. Town(300)];
        for (int i = 0; i < 6; i++)
        {
            posts.Add(P($"x:c{i}", $"shill{i}",
                $"Guaranteed profit of ${i}00 a day, limited slots, join my telegram group", likes: i));
        }
        Run([.. posts], new CurateSettings { CampaignPosts = 1, MaxSpam = 2 }, 2);
        var campaign = CorpusFiles.ReadLabels(_folder).Where(l => l.Campaign is not null).ToList();
        Assert.Equal(6, campaign.Count);
        Assert.NotEqual(DropReason.Campaign, campaign.Single(l => l.Id == "x:c5").Dropped);
        Assert.Equal(5, campaign.Count(l => l.Dropped == DropReason.Campaign));
    }

    [Fact]
    public void The_datasheet_has_this_runs_numbers_and_leaves_the_operators_questions_open()
    {
        var report = Curate(Town(400));
        string sheet = File.ReadAllText(Path.Combine(_folder, CorpusFiles.Datasheet));
        foreach (string section in (string[])["Motivation", "Composition", "Collection", "Preprocessing", "Uses", "Distribution", "Maintenance"])
            Assert.Contains($"## {section}", sheet, StringComparison.Ordinal);
        Assert.Contains($"# Datasheet of corpus {report.Corpus}", sheet, StringComparison.Ordinal);
        foreach (var (reason, count) in report.Dropped)
            Assert.Contains($"| {reason} | {count:N0} |", sheet, StringComparison.Ordinal);
        Assert.True(sheet.Split("*For the operator to answer.*").Length > 5);
    }

    [Fact]
    public void The_corpus_has_one_name_for_the_same_words_and_another_for_others()
    {
        string name = Curate(Town(400)).Corpus;
        Assert.Equal(name, Curate(Town(400)).Corpus);
        Assert.NotEqual(name, Curate(Town(401)).Corpus);
    }

    private CurateReport Curate(params Post[] posts) => Run(posts, new CurateSettings(), 2);

    private CurateReport Run(Post[] posts, CurateSettings settings, int threads)
    {
        var authors = new Dictionary<string, Author>
        {
            ["x:gone"] = new(
            )
            { AuthorId = "x:gone", Handle = "gone", State = "suspended" }
        };
        return Curator.Run(Source(posts) with { Authors = authors.Values }, id => id == "x:shy", _folder, settings, threads, null, default);
    }

    private static CurateSource Source(Post[] posts) => new() { Posts = posts, Count = posts.Length };

    private List<CorpusDocument> Documents() => [.. CorpusFiles.ReadDocuments(_folder)];

    private static Post P(string id, string author, string text, string? replyTo = null, long likes = 0) => new()
    {
        Id = id,
        Platform = "x",
        Kind = "post",
        AuthorId = "x:" + author,
        Author = author,
        Text = text,
        ReplyTo = replyTo,
        ThreadId = replyTo ?? id,
        Likes = likes,
        Source = "test",
        CreatedAt = Start.AddMinutes(id.Sum(c => c) + id.Length),
    };

    private static Post Push(int n, string author, string text, int score) => new()
    {
        Id = $"ptt:Food/M.1#{n}",
        Platform = "ptt",
        Kind = "push",
        Community = "Food",
        AuthorId = "ptt:" + author,
        Author = author,
        Text = text,
        ReplyTo = "ptt:Food/M.1",
        ThreadId = "ptt:Food/M.1",
        Score = score,
        Source = "test",
        CreatedAt = Start.AddDays(1).AddMinutes(n),
    };

    /// <summary>Threads, copies, shorts and links, always the same.</summary>
    private static Post[] Town(int count)
    {
        var random = new Random(9);
        var posts = new Post[count];
        for (int i = 0; i < count; i++)
        {
            string text = random.Next(10) switch
            {
                0 => "ok",
                1 when i > 0 => posts[random.Next(i)].Text,
                2 => Sentence(random) + " https://example.com/" + i,
                _ => Sentence(random),
            };
            int parent = i == 0 || random.Next(2) == 0 ? -1 : random.Next(i);
            posts[i] = P($"x:{i}", $"u{random.Next(count / 4 + 1)}", text, parent < 0 ? null : $"x:{parent}",
                random.Next(20)) with
            {
                ThreadId = parent < 0 ? $"x:{i}" : posts[parent].ThreadId,
                CreatedAt = Start.AddSeconds(random.Next(10_000_000)),
            };
        }
        return posts;
    }

    private static string Sentence(Random random)
    {
        string[] who = ["The baker", "My aunt", "Our teacher", "A fisherman", "The mayor", "Some tourist", "The librarian",
            "My cousin"];
        string[] did = ["forgot", "painted", "repaired", "sold", "borrowed", "admired", "photographed", "lost"];
        string[] what = ["the green bicycle", "an old radio", "three umbrellas", "the harbour clock", "a box of letters",
            "the school piano", "a wooden boat", "two lanterns"];
        string[] where = ["behind the temple", "near the station", "at the night market", "on the north beach", "in the library",
            "by the river", "under the bridge", "on the hill"];
        string[] why = ["because of the rain", "before anyone woke up", "as a present", "for the third time",
            "without telling us", "and laughed about it", "to make room", "just like last year"];
        return $"{who[random.Next(8)]} {did[random.Next(8)]} {what[random.Next(8)]} {where[random.Next(8)]} {why[random.Next(8)]}.";
    }
}
