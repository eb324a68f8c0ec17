using Microsoft.Playwright;

namespace Syrinx.Server.Tests.Web;

/// <summary>
/// Takes the pictures of docs/images. They are taken when asked for:
/// <code>
/// SYRINX_SCREENSHOTS=$PWD/docs/images SYRINX_URL=http://127.0.0.1:5080 \
///   dotnet run --project tests/Syrinx.Server.Tests -c Release -- -class "Syrinx.Server.Tests.Web.ScreenshotTests"
/// </code>
/// with the address of a running server (<c>./syrinx quickstart</c>); without SYRINX_URL of the small town of these tests.
/// </summary>
public sealed class ScreenshotTests(Browser browser)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("SYRINX_SCREENSHOTS");
    private static readonly string? Url = Environment.GetEnvironmentVariable("SYRINX_URL");

    [Theory]
    [InlineData("en-US", "en", "Where can I get good coffee?", "coffee", "coffee")]
    [InlineData("zh-TW", "zh", "哪家牛肉麵好吃？", "咖啡", "coffee-zh")]
    public async Task Pictures_of_the_pages(string locale, string name, string question, string words, string example)
    {
        Assert.SkipWhen(Folder is null, "SYRINX_SCREENSHOTS names no folder.");
        Directory.CreateDirectory(Folder!);
        foreach (string size in new[] { "", "-phone", "-dark" })
        {
            var (phone, scheme) = (size == "-phone", size == "-dark" ? ColorScheme.Dark : ColorScheme.Light);
            await using var visit = await browser.Visit(locale, phone, scheme, Url);
            await visit.Open("/");
            await Take("home");
            await visit.Open("/search?q=" + Uri.EscapeDataString(words));
            await Take("search");
            await visit.Open("/chat?q=" + Uri.EscapeDataString(question));
            await visit.Page.Locator(".exchange[aria-busy=false]").WaitForAsync(new() { Timeout = 120_000 });
            await Take("chat");
            await visit.Open("/ads?example=" + example);
            await visit.Page.Locator(".model-note p:not(:empty)").WaitForAsync();
            // what the model's drafts were worth
            await visit.Page.Locator(".model-note[aria-busy=false]").WaitForAsync(new() { Timeout = 120_000 });
            // on a phone the ads are below the brief
            if (phone)
                await visit.Page.Locator(".ads-bar").EvaluateAsync("bar => bar.scrollIntoView()");
            await Take("ads");
            await visit.Open("/plan?params=405B&tokens=15.6T&on=H100&count=16384&price=2");
            await Take("plan");
            Assert.Empty(visit.Complaints);

            Task Take(string page) => visit.Page.ScreenshotAsync(new()
            {
                Path = Path.Combine(Folder!, $"{page}-{name}{size}.png"),
                Animations = ScreenshotAnimations.Disabled,
            });
        }
    }
}
