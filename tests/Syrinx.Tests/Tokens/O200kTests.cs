using CsCheck;
using Microsoft.ML.Tokenizers;
using BpeTokenizer = Syrinx.Tokens.BpeTokenizer;
using PreTokenizer = Syrinx.Tokens.PreTokenizer;

namespace Syrinx.Tests.Tokens;

/// <summary>A large vocabulary of the real world, GPT-4o's with 199,998 tokens, against Microsoft.ML.Tokenizers.</summary>
public class O200kTests
{
    internal static BpeTokenizer Ours { get; } =
        TiktokenRanks.Load("o200k_base", "Microsoft.ML.Tokenizers.Data.O200kBase", PreTokenizer.O200kPattern, ignoreMerges: false);

    private static readonly TiktokenTokenizer Theirs = TiktokenTokenizer.CreateForEncoding("o200k_base");

    [Fact]
    public void Two_dozen_languages_and_traps_have_the_same_ids()
    {
        foreach (string text in Languages.Sentences.Concat(Languages.Traps).Where(IsForTheTwin))
            AssertSame(text);
        AssertSame(string.Join('\n', Languages.Sentences));
    }

    [Fact]
    public void Random_texts_have_the_same_ids() =>
        BpeTokenizerTests.Texts.Select(Ours.Normalize).Where(IsForTheTwin).Sample(AssertSame, iter: 1000);

    /// <summary>For measuring on real posts: set SYRINX_SHARED_DATA to the folder of development data.</summary>
    [Theory]
    [InlineData("reddit_top_pddl")]
    [InlineData("ptt_boards")]
    public void Real_posts_have_the_same_ids(string folder)
    {
        string? data = Environment.GetEnvironmentVariable("SYRINX_SHARED_DATA");
        if (data is null)
            Assert.Skip("SYRINX_SHARED_DATA is not set");
        foreach (string file in Directory.GetFiles(Path.Combine(data, folder), "*.csv"))
        {
            foreach (string line in File.ReadLines(file).Select(Ours.Normalize).Where(IsForTheTwin))
                AssertSame(line);
        }
    }

    private static void AssertSame(string text)
    {
        var ids = Ours.Encode(text);
        Assert.Equal(Theirs.EncodeToIds(text), ids);
        Assert.Equal(text, Ours.Decode(ids));
    }

    // it makes its special tokens of text; its regex sees letters and digits beyond U+FFFF as signs, and no contraction in 'ſ
    private static bool IsForTheTwin(string text) => !text.Contains('ſ') && !text.Contains(BpeTokenizer.EndOfText) && text.EnumerateRunes().All(r =>
        r.Value <= 0xFFFF || !(System.Text.Rune.IsLetterOrDigit(r) || System.Text.Rune.IsNumber(r) || r.Value >= 0xE0000));
}
