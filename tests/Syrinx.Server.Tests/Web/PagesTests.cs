using Microsoft.Playwright;
using Syrinx.Server.Tests.Support;

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

    [Theory]
    [InlineData("en-US", 320, 568)]
    [InlineData("en-US", 640, 400)]
    [InlineData("zh-TW", 320, 256)]
    public async Task Magnified_to_four_times_a_page_still_fits_and_keeps_its_names(string locale, int width, int height)
    {
        await using var visit = await browser.Visit(locale);
        await visit.Page.SetViewportSizeAsync(width, height);
        foreach (string path in new[] { "/ads?example=coffee", "/chat" })
        {
            await visit.Open(path);
            string[] wrong = await visit.Page.EvaluateAsync<string[]>(Soundness.Script);
            Assert.True(wrong.Length == 0, path + ": " + string.Join("; ", wrong));
        }
        // the box to write in is not behind the line that stays
        await visit.Page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
        var (box, notice) = (await visit.Page.Locator(".composer").BoundingBoxAsync(), await visit.Page.Locator(".notice").BoundingBoxAsync());
        Assert.True(box!.Y + box.Height <= notice!.Y + 1, $"{box.Y} + {box.Height} > {notice.Y}");
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("en-US", "This page has stumbled", "Load again")]
    [InlineData("zh-TW", "這個頁面出了點問題", "重新載入")]
    public async Task A_page_that_has_failed_can_say_so_and_load_itself_again(string locale, string words, string reload)
    {
        await using var visit = await browser.Visit(locale);
        await visit.Open("/plan");
        // what Blazor's script does when a circuit has ended in an error
        await visit.Page.EvaluateAsync("() => { document.getElementById('blazor-error-ui').style.display = 'block'; }");
        Assert.Contains(words, await visit.Page.GetByRole(AriaRole.Alert).InnerTextAsync());
        await visit.Button(reload).ClickAsync();
        await visit.Page.Locator(".crashed").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await visit.Live();
    }

    [Theory]
    [InlineData("/", "input[name=q]")]
    [InlineData("/chat", "textarea[name=q]")]
    [InlineData("/search", "input[name=q]")]
    public async Task What_is_typed_before_the_page_is_live_stays_and_so_does_the_focus(string path, string box)
    {
        await using var visit = await browser.Visit();
        await visit.Page.RouteAsync("**/blazor.web*.js", async route =>
        {
            await visit.Page.Locator(box).PressSequentiallyAsync("the ferry");
            await route.ContinueAsync();
        }, new() { Times = 1 });
        await visit.Open(path);
        await visit.Page.Keyboard.TypeAsync(" leaves");
        Assert.Equal("the ferry leaves", await visit.Page.Locator(box).InputValueAsync());
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Locator(".hit, .passage").First.WaitForAsync();
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("en", "JavaScript is off")]
    [InlineData("zh-TW", "停用了 JavaScript")]
    public async Task Without_javascript_a_page_says_what_still_works(string language, string words)
    {
        await using var server = await TestServer.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/chat?q=ferry");
        request.Headers.AcceptLanguage.ParseAdd(language);
        string html = await (await server.Http.SendAsync(request)).Content.ReadAsStringAsync();
        Assert.Matches("<noscript>.*" + words, System.Net.WebUtility.HtmlDecode(html));
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

    [Theory]
    [InlineData("/")]
    [InlineData("/search?q=noodles")]
    public async Task The_link_past_the_bar_leads_the_keyboard_past_the_bar(string path)
    {
        await using var visit = await browser.Visit();
        await visit.Open(path);
        await Assertions.Expect(visit.Page.Locator("h1")).ToBeFocusedAsync(); // where Blazor leads to
        await visit.Link("Skip to content").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("main")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visit.Page.Locator("main input[name=q]")).ToBeFocusedAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_corpus_card_is_shown_without_being_able_to_act()
    {
        await using var visit = await browser.Visit();
        await visit.Page.GotoAsync(browser.Server.Url + "/card");
        Assert.Equal("Card", await visit.Page.TitleAsync());
        Assert.Equal("null", await visit.Page.EvaluateAsync<string>("self.origin"));
        Assert.Equal("image/svg+xml", (await browser.Server.Http.GetAsync("/favicon.ico")).Content.Headers.ContentType?.MediaType);
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
