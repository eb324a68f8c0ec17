using Syrinx.Data.Sample;
using Syrinx.Data.Sample.World;

namespace Syrinx.Data.Tests.Sample;

/// <summary>What the grown platform is like as a whole, at its usual size.</summary>
public sealed class WorldTests(WorldTests.Grown grown) : IClassFixture<WorldTests.Grown>
{
    public sealed class Grown
    {
        internal SampleWorld World { get; } = SamplePlatform.Build(20_000, 42, null, CancellationToken.None);
    }

    private SampleWorld World => grown.World;

    [Fact]
    public void Nights_are_quiet_and_evenings_are_not()
    {
        int[] hours = new int[24];
        var planted = Planted();
        foreach (var tweet in World.Tweets.Where(t => !planted.Contains($"x:{t.Id}")))
            hours[tweet.CreatedAt.AddHours(8).Hour]++;
        Assert.True(hours[2..5].Max() * 6 < hours[19..22].Min(), string.Join(' ', hours));
        int[] pushes = new int[24];
        foreach (var push in World.Articles.SelectMany(a => a.Pushes))
            pushes[push.CreatedAt.AddHours(8).Hour]++;
        Assert.True(pushes[3..5].Max() * 3 < pushes[20..23].Min(), string.Join(' ', pushes));
    }

    [Fact]
    public void Likes_follow_from_content_and_from_followers()
    {
        var tweets = World.Tweets.Where(t => t.RepostOf is null && t.ReplyTo is null).ToArray();
        double shares = Correlation([.. tweets.Where(t => t.Views > 150)], Engagement.Appeal,
            t => Math.Log((t.Likes + 1.0) / t.Views));
        double views = Correlation(tweets, t => Math.Log(1 + t.Author.Followers), t => Math.Log(1 + t.Views));
        double likes = Correlation(tweets, Engagement.Appeal, t => Math.Log(1 + t.Likes));
        Assert.True(shares > 0.6 && views > 0.6 && likes > 0.3, $"{shares} {views} {likes}");
        double With(Func<SampleTweet, bool> of) => tweets.Where(of).Average(t => (double)t.Likes / t.Views);
        Assert.True(With(t => t.Photo) > 1.3 * With(t => !t.Photo));
        Assert.True(With(t => t.Topic == "pets") > 1.5 * With(t => t.Topic == "trade"));
    }

    [Fact]
    public void Generated_posts_are_rarely_like_each_other()
    {
        var planted = Planted();
        string[] texts =
        [
            .. World.Tweets.Where(t => t.RepostOf is null && !planted.Contains($"x:{t.Id}")).Select(t => t.Text),
            .. World.Articles.Where(a => !planted.Contains(a.QualifiedId)).Select(a => a.Body),
            .. World.Articles.SelectMany(a => a.Pushes).Where(p => p.Tag != '※').Select(p => p.Text),
        ];
        Assert.True(texts.Length > 15_000);
        Assert.True(texts.Length - texts.Distinct().Count() < 0.02 * texts.Length,
            $"{texts.Length - texts.Distinct().Count()} copies");

        // The slow twin of the guard: some texts against all, without MinHash.
        ulong[][] shingles = [.. texts.Select(NearDuplicateGuard.Shingles)];
        int tried = 0, alike = 0;
        for (int i = 0; i < texts.Length; i += 90, tried++)
            alike += Enumerable.Range(0, texts.Length)
                .Any(j => j != i && NearDuplicateGuard.Jaccard(shingles[i], shingles[j]) >= 0.72) ? 1 : 0;
        Assert.True(alike < 0.10 * tried, $"{alike} of {tried}");
    }

    [Fact]
    public void English_posts_are_as_long_as_posts_are_and_articles_longer()
    {
        int[] words = [.. World.Tweets.Where(t => t.Language == "en" && t.RepostOf is null).Select(t => t.Text.Split(' ').Length)
            .Order()];
        Assert.InRange(words[words.Length / 2], 14, 22);
        Assert.True(words[^(words.Length / 50)] > 30);
        int[] characters = [.. World.Articles.Select(a => a.Body.Length).Order()];
        Assert.True(characters[characters.Length / 2] >= 140, $"{characters[characters.Length / 2]}");
    }

    [Fact]
    public void Questions_have_answers_from_the_towns_facts()
    {
        int Answered(string asked, string answer) => World.Tweets.Count(t => t.ReplyTo is { } question
            && question.Text.Contains(asked, StringComparison.OrdinalIgnoreCase)
            && t.Text.Contains(answer, StringComparison.OrdinalIgnoreCase));
        Assert.True(Answered("beef noodle soup", "A-Man") > 3);
        Assert.True(Answered("牛肉麵", "阿滿") > 3);
        Assert.True(Answered("the 12", "21:40") + Answered("12路", "21:40") > 3);
        Assert.True(Answered("天氣", "度") > 5);
    }

    [Fact]
    public void It_has_threads_quotes_reposts_and_self_threads()
    {
        Assert.True(World.Tweets.Count(t => t.ReplyTo?.ReplyTo is not null) > 800);
        Assert.True(World.Tweets.Count(t => t.QuoteOf is not null) > 100);
        Assert.True(World.Tweets.Count(t => t.RepostOf is not null) > 500);
        Assert.True(World.Tweets.Count(t => t.ReplyTo is { } before && before.Author == t.Author) > 20);
        Assert.True(World.Articles.Count(a => a.Title.StartsWith("Re: ", StringComparison.Ordinal)
            && a.Body.StartsWith("※ 引述", StringComparison.Ordinal)) > 10);
    }

    private HashSet<string> Planted() => [.. World.Truths.Select(t => t.Id)];

    private static double Correlation(SampleTweet[] tweets, Func<SampleTweet, double> x, Func<SampleTweet, double> y)
    {
        double mx = tweets.Average(x), my = tweets.Average(y);
        double xy = tweets.Sum(t => (x(t) - mx) * (y(t) - my));
        return xy / Math.Sqrt(tweets.Sum(t => Math.Pow(x(t) - mx, 2)) * tweets.Sum(t => Math.Pow(y(t) - my, 2)));
    }
}
