namespace Syrinx.Ads.Tests.Formats;

/// <summary>A brief is read strictly; errors name the field.</summary>
public sealed class AdBriefTests
{
    private const string Whole = """
        {"product":"山嵐烏龍","url":"https://example.com/tea","audience":"上班族","language":"zh-TW","facts":["150公克480元"],
         "keywords":["高山茶"],"tone":"溫潤","call_to_action":"選購","banned":["便宜"],"category":"茶"}
        """;

    [Fact]
    public void Every_field_of_the_contract_is_read()
    {
        var brief = AdBrief.Parse(Whole);
        Assert.Equal(("山嵐烏龍", "https://example.com/tea", "上班族", "zh-TW"), (brief.Product, brief.Url, brief.Audience, brief.Language));
        Assert.Equal(["150公克480元"], brief.Facts);
        Assert.Equal(["高山茶"], brief.Keywords);
        Assert.Equal(("溫潤", "選購", "茶"), (brief.Tone, brief.CallToAction, brief.Category));
        Assert.Equal(["便宜"], brief.Banned);
        Assert.Equal(AdLanguage.TraditionalChinese, brief.CopyLanguage);
        Assert.Equal("TW", brief.Country);
    }

    [Theory]
    [InlineData("""{"language":"en","facts":["a"]}""", "product is missing")]
    [InlineData("""{"product":"","language":"en","facts":["a"]}""", "product is empty")]
    [InlineData("""{"product":"A","facts":["a"]}""", "language is missing")]
    [InlineData("""{"product":"A","language":"fr","facts":["a"]}""", "language 'fr'")]
    [InlineData("""{"product":"A","language":"zh-CN","facts":["a"]}""", "language 'zh-CN'")]
    [InlineData("""{"product":"A","language":"en","facts":[]}""", "facts is empty")]
    [InlineData("""{"product":"A","language":"en","facts":"a"}""", "facts must be an array")]
    [InlineData("""{"product":"A","language":"en","facts":["a",7]}""", "facts[1] must be a string")]
    [InlineData("""{"product":"A","language":"en","facts":["a",""]}""", "facts[1] is empty")]
    [InlineData("""{"product":7,"language":"en","facts":["a"]}""", "product must be a string")]
    [InlineData("""{"product":"A","language":"en","facts":["a"],"url":"example.com"}""", "url must be")]
    [InlineData("""{"product":"A","language":"en","facts":["a"],"url":"javascript:alert(1)"}""", "url must be")]
    [InlineData("""{"product":"A","language":"en","facts":["a"],"claims":[]}""", "'claims'")]
    [InlineData("""{"product":"A\u0007","language":"en","facts":["a"]}""", "product holds a character")]
    [InlineData("""{"product":"A\ud800","language":"en","facts":["a"]}""", "product holds half")]
    [InlineData("""{"product":"A","product":"B","language":"en","facts":["a"]}""", "not valid JSON")]
    [InlineData("""[]""", "must be a JSON object")]
    [InlineData("""{"product":"A",""", "not valid JSON")]
    public void What_is_wrong_is_named_with_its_field(string json, string message)
    {
        var error = Assert.Throws<InputException>(() => AdBrief.Parse(json, "my.json"));
        Assert.StartsWith("my.json", error.Message);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void Sizes_are_bounded()
    {
        var brief = AdBrief.Parse(Whole);
        Assert.Contains("product", Assert.Throws<InputException>(() => (brief with { Product = new('a', 81) }).Validated()).Message);
        Assert.Contains("facts has 41", Assert.Throws<InputException>(() => (brief with { Facts = [.. Enumerable.Repeat("a", 41)] }).Validated()).Message);
        Assert.Contains("facts[0]", Assert.Throws<InputException>(() => (brief with { Facts = [new('a', 301)] }).Validated()).Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_for_a_person() =>
        Assert.Contains("no-such.json", Assert.Throws<InputException>(() => AdBrief.Read(Path.Combine(Path.GetTempPath(), "no-such.json"))).Message);
}
