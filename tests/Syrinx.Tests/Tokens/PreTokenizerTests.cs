using System.Text.RegularExpressions;
using CsCheck;
using Syrinx.Tokens;

namespace Syrinx.Tests.Tokens;

public class PreTokenizerTests
{
    [Theory]
    [InlineData("Hello world", "Hello| world")]
    [InlineData("I'll don'T it'S", "I|'ll| don|'T| it|'S")]
    [InlineData("2026年11月", "2|0|2|6|年|1|1|月")]
    [InlineData("a  b", "a| | b")]
    [InlineData("a \n\n b", "a| \n\n| b")]
    [InlineData("x!!\n\ny", "x|!!\n\n|y")]
    [InlineData("  ", "  ")]
    [InlineData("#tag @user", "#tag| @|user")]
    [InlineData("今天，天氣", "今天|，天氣")]
    [InlineData("𠮷野家 𝟙𝟚 😀😀", "𠮷野家| |𝟙|𝟚| 😀😀")]
    public void Text_is_cut_as_Qwen2_cuts_it(string text, string expected) => Assert.Equal(expected, string.Join('|', Cut(text)));

    [Fact]
    public void The_pieces_are_the_text() =>
        BpeTokenizerTests.Texts.Sample(text => Assert.Equal(WellFormed(text), string.Concat(Cut(WellFormed(text)))), iter: 500);

    [Fact]
    public void Below_U_10000_it_is_the_regular_expression_itself() =>
        BpeTokenizerTests.Texts.Where(t => !t.Any(char.IsSurrogate)).Sample(text => Assert.Equal(
            Regex.Matches(text, PreTokenizer.Qwen2Pattern, RegexOptions.CultureInvariant).Select(m => m.Value), Cut(text)), iter: 2000);

    [Fact]
    public void Several_patterns_cut_one_after_the_other()
    {
        var split = new PreTokenizer([@"\p{N}{1,3}", @"[\u4E00-\u9FFF]+", PreTokenizer.Gpt2Pattern]);
        var ends = new List<int>();
        split.Split("abc 12345中文 def", ends);
        Assert.Equal([3, 4, 7, 9, 11, 15], ends);
    }

    private static string WellFormed(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    internal static List<string> Cut(string text)
    {
        var ends = new List<int>();
        PreTokenizer.ForQwen2.Split(text, ends);
        return [.. ends.Select((end, i) => text[(i == 0 ? 0 : ends[i - 1])..end])];
    }
}
