using Syrinx.LabelWeights;

namespace Syrinx.Data.Tests.Corpus;

/// <summary>
/// The bars on public labelled sets, which are not part of the project: run with SYRINX_SHARED_DATA set to the folder that holds
/// them. The shipped weights have not seen what is measured here.
/// </summary>
public class LabelDataSetTests
{
    private static string? Folder => Environment.GetEnvironmentVariable("SYRINX_SHARED_DATA");

    [Fact]
    public void Spam_is_told_from_text_messages() => AtLeast(0.98, m => m.Spam());

    [Fact]
    public void Bots_are_told_by_their_accounts() => AtLeast(0.93, m => m.Bots(DataSets.AccountsSeen));

    [Fact]
    public void Bots_are_told_when_the_age_of_their_accounts_is_not_known() => AtLeast(0.93, m => m.Bots(null));

    [Fact]
    public void Hateful_and_offensive_tweets_are_told_from_others() => AtLeast(0.95, m => m.EnglishToxicity());

    [Fact]
    public void Offensive_Chinese_comments_are_told_from_others() => AtLeast(0.82, m => m.ChineseToxicity());

    [Fact]
    public void Twenty_languages_are_told_by_sixty_characters() => AtLeast(0.96, m => m.LanguageAccuracy(21, 30));

    private static void AtLeast(double bar, Func<Measurement, double> measure)
    {
        Assert.SkipUnless(Folder is not null, "SYRINX_SHARED_DATA is not set to a folder with the public sets.");
        double value = measure(new Measurement(Folder!));
        Assert.True(value >= bar, $"{value:0.0000} is less than {bar}");
    }
}
