using CsCheck;
using Syrinx.Search.Analysis;

namespace Syrinx.Search.Tests.Analysis;

public class TextTokenizerTests
{
    [Theory]
    [InlineData("Running dogs", "run dog")]
    [InlineData("ＣＡＦＥ Café", "cafe cafe")]
    [InlineData("don't Amy's", "dont ami")]
    [InlineData("臺北牛肉麵", "台北 北牛 牛肉 肉麵")]
    [InlineData("蛋", "蛋")]
    [InlineData("5G手機 iPhone壞了", "5g 手機 iphon 壞了")]
    [InlineData("東京でラーメン", "東京 京で でラ ラー ーメ メン")]
    [InlineData("ﾗｰﾒﾝ", "ラー ーメ メン")]
    [InlineData("한국어", "한국 국어")]
    [InlineData("see https://www.News.example.com/a/b?c=d now", "see news exampl com now")]
    [InlineData("wow 🍜!", "wow 🍜")]
    [InlineData("#noodles @amy_lee $TSM", "noodl amy_lee tsm")]
    [InlineData(" \t…!?", "")]
    public void Text_is_cut_into_terms(string text, string terms)
    {
        Assert.Equal(terms, string.Join(' ', TextTokenizer.Tokenize(text).Select(t => t.Term)));
    }

    [Fact]
    public void Any_text_is_cut_into_tokens_that_lie_within_it_in_order()
    {
        Gen.String[Gen.OneOf(Gen.Char, Gen.Char["aZ09'_ #@\uD83C\uDF5C臺北ーﾗ\u0301https://w."]), 0, 60].Sample(text =>
        {
            int last = 0;
            foreach (var token in TextTokenizer.Tokenize(text))
            {
                Assert.InRange(token.Start, last, text.Length);
                Assert.InRange(token.End, token.Start + 1, text.Length);
                Assert.NotEmpty(token.Term);
                last = token.Start;
            }
        });
    }
}
