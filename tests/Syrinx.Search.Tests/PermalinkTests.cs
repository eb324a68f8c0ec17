namespace Syrinx.Search.Tests;

public class PermalinkTests
{
    [Theory]
    [InlineData("x:20", "jack", "https://x.com/jack/status/20")]
    [InlineData("x:20", null, null)]
    [InlineData("x:20", "not a handle", null)]
    [InlineData("x:20/../..", "jack", null)]
    [InlineData("x:20\n", "jack", null)]
    [InlineData("ptt:Stock/M.1681372057.A.F0A", "damn1120", "https://www.ptt.cc/bbs/Stock/M.1681372057.A.F0A.html")]
    [InlineData("ptt:Stock/M.1681372057.A.F0A#12", "someone", "https://www.ptt.cc/bbs/Stock/M.1681372057.A.F0A.html")]
    [InlineData("ptt:Stock/0123456789abcdef", "damn1120", null)]
    [InlineData("ptt:St\"ock/M.1681372057.A.F0A", "damn1120", null)]
    [InlineData("hackernews:1", "pg", null)]
    public void An_address_is_given_where_the_platform_has_one(string id, string? handle, string? url)
    {
        Assert.Equal(url, Permalink.Of(id, handle));
    }
}
