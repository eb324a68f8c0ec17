using Microsoft.Playwright;

namespace Syrinx.Server.Tests.Web;

/// <summary>What holds for every page, in both languages.</summary>
public sealed class PagesTests(Browser browser)
{
    private static readonly string[] Paths =
    [
        "/", "/chat", "/search", "/search?q=noodles", "/ads", "/ads?example=coffee", "/ads?example=coffee-zh&format=google-rsa",
        "/plan", "/plan?params=1T&count=64", "/plan?params=many",
    ];

    [Theory]
    [InlineData("en-US", "en", "2,000 posts found a voice")]
    [InlineData("zh-TW", "zh-Hant-TW", "2,000 則貼文，唱出自己的聲音")]
    [InlineData("fr-FR", "en", "2,000 posts found a voice")]
    public async Task Home_speaks_the_browsers_language(string locale, string lang, string title)
    {
        await using var visit = await browser.Visit(locale);
        await visit.Open("/");
        Assert.Equal(title, await visit.Page.Locator("h1").InnerTextAsync());
        Assert.Equal(lang, await visit.Page.GetAttributeAsync("html", "lang"));
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("en-US", false, ColorScheme.Light)]
    [InlineData("zh-TW", true, ColorScheme.Dark)]
    public async Task Every_page_is_sound_stays_here_and_says_that_it_is_an_ai(string locale, bool phone, ColorScheme scheme)
    {
        await using var visit = await browser.Visit(locale, phone, scheme);
        foreach (string path in Paths)
        {
            await visit.Open(path);
            string[] wrong = await visit.Page.EvaluateAsync<string[]>(Soundness.Script);
            Assert.True(wrong.Length == 0, path + ": " + string.Join("; ", wrong));
            Assert.Contains("AI", await visit.Page.Locator("footer.notice").InnerTextAsync());
            Assert.True(await visit.Page.Locator("footer.notice").IsVisibleAsync());
        }
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_switch_changes_the_language_stays_on_the_page_and_is_remembered()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/search?q=渡輪");
        await visit.Link("切換為繁體中文").ClickAsync();
        await visit.Page.Locator("html[lang=zh-Hant-TW]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await visit.Live();
        Assert.Equal("渡輪", await visit.Page.Locator("input[name=q]").InputValueAsync());
        await visit.Open("/");
        Assert.Equal("資料走過的路", await visit.Page.Locator("#way").InnerTextAsync());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_scheme_follows_the_system_until_it_is_switched_and_is_remembered()
    {
        await using var visit = await browser.Visit(scheme: ColorScheme.Dark);
        await visit.Open("/");
        Assert.Equal("dark", await Scheme());
        await visit.Button("Switch between light and dark").ClickAsync();
        Assert.Equal("light", await Scheme());
        await visit.Open("/search");
        Assert.Equal("light", await Scheme());
        Assert.Equal("rgb(247, 245, 240)", await visit.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));

        Task<string?> Scheme() => visit.Page.GetAttributeAsync("html", "data-theme");
    }

    [Fact]
    public async Task A_mistyped_address_is_a_page_with_status_404()
    {
        await using var visit = await browser.Visit();
        var response = await visit.Page.GotoAsync(browser.Server.Url + "/nowhere");
        Assert.Equal(404, response!.Status);
        Assert.Equal("There is no such page", await visit.Page.Locator("h1").InnerTextAsync());
    }

    [Fact]
    public async Task The_corpus_card_is_shown_without_being_able_to_act()
    {
        await using var visit = await browser.Visit();
        await visit.Page.GotoAsync(browser.Server.Url + "/card");
        Assert.Equal("Card", await visit.Page.TitleAsync());
        Assert.Equal("null", await visit.Page.EvaluateAsync<string>("self.origin"));
    }

    [Fact]
    public async Task The_loss_curve_grows_while_a_training_writes()
    {
        await using var visit = await browser.Visit();
        string metrics = Path.Combine(browser.Server.Home.Run("town"), "metrics.jsonl");
        await File.AppendAllTextAsync(metrics, """{"step":61,"loss":4.0,"tokens":1}""" + "\n");
        await visit.Open("/");
        Assert.Contains("training now", await visit.Page.Locator("#learning").InnerTextAsync());
        await File.AppendAllTextAsync(metrics, """{"step":62,"loss":1.234,"tokens":2}""" + "\n");
        await visit.Page.GetByText("1.234").First.WaitForAsync();
    }
}
