using CsCheck;
using Syrinx.Data.Corpus;
using Syrinx.Data.Corpus.Mixing;
using Syrinx.Data.Posts;
using Syrinx.Data.Tests.Posts;

namespace Syrinx.Data.Tests.Corpus;

public sealed class MixTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Boards_have_the_weights_that_the_mix_gives_them()
    {
        var report = Curate(Platform(), new CurateMix
        {
            Sources = [new() { Community = "cars", Weight = 0 }, new() { Community = "cats", Weight = 0.5 }, new() { Community = "birds", Weight = 2 }],
        });
        var documents = Documents();
        Assert.Equal(0, documents.Count(d => d.Community == "cars"));
        Assert.InRange(documents.Count(d => d.Community == "cats"), 60, 140);
        var birds = documents.Where(d => d.Community == "birds").ToList();
        Assert.Equal(200, birds.Count(d => !d.Id.Contains('^')));
        Assert.Equal(birds.Where(d => d.Split == "train" && !d.Id.Contains('^')).Select(d => d.Id + "^2").Order(),
            birds.Where(d => d.Id.Contains('^')).Select(d => d.Id).Order());
        Assert.Equal(200 + 2 * (200 - documents.Count(d => d.Community == "cats")), report.Dropped[DropReason.Mix]);
        Assert.Equal(report.Posts, report.Kept + report.Dropped.Values.Sum());
    }

    [Fact]
    public void Kinds_get_their_share_as_far_as_repetition_allows()
    {
        Curate(Platform(), new CurateMix { Shares = new Dictionary<string, double> { ["web"] = 0.3, ["encyclopedia"] = 0.4 }, MaxRepetitions = 3 });
        var letters = Documents().GroupBy(d => d.Community!).ToDictionary(g => g.Key, g => g.Sum(d => d.Text.Length));
        double all = letters.Values.Sum();
        Assert.InRange(letters["web"] / all, 0.25, 0.38); // 200 of 1,000 documents before: thinned or repeated to three tenths
        Assert.InRange(Documents().Count(d => d.Community == "encyclopedia"), 200, 3 * 200);
        var row = CorpusFiles.ReadCard(_folder.Path)!.Mix.Single(r => r.Source == "web");
        Assert.InRange(row.ShareBefore, 0.1, 0.3);
        Assert.InRange(row.ShareAfter, 0.25, 0.35);
    }

    [Fact]
    public void A_board_over_its_largest_share_is_thinned_to_it()
    {
        Curate(Platform(), new CurateMix { Sources = [new() { Community = "cats", MaxShare = 0.1 }] });
        var documents = Documents();
        double share = documents.Where(d => d.Community == "cats").Sum(d => d.Text.Length) / (double)documents.Sum(d => d.Text.Length);
        Assert.InRange(share, 0.06, 0.14);
    }

    [Fact]
    public void A_conversation_stays_whole_or_goes_whole()
    {
        Gen.Double[0, 3].Sample(weight =>
        {
            Curate(Platform(), new CurateMix { Sources = [new() { Community = "cats", Weight = weight }] });
            var once = Documents().Where(d => !d.Id.Contains('^')).ToList();
            Assert.All(once.Where(d => d.Community == "cats"), d => Assert.Equal(2, d.Posts.Count));
            Assert.Equal(once.Count, once.Select(d => d.Id).Distinct().Count());
        }, iter: 4, threads: 1);
    }

    [Theory]
    [InlineData("""{"sources": [{"weight": 2}]}""", "sources[0] names no platform, community or kind")]
    [InlineData("""{"sources": [{"kind": "web", "weight": 9}]}""", "sources[0].weight is 9, but should be from 0 to max_repetitions (4)")]
    [InlineData("""{"shares": {"web": 0.6, "article": 0.5}}""", "shares is 1.1")]
    [InlineData("""{"shares": {"tweets": 0.6}}""", "shares.tweets is no kind")]
    [InlineData("""{"weights": {}}""", "is no mix: there is no field 'weights'. It should")]
    [InlineData("""{"sources": 3}""", "is no mix: $.sources is not of the right type. It should")]
    [InlineData("[", "is no mix")]
    public void A_mix_that_makes_no_sense_is_refused_by_name(string json, string message)
    {
        string path = _folder.Write("mix.json", json);
        Assert.Contains(message, Assert.Throws<InputException>(() => CurateMix.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mix_is_read_saved_and_read_back_from_the_card()
    {
        string path = _folder.Write("mix.json", """
            {
              "sources": [{"platform": "x", "community": "cats", "weight": 0.5, "max_share": 0.2}], // a comment is allowed
              "shares": {"web": 0.1}, "max_repetitions": 2, "author_posts": 7, "campaign_posts": 1,
            }
            """);
        var settings = new CurateSettings().With(CurateMix.Read(path));
        Assert.Equal((7, 1, 0.02), (settings.AuthorPosts, settings.CampaignPosts, settings.AuthorShare));
        Run(Platform(), settings);
        var read = CorpusFiles.ReadCard(_folder.Path)!.Settings;
        Assert.Equal(settings with { Mix = null }, read with { Mix = null });
        Assert.Equal(settings.Mix!.Sources, read.Mix!.Sources);
        Assert.Equal(settings.Mix.Shares, read.Mix.Shares);
    }

    private CurateReport Curate(Post[] posts, CurateMix mix) => Run(posts, new CurateSettings().With(mix));

    private CurateReport Run(Post[] posts, CurateSettings settings) =>
        Curator.Run(new CurateSource { Posts = posts }, _ => false, _folder.Path, settings, 2, null, default);

    private List<CorpusDocument> Documents() => [.. CorpusFiles.ReadDocuments(_folder.Path)];

    /// <summary>Three boards, web pages and an encyclopedia, 200 conversations each; on "cats" each has a reply.</summary>
    private static Post[] Platform()
    {
        var random = new Random(5);
        string[] words = [.. "harbour bridge rain tomato ferry council budget noodle guitar hospital library summer festival bicycle market teacher window garden".Split(' ')];
        string Text() => string.Join(' ', Enumerable.Range(0, 18).Select(_ => words[random.Next(words.Length)]));
        List<Post> posts = [];
        foreach (string source in (string[])["birds", "cars", "cats", "encyclopedia", "web"])
        {
            for (int i = 0; i < 200; i++)
            {
                string id = $"x:{source}{i}";
                posts.Add(New(id, source, Text(), null));
                if (source == "cats")
                    posts.Add(New(id + "r", source, Text(), id));
            }
        }
        return [.. posts];
    }

    private static Post New(string id, string source, string text, string? parent) => new()
    {
        Id = id,
        Platform = "x",
        Kind = source is "web" or "encyclopedia" ? source : "post",
        Community = source,
        AuthorId = $"x:{id}",
        Text = text,
        ReplyTo = parent,
        ThreadId = parent ?? id,
        Source = "test",
    };
}
