using System.Globalization;
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

    public static TheoryData<string> Patterns =>
        [PreTokenizer.Qwen2Pattern, PreTokenizer.Llama3Pattern, PreTokenizer.Gpt2Pattern, PreTokenizer.O200kPattern];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void The_scanner_of_a_pattern_cuts_as_the_regular_expression_does(string pattern)
    {
        var scanner = PieceScanner.For(pattern);
        Assert.IsNotType<RegexScanner>(scanner);
        var regex = new RegexScanner(pattern);
        void Same(string text) => Assert.Equal(Cut(regex, text), Cut(scanner, text));
        for (int i = 0; i < 300; i++)
            Same(TestText.Paragraph(i));
        BpeTokenizerTests.Texts.Select(WellFormed).Where(t => !t.Contains('ſ')).Sample(Same, iter: 5_000);
        Characters.Select(WellFormed).Sample(Same, iter: 20_000);
    }

    [Theory]
    [InlineData("x'ſ", "x'ſ", true)]
    [InlineData("x'ſ", "x|'ſ", false)]
    public void The_long_s_contracts_for_Hugging_Face_and_OpenAI_though_not_for_NET(string text, string expected, bool o200k) =>
        Assert.Equal(expected, string.Join('|', Cut(PieceScanner.For(o200k ? PreTokenizer.O200kPattern : PreTokenizer.Qwen2Pattern), text)));

    [Fact]
    public void Characters_that_count_as_composed_are_so_in_any_order()
    {
        var composed = Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(c => CharacterClass.IsComposed([c])).ToList();
        Assert.True(composed.Count > 40_000);
        Assert.All(composed, c => Assert.True(c.ToString().IsNormalized() && CharUnicodeInfo.GetUnicodeCategory(c) is not (
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)));
        Gen.Int[0, composed.Count - 1].Select(i => composed[i]).Array[0, 40].Sample(chars => Assert.True(new string(chars).IsNormalized()), iter: 5_000);
        for (int c = 0x1F000; c < 0x1FC00; c++)
            Assert.True(CharacterClass.IsComposed(char.ConvertFromUtf32(c)) && char.ConvertFromUtf32(c).IsNormalized());
        Assert.False(CharacterClass.IsComposed("e\u0301"));
        Assert.False(CharacterClass.IsComposed("\uD83D"));
    }

    [Fact]
    public void Several_patterns_cut_one_after_the_other()
    {
        var split = new PreTokenizer([@"\p{N}{1,3}", @"[\u4E00-\u9FFF]+", PreTokenizer.Gpt2Pattern]);
        var ends = new List<int>();
        split.Split("abc 12345中文 def", ends);
        Assert.Equal([3, 4, 7, 9, 11, 15], ends);
    }

    private static string WellFormed(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    internal static List<string> Cut(string text) => Cut(PieceScanner.For(PreTokenizer.Qwen2Pattern), text);

    private static List<string> Cut(PieceScanner scanner, string text)
    {
        var ends = new List<int>();
        scanner.Split(text, 0, ends);
        return [.. ends.Select((end, i) => text[(i == 0 ? 0 : ends[i - 1])..end])];
    }

    // one or two characters of each general category, and those that the patterns name
    private static readonly string[] Kinds =
    [
        .. "AZaz'stmdrvelREVL \t\r\n\u3000/1٣Ⅻ½ǅʰ中की́ः⃝_-([])»«!+$^©\u00AD\uE000\u0378\u200B\u2028".Select(c => c.ToString()),
        "😀", "𝟙", "𠮷", "𝐀", "𝐚", "\U000E0100", "\U0001D165", "'ll", "'Re", "  ", "\r\n",
    ];

    private static Gen<string> Characters { get; } =
        Gen.Int[0, Kinds.Length - 1].Select(i => Kinds[i]).List[0, 12].Select(parts => string.Concat(parts));
}
