using Microsoft.Playwright;
using Syrinx.Server.Serving;
using Syrinx.Server.Tests.Support;

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
        await visit.Page.GetByText("Your conversations will be listed here.").WaitForAsync();
        Assert.EndsWith("/chat", visit.Page.Url);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Escape_stops_the_model_and_the_question_can_be_asked_again()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/chat");
        // while all places are taken the model waits: time enough to stop it
        var places = await TakeAllPlaces();
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

    [Fact]
    public async Task The_keyboard_alone_renames_a_conversation_and_keeps_its_place()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/chat");
        await Ask(visit, "When does the ferry leave?");
        await Finished(visit);
        await visit.Button("What to do with “When does the ferry leave?”").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator(".mud-menu-item", new() { HasText = "Rename" })).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Dialog).Locator("input")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Control+A");
        await visit.Page.Keyboard.TypeAsync("Ferry");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Link("Ferry").WaitForAsync();
        await Assertions.Expect(visit.Button("What to do with “Ferry”")).ToBeFocusedAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_stop_button_stops_and_leaves_the_keyboard_in_the_box()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/chat");
        var places = await TakeAllPlaces();
        await Ask(visit, "When does the ferry leave?");
        await visit.Page.GetByText("The model is reading…").WaitForAsync();
        await visit.Button("Stop").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.GetByText("stopped", new() { Exact = true }).WaitForAsync();
        places.ForEach(place => place.Dispose());
        await Assertions.Expect(visit.Page.GetByLabel("Your question")).ToBeFocusedAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Asking_again_never_takes_back_what_another_tab_has_asked_since()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/chat");
        await Ask(visit, "When does the ferry leave?");
        await Finished(visit);
        var tab = await Tab(visit);
        await tab.GetByLabel("Your question").FillAsync("Where are the best beef noodles?");
        await tab.Keyboard.PressAsync("Enter");
        await tab.Locator(".exchange[aria-busy=false]").Nth(1).WaitForAsync();

        await visit.Button("Ask again").ClickAsync();
        await visit.Page.Locator(".exchange[aria-busy=false]").Nth(2).WaitForAsync();
        string[] asked = ["When does the ferry leave?", "Where are the best beef noodles?", "When does the ferry leave?"];
        Assert.Equal(asked, await visit.Page.Locator(".question-text").AllInnerTextsAsync());
        await visit.Page.ReloadAsync();
        Assert.Equal(asked, await visit.Page.Locator(".question-text").AllInnerTextsAsync());
    }

    [Fact]
    public async Task A_question_to_a_conversation_that_is_gone_begins_a_new_one()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/chat");
        await Ask(visit, "When does the ferry leave?");
        await Finished(visit);
        string before = visit.Page.Url;
        var tab = await Tab(visit);
        await tab.GetByRole(AriaRole.Button, new() { NameRegex = new("^What to do with") }).ClickAsync();
        await tab.Locator(".mud-menu-item", new() { HasText = "Delete" }).ClickAsync();
        await tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await tab.GetByText("Your conversations will be listed here.").WaitForAsync();

        await Ask(visit, "Where are the best beef noodles?");
        await visit.Page.Locator(".passage", new() { HasText = "the stall behind the station" }).WaitForAsync();
        await Finished(visit);
        Assert.NotEqual(before, visit.Page.Url);
        Assert.Equal(1, await visit.Page.Locator(".exchange").CountAsync());
        await visit.Open(new Uri(before).AbsolutePath);
        await visit.Page.GetByText("This conversation is not there").WaitForAsync();
        await Ask(visit, "When does the ferry leave?");
        await Finished(visit);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_question_that_is_being_typed_outlives_a_reload()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/chat");
        await visit.Page.GetByLabel("Your question").FillAsync("When does the");
        await visit.Page.ReloadAsync();
        await visit.Live();
        Assert.Equal("When does the", await visit.Page.GetByLabel("Your question").InputValueAsync());
        await Ask(visit, "When does the ferry leave?");
        await Finished(visit);
        await visit.Page.ReloadAsync();
        await visit.Live();
        Assert.Equal("", await visit.Page.GetByLabel("Your question").InputValueAsync());
    }

    [Fact]
    public async Task A_full_box_says_so_and_its_answer_stands_in_sight()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/chat");
        await visit.Page.GetByLabel("Your question").FillAsync(string.Concat(Enumerable.Repeat("ferry to the island ", 500)));
        await visit.Page.GetByText("That is all that fits: 8,000 characters.").WaitForAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Locator(".exchange[aria-busy=false] .passage").First.WaitForAsync();
        Assert.Equal("", await visit.Page.Locator(".composer-full").InnerTextAsync());
        await Assertions.Expect(visit.Page.Locator(".passage").First).ToBeInViewportAsync();
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Soundness.Script));
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("en-US", "The question has 8,001 characters", "The model says nothing: the question is too long")]
    [InlineData("zh-TW", "這個問題有 8,001 個字元", "模型沒有回應：這個問題太長")]
    public async Task What_is_too_long_is_said_in_the_visitors_language(string locale, string refused, string silent)
    {
        await using var visit = await browser.Visit(locale);
        await visit.Open("/chat?q=" + new string('x', 8_001));
        await visit.Page.GetByText(refused).WaitForAsync();
        Assert.Equal(0, await visit.Page.Locator(".exchange, .talks li").CountAsync());
        // as the home page's form sends the longest that it takes: nine characters of the address for one of Chinese
        await visit.Open("/chat?q=" + Uri.EscapeDataString(new string('渡', 2_000)));
        await visit.Page.GetByText(silent).WaitForAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Where_nothing_was_searched_nothing_is_said_about_the_posts()
    {
        await using var server = await TestServer.Start();
        await using var visit = await browser.Visit(url: server.Url);
        await visit.Open("/chat?q=ferry");
        await Finished(visit);
        string said = await visit.Page.Locator(".replies").InnerTextAsync();
        Assert.Contains("There are no posts to look through yet", said);
        Assert.Contains("No model has been trained yet", said);
        Assert.DoesNotContain("The posts say nothing", said);
        Assert.DoesNotContain("tiny", said);
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(server.Home.Index).FullName, "index.json"), "{");
        await visit.Open("/chat?q=ferry");
        await Finished(visit);
        Assert.Contains("The index cannot be read", await visit.Page.Locator(".replies").InnerTextAsync());
        Assert.Empty(visit.Complaints);
    }

    private async Task<List<IDisposable>> TakeAllPlaces()
    {
        var gate = browser.Server.App.Services.GetRequiredService<GenerationGate>();
        var places = new List<IDisposable>();
        for (int i = 0; i < GenerationGate.Running; i++)
            places.Add(await gate.Enter(CancellationToken.None));
        return places;
    }

    /// <summary>The same conversation in another tab of the same browser.</summary>
    private static async Task<IPage> Tab(Visit visit)
    {
        var tab = await visit.Page.Context.NewPageAsync();
        await tab.GotoAsync(visit.Page.Url);
        await tab.Locator(".composer[data-ready=true]").WaitForAsync();
        return tab;
    }

    private static async Task Ask(Visit visit, string question)
    {
        await visit.Page.GetByLabel("Your question").FillAsync(question);
        await visit.Page.Keyboard.PressAsync("Enter");
    }

    private static Task Finished(Visit visit) => visit.Button("Ask again").WaitForAsync();
}
