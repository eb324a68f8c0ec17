using System.Text.Json;

namespace Syrinx.Ads.Tests.Formats;

/// <summary>Formats come from their data file; ads are read from JSON and written as they were.</summary>
public sealed class AdFieldsTests
{
    [Fact]
    public void The_formats_have_the_published_limits()
    {
        Assert.Equal(["x-post", "google-rsa", "meta-feed"], AdFormat.All.Select(f => f.Name));
        var rsa = AdFormat.Find("google-rsa");
        Assert.Equal(("headlines", 3, 15, 30), (rsa.Fields[0].Name, rsa.Fields[0].Min, rsa.Fields[0].Max, rsa.Fields[0].Limit));
        Assert.Equal(("descriptions", 2, 4, 90), (rsa.Fields[1].Name, rsa.Fields[1].Min, rsa.Fields[1].Max, rsa.Fields[1].Limit));
        Assert.Equal(("paths", 0, 2, 15), (rsa.Fields[2].Name, rsa.Fields[2].Min, rsa.Fields[2].Max, rsa.Fields[2].Limit));
        Assert.Equal([125, 40, 30], AdFormat.Find("meta-feed").Fields.Select(f => f.Limit));
        Assert.Equal(280, AdFormat.Find("x-post").Fields[0].Limit);
        Assert.Contains("google-rsa", Assert.Throws<InputException>(() => AdFormat.Find("tiktok")).Message);
    }

    [Fact]
    public void One_ad_or_a_list_of_them_is_read_and_written_back()
    {
        var format = AdFormat.Find("google-rsa");
        const string json = """{"fields":{"headlines":["One","Two","Three"],"descriptions":["A","B"]}}""";
        Assert.Single(AdFields.Parse(json, format));
        var two = AdFields.Parse($"[{json},{json}]", format);
        Assert.Equal(2, two.Count);
        Assert.Equal("""{"headlines":["One","Two","Three"],"descriptions":["A","B"]}""", JsonSerializer.Serialize(two[1]));
        Assert.Equal("""{"text":"Hello"}""", JsonSerializer.Serialize(AdFields.Parse("""{"fields":{"text":"Hello"}}""", AdFormat.Find("x-post"))[0]));
    }

    [Theory]
    [InlineData("""{"text":"a"}""", "fields")]
    [InlineData("""{"fields":{"headline":"a"}}""", "'headline'")]
    [InlineData("""[{"fields":{"text":"a"}},{"fields":{"text":["a"]}}]""", "[1]: text must be a string")]
    [InlineData("""7""", "fields")]
    [InlineData("""{"fields":[]}""", "must be a JSON object")]
    public void Another_shape_is_an_error_that_says_where(string json, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => AdFields.Parse(json, AdFormat.Find("x-post"), "ads.json")).Message);
}
