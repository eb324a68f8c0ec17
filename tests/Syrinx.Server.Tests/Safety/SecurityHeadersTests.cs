using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Safety;

public sealed class SecurityHeadersTests(TownServer town) : IClassFixture<TownServer>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/v1/models")]
    [InlineData("/nothing")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css")]
    public async Task Every_response_forbids_framing_sniffing_and_foreign_scripts(string path)
    {
        var response = await town.Server.Http.GetAsync(path);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("script-src 'self';", policy);
        Assert.Contains("default-src 'none'", policy);
    }

    [Fact]
    public async Task The_page_asks_for_nothing_from_another_machine()
    {
        string html = await town.Server.Http.GetStringAsync("/");
        Assert.DoesNotMatch("""(src|href)\s*=\s*["'](https?:)?//""", html);
    }

    [Fact]
    public async Task The_page_has_no_inline_script_that_its_policy_would_block()
    {
        string html = await town.Server.Http.GetStringAsync("/");
        Assert.DoesNotMatch("""<script(?![^>]*\ssrc=)(?![^>]*type="(importmap|application/json)")[^>]*>""", html);
        Assert.DoesNotMatch("""\son(click|load|error)\s*=""", html);
    }
}
