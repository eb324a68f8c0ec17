using Syrinx.Server.Text;

namespace Syrinx.Server.Tests.Text;

public sealed class SafeMarkdownTests
{
    [Theory]
    [InlineData("**bold**", "<p><strong>bold</strong></p>")]
    [InlineData("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("[x](javascript:alert(1))", "<p>x</p>")]
    [InlineData("[x](data:text/html,y)", "<p>x</p>")]
    [InlineData("[x](//elsewhere.example)", "<p>x</p>")]
    [InlineData("![seen](https://elsewhere.example/pixel.png)", "<p>seen</p>")]
    [InlineData("<javascript:alert(1)>", "<p>javascript:alert(1)</p>")]
    public void Nothing_in_a_models_words_can_act(string markdown, string html) =>
        Assert.Equal(html, SafeMarkdown.ToHtml(markdown).Value.Trim());

    [Fact]
    public void A_link_leads_out_without_telling_where_from() =>
        Assert.Equal("""<p><a href="https://example.org" rel="nofollow noopener noreferrer" target="_blank">x</a></p>""",
            SafeMarkdown.ToHtml("[x](https://example.org)").Value.Trim());

    [Theory]
    [InlineData("https://x.com/a/status/1", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("/relative", false)]
    [InlineData(null, false)]
    public void Only_web_addresses_become_links(string? url, bool expected) => Assert.Equal(expected, SafeMarkdown.IsWeb(url));
}
