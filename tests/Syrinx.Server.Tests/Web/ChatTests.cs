using Microsoft.Playwright;
using Syrinx.Server.Serving;

namespace Syrinx.Server.Tests.Web;

/// <summary>The chat page, used as a visitor uses it.</summary>
public sealed class ChatTests(Browser browser)
{
    [Fact]
    public async Task A_question_is_answered_from_posts_with_sources_and_by_the_model_beside_them()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/chat");
        await Ask(visit, "When does the ferry leave?");
        await Finished(visit);

        var reply = visit.Page.GetByRole(AriaRole.Region, new() { Name = "From the posts" });
        Assert.Contains("The ferry to the island leaves at 7:40", await reply.InnerTextAsync());
        var own = visit.Page.GetByRole(AriaRole.Region, new() { Name = "The tiny model's own words" });
        Assert.Contains("Not facts", await own.InnerTextAsync());
        Assert.Matches("[a-z]{20}", await own.Locator(".own-words-text").InnerTextAsync());

        var mark = visit.Page.Locator(".cite-mark").First;
        await mark.HoverAsync();
        var card = visit.Page.Locator(".cite-card").First;
        await card.WaitForAsync(new() { State = WaitForSelectorState.Visible });
        Assert.Contains("@amy", await card.InnerTextAsync());
        Assert.Contains("1 Mar 2024", await card.InnerTextAsync());
        var link = card.GetByRole(AriaRole.Link);
        Assert.Equal("https://x.com/amy/status/101", await link.GetAttributeAsync("href"));
        Assert.Equal("nofollow noopener noreferrer", await link.GetAttributeAsync("rel"));
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Soundness.Script));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_conversation_is_kept_renamed_and_deleted()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/chat");
        await Ask(visit, "Where are the best beef noodles?");
        await Finished(visit);
        await visit.Page.ReloadAsync();
        await visit.Live();
        Assert.Contains("the stall behind the station", await visit.Page.Locator(".reply").InnerTextAsync());

        await visit.Button("What to do with “Where are the best beef noodles?”").ClickAsync();
        await visit.Page.Locator(".mud-menu-item", new() { HasText = "Rename" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).Locator("input").FillAsync("Noodles");
        await visit.Button("Save").ClickAsync();
        await visit.Link("Noodles").WaitForAsync();

        await visit.Button("What to do with “Noodles”").ClickAsync();
        await visit.Page.Locator(".mud-menu-item", new() { HasText = "Delete" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await visit.Page.GetByText("They will stand here.").WaitForAsync();
        Assert.EndsWith("/chat", visit.Page.Url);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Escape_stops_the_model_and_the_question_can_be_asked_again()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/chat");
        var gate = browser.Server.App.Services.GetRequiredService<GenerationGate>();
        // while all places are taken the model waits: time enough to stop it
        var places = new List<IDisposable>();
        for (int i = 0; i < GenerationGate.Running; i++)
            places.Add(await gate.Enter(CancellationToken.None));
        await Ask(visit, "When does the ferry leave?");
        await visit.Page.GetByText("The model is reading…").WaitForAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.GetByText("stopped", new() { Exact = true }).WaitForAsync();
        places.ForEach(place => place.Dispose());

        await visit.Button("Ask again").ClickAsync();
        await Finished(visit);
        await visit.Page.Locator(".own-words-text").WaitForAsync();
        Assert.Equal(1, await visit.Page.Locator(".exchange").CountAsync());
        await visit.Page.ReloadAsync();
        Assert.Equal(1, await visit.Page.Locator(".exchange").CountAsync());
    }

    [Fact]
    public async Task Nothing_found_is_said_and_a_question_from_another_page_is_asked_once()
    {
        await using var visit = await browser.Visit("zh-TW");
        await visit.Open("/chat?q=" + Uri.EscapeDataString("火星上的咖啡館幾點打烊"));
        await visit.Page.GetByText("貼文裡沒有提到這件事").WaitForAsync();
        Assert.DoesNotContain("?q=", visit.Page.Url);
        await visit.Page.ReloadAsync();
        await visit.Live();
        Assert.Equal(1, await visit.Page.Locator(".exchange").CountAsync());
    }

    [Fact]
    public async Task On_a_phone_the_list_is_a_drawer()
    {
        await using var visit = await browser.Visit(phone: true);
        await visit.Open("/chat");
        var fresh = visit.Page.Locator(".chat-list").GetByRole(AriaRole.Link, new() { Name = "New conversation" });
        Assert.False(await fresh.IsVisibleAsync());
        await visit.Button("Your conversations").ClickAsync();
        await fresh.WaitForAsync();
        await visit.Button("Close the list").ClickAsync(new() { Position = new() { X = 380, Y = 300 } });
        await fresh.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    [Fact]
    public async Task Another_browser_does_not_see_the_conversation()
    {
        await using var amy = await browser.Visit();
        await amy.Open("/chat");
        await Ask(amy, "When does the ferry leave?");
        await Finished(amy);
        await using var ben = await browser.Visit();
        await ben.Open(new Uri(amy.Page.Url).AbsolutePath);
        await ben.Page.GetByText("This conversation is not there").WaitForAsync();
    }

    private static async Task Ask(Visit visit, string question)
    {
        await visit.Page.GetByLabel("Your question").FillAsync(question);
        await visit.Page.Keyboard.PressAsync("Enter");
    }

    private static Task Finished(Visit visit) => visit.Button("Ask again").WaitForAsync();
}
