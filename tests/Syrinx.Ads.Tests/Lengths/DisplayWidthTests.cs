using CsCheck;
using Syrinx.Ads.Tests.Support;

namespace Syrinx.Ads.Tests.Lengths;

/// <summary>Double width, and both counters beside their slow twins.</summary>
public sealed class DisplayWidthTests
{
    private static readonly string[] Single = [" ", "、", "。", "「", "é", "ー", "가", "½", "€", "👍", "🍓", "，", "："];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Char['a', 'z'].Select(c => c.ToString()), Gen.Char['\u4e00', '\u9fa0'].Select(c => c.ToString()), Gen.Char['\uff01', '\uff5e'].Select(c => c.ToString()),
        Gen.Int[0, Single.Length - 1].Select(i => Single[i])).Array[0, 60].Select(string.Concat);

    [Theory]
    [InlineData("Roasted on Tuesdays", 19)]
    [InlineData("每週二烘焙", 10)]
    [InlineData("ＡＢＣ", 6)]
    [InlineData("ｶﾞ", 2)]
    [InlineData("，。「」", 8)]
    [InlineData("3種 2色", 7)]
    [InlineData("☕", 2)]
    [InlineData("€5", 2)]
    public void East_Asian_wide_characters_and_emoji_count_two(string text, int width) =>
        Assert.Equal(width, TextLength.Of(text, LengthCounter.DoubleWidth));

    [Fact]
    public void Both_counters_agree_with_their_slow_twins_on_any_text() => Text.Sample(text =>
    {
        Assert.Equal(LimitsByTheRules.DoubleWidth(text), TextLength.Of(text, LengthCounter.DoubleWidth));
        Assert.Equal(LimitsByTheRules.XWeight(text), TextLength.Of(text, LengthCounter.XWeighted));
    });
}
