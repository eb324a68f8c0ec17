using Microsoft.Playwright;

namespace Syrinx.Server.Tests.Web;

/// <summary>The search page, used as a visitor uses it.</summary>
public sealed class SearchTests(Browser browser)
{
    [Fact]
    public async Task Slash_leads_to_the_box_and_enter_finds_posts_with_the_words_marked()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/search");
        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Locator("input[name=q]:focus").PressSequentiallyAsync("ferry");
        await visit.Page.Keyboard.PressAsync("Enter");
        var hit = visit.Page.Locator(".hit").First;
        await hit.WaitForAsync();
        Assert.EndsWith("/search?q=ferry", visit.Page.Url);
        Assert.Equal("ferry", await hit.Locator("mark").First.InnerTextAsync());
        Assert.Contains("@amy", await hit.InnerTextAsync());
        Assert.Contains("One post", await visit.Page.GetByRole(AriaRole.Status).First.InnerTextAsync());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Filters_stand_in_the_address_and_can_be_taken_away()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/search?q=noodles");
        Assert.Contains("31 posts", await Count());
        await visit.Button("Apr 2024: 15 posts").ClickAsync();
        await visit.Page.GetByText("15 posts ·").WaitForAsync();
        Assert.EndsWith("&since=2024-04-01&until=2024-04-30", visit.Page.Url);
        await visit.Page.GetByLabel("Community").SelectOptionAsync("Food");
        await visit.Page.GetByText("5 posts ·").WaitForAsync();
        await visit.Link("Take away the filter 1 Apr 2024 – 30 Apr 2024").ClickAsync();
        await visit.Page.GetByText("10 posts ·").WaitForAsync();
        Assert.DoesNotContain("since", visit.Page.Url);
        Assert.Empty(visit.Complaints);

        Task<string> Count() => visit.Page.GetByRole(AriaRole.Status).First.InnerTextAsync();
    }

    [Fact]
    public async Task More_shows_the_rest()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/search?q=market");
        Assert.Equal(20, await visit.Page.Locator(".hit").CountAsync());
        await visit.Button("More").ClickAsync();
        await visit.Page.Locator(".hit").Nth(29).WaitForAsync();
    }

    [Fact]
    public async Task A_post_with_markup_is_inert_text()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/search?q=hinges");
        Assert.Contains("<script>alert('x')</script> my garden gate", await visit.Page.Locator(".hit").First.InnerTextAsync());
        Assert.Equal(0, await visit.Page.Locator(".hit script").CountAsync());
        await visit.Open("/search?q=" + Uri.EscapeDataString("\"><img src=x onerror=alert(1)>"));
        Assert.Equal(0, await visit.Page.Locator("img").CountAsync());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_operators_are_explained_on_the_page()
    {
        await using var visit = await browser.Visit("zh-TW");
        await visit.Open("/search");
        await visit.Button("搜尋語法").ClickAsync();
        Assert.True(await visit.Page.GetByText("一字不差").IsVisibleAsync());
        await visit.Page.Keyboard.PressAsync("Escape");
        Assert.False(await visit.Page.GetByText("一字不差").IsVisibleAsync());
    }
}
