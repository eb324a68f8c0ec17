using System.Globalization;
using Syrinx.Server.Text;

namespace Syrinx.Server.Tests.Text;

public sealed class UiTextTests
{
    [Fact]
    public void Every_word_is_there_in_both_languages_and_the_chinese_ones_are_chinese()
    {
        foreach (var property in typeof(UiText).GetProperties().Where(p => p.PropertyType == typeof(string)))
        {
            string english = (string)property.GetValue(UiText.All[0])!, chinese = (string)property.GetValue(UiText.All[1])!;
            Assert.False(string.IsNullOrWhiteSpace(english), property.Name);
            Assert.DoesNotContain(english, c => c is >= '\u4e00' and <= '\u9fff');
            Assert.True(chinese != english || property.Name == "Estimate", property.Name);
        }
    }

    [Theory]
    [InlineData("zh-TW", "zh-Hant-TW")]
    [InlineData("zh-CN", "zh-Hant-TW")]
    [InlineData("en-GB", "en")]
    [InlineData("fr", "en")]
    public void Every_kind_of_chinese_is_served_in_traditional_chinese_and_the_rest_in_english(string culture, string lang) =>
        Assert.Equal(lang, UiText.For(CultureInfo.GetCultureInfo(culture)).HtmlLang);

    [Theory]
    [InlineData(950, "950", "950")]
    [InlineData(35_200, "35.2K", "3.5 萬")]
    [InlineData(4_900_000, "4.9M", "490 萬")]
    [InlineData(7_000_000_000, "7B", "70 億")]
    [InlineData(1e16, "10,000T", "10,000 兆")]
    public void Large_numbers_are_short_in_the_languages_own_units(double n, string english, string chinese) =>
        Assert.Equal((english, chinese), (UiText.All[0].Compact(n), UiText.All[1].Compact(n)));

    [Fact]
    public void What_is_too_little_for_a_digit_is_told_as_less_than_it()
    {
        Assert.Equal(("< 1 s", "不到 1 秒"), (UiText.All[0].PlanDays(1e-9), UiText.All[1].PlanDays(1e-9)));
        Assert.Equal("< 0.001 kWh", UiText.All[0].MegawattHours(3.2e-8));
        Assert.Equal("< 0.1%", UiText.All[1].Percent(0.0001));
    }

    [Fact]
    public void Every_reason_of_the_curation_has_a_name_in_both_languages()
    {
        foreach (string reason in Data.Corpus.DropReason.All)
            Assert.All(UiText.All, text => Assert.DoesNotContain('_', text.DropReason(reason)));
        Assert.All(Data.Corpus.DropReason.All, reason => Assert.NotEqual(reason.Replace('_', ' '), UiText.All[1].DropReason(reason)));
    }

    [Theory]
    [InlineData("/search?q=咖啡", "/search?q=%E5%92%96%E5%95%A1")]
    [InlineData("/chat", "/chat")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example/", "/")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("/a\r\nSet-Cookie: x", "/")]
    [InlineData(null, "/")]
    public void The_language_switch_leads_back_to_this_server_only(string? back, string expected) =>
        Assert.Equal(expected, UiCulture.LocalPath(back));
}
