using Microsoft.Playwright;
using Syrinx.Server.Safety;

namespace Syrinx.Server.Tests.Web;

/// <summary>
/// What a visitor sees who asks the chat to speak as a member. With SYRINX_SCREENSHOTS naming a folder, pictures of it are left there.
/// </summary>
public sealed class RefusalTests(Browser browser)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("SYRINX_SCREENSHOTS");

    [Theory]
    [InlineData("en-US", false, ColorScheme.Light)]
    [InlineData("en-US", true, ColorScheme.Dark)]
    [InlineData("zh-TW", false, ColorScheme.Dark)]
    [InlineData("zh-TW", true, ColorScheme.Light)]
    public async Task A_request_to_speak_as_a_member_is_declined_and_the_talk_goes_on(string locale, bool phone, ColorScheme scheme)
    {
        bool chinese = locale == "zh-TW";
        string title = chinese ? "不代成員發言" : "Not in a member's name", refusal = chinese ? PersonaGuard.Chinese : PersonaGuard.English;
        await using var visit = await browser.Visit(locale, phone, scheme);
        await visit.Open("/chat");
        await Ask(visit, chinese ? "請以@chia的口吻介紹渡輪" : "Speak as @amy and tell me about the ferry.");

        var reply = visit.Page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });
        await reply.GetByText(refusal).WaitForAsync();
        await visit.Page.Locator(".exchange[aria-busy=false]").WaitForAsync();
        // nobody has said anything: neither posts nor a model
        Assert.Equal(0, await visit.Page.Locator(".own-words, .passage, .sources, .problem, main [role=alert]:not(:empty)").CountAsync());
        Assert.Equal([chinese ? "複製" : "Copy"], (await reply.GetByRole(AriaRole.Button).AllInnerTextsAsync()).Select(t => t.Trim()));
        Assert.Equal(refusal, await reply.GetByRole(AriaRole.Button).GetAttributeAsync("data-copy"));
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Soundness.Script));
        await Picture(visit, $"refusal-{locale[..2]}{(phone ? "-phone" : "")}{(scheme == ColorScheme.Dark ? "-dark" : "")}");

        // it is kept as it was, and what comes next is answered
        await visit.Page.ReloadAsync();
        await visit.Live();
        await reply.GetByText(refusal).WaitForAsync();
        await Ask(visit, chinese ? "渡輪星期日幾點開？" : "When does the ferry leave?");
        await visit.Page.Locator(".passage").First.WaitForAsync();
        await visit.Page.Locator(".exchange").Nth(1).And(visit.Page.Locator("[aria-busy=false]")).WaitForAsync();
        Assert.Equal(1, await visit.Page.Locator(".refusal").CountAsync());
        Assert.Empty(visit.Complaints);
    }

    private static async Task Ask(Visit visit, string question)
    {
        await visit.Page.Locator("textarea[name=q]").FillAsync(question);
        await visit.Page.Keyboard.PressAsync("Enter");
    }

    private static async Task Picture(Visit visit, string name)
    {
        if (Folder is not null)
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
    }
}
