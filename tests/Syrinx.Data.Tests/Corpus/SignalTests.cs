using Syrinx.Data.Corpus;
using Syrinx.Data.Corpus.Card;
using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Corpus.Signals;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Tests.Corpus;

public class SignalTests
{
    [Theory]
    [InlineData("Earn from home, guaranteed profit! DM me for details https://bit.ly/abc")]
    [InlineData("老師帶單穩賺不賠，名額有限，加LINE領取飆股 https://lin.ee/abc")]
    [InlineData("FREE CRYPTO GIVEAWAY!!! Claim your prize now, click this link https://example.top/x #crypto #free #win #money #airdrop")]
    public void Come_ons_score_as_spam(string text) => Assert.InRange(PostSignals.Of(text, [], false).Spam, 0.8f, 1);

    [Theory]
    [InlineData("Is the museum free on Sundays? I would like to take the kids.")]
    [InlineData("車站旁邊那家咖啡店週末買一送一，免費續杯")]
    [InlineData("New photos of the festival: https://example.com/photos")]
    [InlineData("I invest a little every month and hope for the best, no profit so far.")]
    public void Everyday_posts_do_not(string text) => Assert.InRange(PostSignals.Of(text, [], false).Spam, 0, 0.6f);

    [Fact]
    public void One_word_in_a_long_article_counts_little()
    {
        string article = string.Concat(Enumerable.Repeat("We walked along the river and talked about the harvest. ", 60));
        Assert.True(PostSignals.Of(article + "What an asshole.", [], false).Toxicity < 0.2);
        Assert.True(PostSignals.Of("What an asshole.", [], false).Toxicity >= 0.6);
    }

    [Fact]
    public void Words_inside_words_are_not_hits()
    {
        Assert.InRange(PostSignals.Of("Scunthorpe, Essex, cocktails and a classic assassin novel", [], false).Toxicity, 0, 0.1f);
        Assert.Equal(0, PostSignals.Of("Scunthorpe, Essex, cocktails and a classic assassin novel", [], false).Nsfw);
    }

    [Fact]
    public void A_clockwork_account_looks_automated_and_a_person_does_not()
    {
        var start = new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc);
        var bot = Account([.. Enumerable.Range(0, 40).Select(i => start.AddHours(i))], template: true, link: true);
        var random = new Random(2);
        var person = Account([.. Enumerable.Range(0, 40)
            .Select(i => start.AddDays(i * 2 + random.Next(3)).AddHours(8 + 14 * random.NextDouble()))], template: false,
            link: false);
        var profile = new Author { AuthorId = "x:1", Handle = "mei", Followers = 120, Following = 150 };
        Assert.InRange(BotScore.Of(profile, bot, start.AddDays(90), LabelModels.BuiltIn), 0.9f, 1);
        Assert.InRange(BotScore.Of(profile, person, start.AddDays(90), LabelModels.BuiltIn), 0, 0.2f);
        Assert.InRange(BotScore.Of(null, person, null, LabelModels.BuiltIn), 0, 0.2f);
    }

    [Theory]
    [InlineData("weather_bot", true)]
    [InlineData("TideBot", true)]
    [InlineData("talbot", false)]
    [InlineData("robotics_club", false)]
    [InlineData("abbot", false)]
    public void A_handle_that_says_bot_counts(string handle, bool says)
    {
        float score = BotScore.Of(new Author { AuthorId = "x:1", Handle = handle }, null, null, LabelModels.BuiltIn);
        Assert.Equal(says, score > 0.1);
    }

    [Fact]
    public void Quality_falls_with_repetition_and_symbols()
    {
        double plain = TextQuality.Of("The council met on Tuesday and decided to repair the old bridge before the winter, at last.").Score;
        double repeated = TextQuality.Of(string.Concat(Enumerable.Repeat("buy this now ", 20))).Score;
        double symbols = TextQuality.Of("=====>>>>> !!!! $$$$ <<<<<===== hi ~~~~~~~~~~~~~").Score;
        Assert.True(plain > 0.7 && repeated < 0.2 && symbols < 0.2, $"{plain} {repeated} {symbols}");
    }

    [Fact]
    public void Veiled_text_keeps_its_shape_and_loses_its_words() =>
        Assert.Equal("y•• f•••• 壞•！", CardFacts.Veil("you fools 壞人！"));

    private static AuthorActivity Account(DateTime[] times, bool template, bool link) => AuthorActivity.Of(
        [.. times.Select((t, i) => new PostFacts
        {
            Index = i,
            Time = t.Ticks,
            Parent = !template && i % 3 == 0 ? PostFacts.Absent : PostFacts.None,
            Links = link ? (byte)1 : (byte)0,
            HostNumber = link ? 0 : PostFacts.None,
        })],
        _ => template);
}
