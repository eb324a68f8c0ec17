namespace Syrinx.Ads.Tests.Lengths;

/// <summary>Our own cases of X's rules.</summary>
public sealed class XTextTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("tea", 3)]
    [InlineData("茶", 2)]
    [InlineData("茶 & tea", 8)]
    [InlineData("é", 1)]
    [InlineData("e\u0301", 1)] // the same in two code points
    [InlineData("한", 2)]
    [InlineData("“tea” – ‘now’", 13)] // quotes and dashes of the light ranges
    [InlineData("…", 2)]
    [InlineData("👍", 2)]
    [InlineData("👍🏽", 2)]
    [InlineData("👩‍🚀", 2)]
    [InlineData("🇹🇼", 2)]
    [InlineData("❤️", 2)]
    [InlineData("3️⃣", 2)]
    [InlineData("☺\uFE0E", 4)] // asked for as text: no emoji
    [InlineData("©", 1)]
    [InlineData("©️", 2)]
    public void A_text_weighs_what_its_code_points_and_emoji_weigh(string text, int weight) => Assert.Equal(weight, XText.Parse(text).WeightedLength);

    [Theory]
    [InlineData("https://example.com/a/very/long/path/that/does/not/matter?utm_source=x&utm_medium=cpc", 23)]
    [InlineData("see example.com", 4 + 23)]
    [InlineData("看example.com吧", 2 + 23 + 2)] // Chinese beside a bare domain is not part of it
    [InlineData("https://example.com。", 23 + 2)]
    [InlineData("https://範例.com/路徑", 23 + 4)] // Chinese may stand in a domain, not in a path
    [InlineData("example.notatld", 15)]
    [InlineData("me@example.com", 14)]
    [InlineData("a_b.example.com", 2 + 23)] // without http:// no underscore belongs to it
    [InlineData("http://a_b.example.com", 23)]
    [InlineData("example.com/(a(b)c)", 23)]
    [InlineData("example.com/wow!", 24)] // the exclamation mark is the sentence's
    [InlineData("v2.0 and 3.14", 13)]
    [InlineData("http://t.co/abc123中文", 23 + 4)]
    [InlineData("coffee.Tea", 10)]
    public void A_link_weighs_23_wherever_it_stands(string text, int weight) => Assert.Equal(weight, XText.Parse(text).WeightedLength);

    [Fact]
    public void A_post_is_valid_up_to_280_and_not_beyond()
    {
        Assert.True(XText.Parse(new string('a', 280)).Valid);
        Assert.False(XText.Parse(new string('a', 281)).Valid);
        Assert.True(XText.Parse(new string('茶', 140)).Valid);
        Assert.False(XText.Parse(new string('茶', 140) + "a").Valid);
        Assert.False(XText.Parse("").Valid);
        Assert.False(XText.Parse("tea\uFFFE").Valid);
    }

    [Fact]
    public void Broken_surrogates_are_counted_and_do_no_harm()
    {
        Assert.Equal(4, XText.Parse("a\uD83Db\uDC4D"[..3]).WeightedLength);
        Assert.Equal(2 + 1, XText.Parse("e\u0301\uD800").WeightedLength);
    }

    [Theory]
    [InlineData("münchen", 14)]
    [InlineData("bücher", 13)]
    [InlineData("例え", 11)]
    [InlineData("tea", 3)]
    public void A_label_is_as_long_as_its_punycode(string label, int length) => Assert.Equal(length, Punycode.LengthOf(label));

    [Fact]
    public void What_is_left_is_the_limit_minus_the_length()
    {
        var text = AdFormat.Find("x-post").Fields[0];
        Assert.Equal(new TextLength(4, 280), TextLength.Of("好茶", text));
        Assert.Equal(276, TextLength.Of("好茶", text).Left);
        Assert.False(TextLength.Of(new string('茶', 141), text).Fits);
    }
}
