using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Syrinx.Server.Serving;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Web;

/// <summary>The ads page, used as an advertiser uses it.</summary>
public sealed partial class AdsTests(Browser browser)
{
    [Theory]
    [InlineData("en-US", "Riverside Coffee", "AI-made", "Policy: allowed")]
    [InlineData("zh-TW", "河畔咖啡", "AI 生成", "符合政策")]
    public async Task An_example_is_one_click_away_and_becomes_ads(string locale, string product, string mark, string policy)
    {
        await using var visit = await browser.Visit(locale);
        await visit.Open("/ads");
        await visit.Page.Locator(".example-briefs a", new() { HasText = product }).ClickAsync();
        var ads = visit.Page.Locator(".ad");
        await ads.Nth(2).WaitForAsync();
        foreach (var ad in await ads.AllAsync())
        {
            string text = await ad.InnerTextAsync();
            Assert.Contains(product, text);
            Assert.Contains(mark, text);
            Assert.Contains(policy, text);
        }
        Assert.Equal(product, await visit.Page.Locator("input[name=product]").InputValueAsync());
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Soundness.Script));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_claim_shows_its_fact_to_the_keyboard_and_is_described_by_it()
    {
        await using var visit = await Coffee();
        var claim = visit.Page.Locator(".ad .claim", new() { HasText = "NT$140" }).First;
        string card = "#" + await claim.GetAttributeAsync("aria-describedby");
        Assert.False(await visit.Page.Locator(card).IsVisibleAsync());
        await claim.FocusAsync();
        await visit.Page.Locator(card).WaitForAsync(new() { State = WaitForSelectorState.Visible });
        Assert.Contains("Pour-over from Alishan for NT$140", await visit.Page.Locator(card).InnerTextAsync());
        await claim.BlurAsync();
        await visit.Page.Locator(card).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await claim.HoverAsync();
        await visit.Page.Locator(card).WaitForAsync(new() { State = WaitForSelectorState.Visible });
    }

    [Theory]
    [InlineData("en-US", "coffee", "The best pour-over, only NT$90 and cheap", "No fact says so", "Banned word", "one refused")]
    [InlineData("zh-TW", "coffee-zh", "全鎮最棒的手沖只要90元，便宜", "沒有事實佐證", "禁用詞", "1 則未通過")]
    public async Task An_edit_into_a_violation_is_refused_with_its_rules_and_can_be_undone(
        string locale, string example, string typed, string unsupported, string banned, string refused)
    {
        await using var visit = await browser.Visit(locale);
        await visit.Open("/ads?example=" + example);
        var ad = visit.Page.Locator(".ad").First;
        string before = await ad.Locator(".ad-text").InnerTextAsync();
        await ad.Locator(".ad-foot button").First.ClickAsync();
        var box = ad.Locator("textarea");
        Assert.True(await box.EvaluateAsync<bool>("e => e === document.activeElement"));
        await box.FillAsync(typed);
        var problems = ad.Locator(".ad-problem");
        await problems.Filter(new() { HasText = unsupported }).First.WaitForAsync();
        await problems.Filter(new() { HasText = banned }).First.WaitForAsync();
        Assert.Equal("true", await box.GetAttributeAsync("aria-invalid"));
        Assert.Contains(refused, await visit.Page.Locator(".ads-bar [role=status]").InnerTextAsync());
        Assert.NotEmpty(await ad.Locator(".ad-edit-copy .bad").AllAsync());

        // the refusal stays when the box is left, and the ad comes back as it was
        await visit.Page.Keyboard.PressAsync("Escape");
        await box.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await problems.First.WaitForAsync();
        await Assertions.Expect(ad.Locator(".ad-foot button").First).ToBeFocusedAsync();
        await ad.Locator(".ad-foot button").Nth(1).ClickAsync();
        await problems.First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Equal(before, await ad.Locator(".ad-text").InnerTextAsync());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_counter_counts_as_X_does()
    {
        await using var visit = await Coffee();
        var ad = visit.Page.Locator(".ad").First;
        await ad.Locator(".ad-foot button").First.ClickAsync();
        await ad.Locator("textarea").FillAsync("Pour-over 手沖 https://example.com/a/long/way/to/go?and=on");
        // nine letters and a space, two of double weight, a space, a link
        await ad.Locator(".length", new() { HasText = "38/280" }).WaitForAsync();
        await ad.Locator("textarea").FillAsync(string.Concat(Enumerable.Repeat("沖", 141)));
        await ad.Locator(".length-over", new() { HasText = "282/280" }).WaitForAsync();
        await ad.Locator(".ad-problem", new() { HasText = "Too long" }).WaitForAsync();
    }

    [Fact]
    public async Task A_new_fact_is_told_after_a_pause_and_an_edited_ad_stays()
    {
        await using var visit = await Coffee();
        var first = visit.Page.Locator(".ad").First;
        await first.Locator(".ad-foot button").First.ClickAsync();
        await first.Locator("textarea").FillAsync("Riverside Coffee. Come and sit down.");
        await visit.Page.GetByText("edited by you").WaitForAsync();
        await first.Locator("textarea").PressAsync("Escape");

        await visit.Page.Locator("textarea[name=facts]").FillAsync("Scallion bread for NT$30");
        await visit.Page.Locator(".ad .claim", new() { HasText = "NT$30" }).First.WaitForAsync();
        Assert.Equal(0, await visit.Page.Locator(".ad .claim", new() { HasText = "NT$140" }).CountAsync());
        Assert.Equal("Riverside Coffee. Come and sit down.", await first.Locator(".ad-text").InnerTextAsync());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Every_format_has_its_picture_and_its_texts()
    {
        await using var visit = await Coffee();
        await visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = Google() }).ClickAsync();
        var search = visit.Page.Locator(".picture-search").First;
        await search.WaitForAsync();
        string before = await search.Locator(".search-headline").InnerTextAsync();
        await visit.Button("Another combination").First.ClickAsync();
        await Assertions.Expect(search.Locator(".search-headline")).Not.ToHaveTextAsync(before);
        Assert.True(await visit.Page.Locator(".ad").First.Locator(".texts-headlines li").CountAsync() >= 3);
        await visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = Meta() }).ClickAsync();
        await visit.Page.Locator(".picture-feed").First.WaitForAsync();
        Assert.EndsWith("/ads?example=coffee&format=meta-feed", visit.Page.Url);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_csv_says_that_the_text_is_ai_made_and_leaves_out_what_is_refused()
    {
        await using var visit = await Coffee();
        int ads = await visit.Page.Locator(".ad").CountAsync();
        var first = visit.Page.Locator(".ad").First;
        await first.Locator(".ad-foot button").First.ClickAsync();
        await first.Locator("textarea").FillAsync("The best coffee in the world");
        await visit.Page.GetByText("one refused").WaitForAsync();
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.Locator(".ads-bar button", new() { HasText = "CSV" }).ClickAsync());
        Assert.Equal("x-post.csv", download.SuggestedFilename);
        string csv = await File.ReadAllTextAsync(await download.PathAsync(), Encoding.UTF8);
        var lines = Rows().Matches(csv).Select(m => m.Value).ToList();
        Assert.StartsWith("ai_made,", lines[0]);
        Assert.Equal(ads - 1, lines.Count - 1);
        Assert.All(lines.Skip(1), line => Assert.StartsWith("yes,", line));
        Assert.DoesNotContain("best coffee", csv);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_page_says_plainly_that_the_model_is_tiny_and_what_its_drafts_were_worth()
    {
        await using var visit = await Coffee();
        var note = visit.Page.Locator(".model-note");
        Assert.Contains("town", await note.InnerTextAsync());
        Assert.Contains("tiny demo model", await note.InnerTextAsync());
        await Assertions.Expect(note).ToContainTextAsync(new Regex(@"0 of its \d+ drafts passed"), new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task While_others_use_the_model_the_ads_are_there_all_the_same()
    {
        await using var visit = await browser.Visit();
        var gate = browser.Server.App.Services.GetRequiredService<GenerationGate>();
        var places = new List<IDisposable>();
        for (int i = 0; i < GenerationGate.Running; i++)
            places.Add(await gate.Enter(CancellationToken.None));
        await visit.Open("/ads?example=coffee");
        await visit.Page.Locator(".ad").First.WaitForAsync();
        await visit.Page.Locator(".model-note", new() { HasText = "is drafting" }).WaitForAsync();
        places.ForEach(place => place.Dispose());
        await visit.Page.Locator(".model-note", new() { HasText = "is drafting" }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task What_is_typed_outlives_the_switch_of_language()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/ads");
        await visit.Page.Locator("input[name=product]").FillAsync("Iron Horse");
        await visit.Page.Locator("textarea[name=facts]").FillAsync("New brake pads for NT$300");
        await visit.Page.Locator(".ad .claim", new() { HasText = "NT$300" }).First.WaitForAsync();
        await visit.Link("切換為繁體中文").ClickAsync();
        await visit.Page.Locator("html[lang=zh-Hant-TW]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await visit.Page.Locator(".ad .claim", new() { HasText = "NT$300" }).First.WaitForAsync();
        Assert.Equal("Iron Horse", await visit.Page.Locator("input[name=product]").InputValueAsync());
        Assert.Contains("AI 生成", await visit.Page.Locator(".ad").First.InnerTextAsync());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_hostile_brief_is_text_and_nothing_else()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/ads");
        await visit.Page.Locator("input[name=product]").FillAsync("<script>alert(1)</script>");
        await visit.Page.Locator("textarea[name=facts]").FillAsync("<img src=x onerror=alert(1)> for NT$5\n\"><b>Open</b> 9 to 6");
        await visit.Page.Locator("input[name=url]").FillAsync("javascript:alert(1)");
        await visit.Page.Locator("#brief-url").WaitForAsync();
        await visit.Page.Locator("input[name=url]").FillAsync("https://a.example/\"><script>alert(1)</script>");
        await visit.Page.Locator("#brief-url").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await visit.Page.Locator(".ad, .ads-results .hint").First.WaitForAsync();
        await visit.Page.Locator("input[name=product]").FillAsync("<b>Tea</b>");
        await visit.Page.Locator(".ad-text", new() { HasText = "<img src=x onerror=alert(1)> for NT$5" }).First.WaitForAsync();
        await visit.Page.Locator(".advertiser", new() { HasText = "<b>Tea</b>" }).First.WaitForAsync();
        Assert.Equal(0, await visit.Page.Locator("main script, main img, main b b, .claim b, .fact-card b + b").CountAsync());
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Soundness.Script));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_hundred_kilobytes_in_a_field_are_refused_and_the_page_lives_on()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/ads");
        await visit.Page.Locator("input[name=product]").FillAsync("Tea");
        var facts = visit.Page.Locator("textarea[name=facts]");
        await facts.FillAsync(new string('茶', 33_000) + "\nOpen");
        await visit.Page.Locator("#brief-facts", new() { HasText = "12,000 characters" }).WaitForAsync();
        // 99 KB past the box's own limit, as a program sends them
        await facts.EvaluateAsync("e => e.removeAttribute('maxlength')");
        await facts.FillAsync(new string('茶', 33_000) + "\nOpen");
        await visit.Page.Locator("#brief-facts", new() { HasText = "33,000 characters" }).WaitForAsync();
        await facts.FillAsync("Open 9 to 6");
        await visit.Page.Locator(".ad").First.WaitForAsync();
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Soundness.Script));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_same_claim_twice_is_marked_twice_told_once_and_the_page_lives_on()
    {
        await using var visit = await Coffee();
        var ad = visit.Page.Locator(".ad").First;
        await ad.Locator(".ad-foot button").First.ClickAsync();
        await ad.Locator("textarea").FillAsync("Buy 77 and get 77 more.");
        await ad.Locator(".ad-problem", new() { HasText = "77" }).WaitForAsync();
        Assert.Equal(2, await ad.Locator(".ad-edit-copy .bad").CountAsync());
        await ad.Locator("textarea").FillAsync("Come and sit down.");
        await ad.Locator(".ad-problem").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_reload_brings_brief_and_ads_back_whatever_the_model()
    {
        // it is not asked, so nothing but the brief draws the page again
        await using var server = await TestServer.Start(home => TinyModel.Write(home.Model("small"), contextLength: 256));
        await using var visit = await browser.Visit(url: server.Url);
        await visit.Open("/ads");
        await visit.Page.Locator("input[name=product]").FillAsync("Tea");
        await visit.Page.Locator("textarea[name=facts]").FillAsync("Open 9 to 6");
        await visit.Page.Locator(".ad").First.WaitForAsync();
        await visit.Page.ReloadAsync();
        await visit.Page.Locator(".ad", new() { HasText = "Tea" }).First.WaitForAsync();
        Assert.Equal("false", await visit.Page.Locator(".ads-results").GetAttributeAsync("aria-busy"));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task While_the_brief_cannot_be_used_the_ads_say_that_they_are_of_the_one_before_and_are_not_saved()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/ads");
        await visit.Page.Locator("input[name=product]").FillAsync("Tea");
        var facts = visit.Page.Locator("textarea[name=facts]");
        await facts.FillAsync(string.Join('\n', Enumerable.Range(1, 60).Select(i => $"Pot number {i}")));
        var hint = visit.Page.Locator(".ads-results .hint");
        await hint.Filter(new() { HasText = "then the ads appear" }).WaitForAsync();
        await facts.FillAsync("Open 9 to 6");
        await visit.Page.Locator(".ad").First.WaitForAsync();
        Assert.Equal(0, await hint.CountAsync());

        await visit.Page.Locator("input[name=url]").FillAsync("nowhere");
        await hint.Filter(new() { HasText = "still those of the brief before" }).WaitForAsync();
        Assert.Equal(0, await visit.Page.Locator(".ads-bar button").CountAsync());
        await visit.Page.Locator("input[name=url]").FillAsync("https://tea.example/");
        await visit.Page.Locator(".ads-bar button").First.WaitForAsync();
        Assert.Equal(0, await hint.CountAsync());
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("en-US", "")]
    [InlineData("zh-TW", "-zh")]
    public async Task Every_format_fits_a_phone_also_while_it_is_edited(string locale, string language)
    {
        await using var visit = await browser.Visit(locale, phone: true, ColorScheme.Dark);
        foreach (string format in new[] { "x-post", "google-rsa", "meta-feed" })
        {
            await visit.Open($"/ads?example=heron{language}&format={format}");
            await visit.Page.Locator(".ad").First.WaitForAsync();
            Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Soundness.Script));
            await visit.Page.Locator(".ad-foot button").First.ClickAsync();
            await visit.Page.Locator(".ad textarea").First.WaitForAsync();
            Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Soundness.Script));
        }
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Without_a_model_and_without_posts_ads_are_written_all_the_same()
    {
        await using var server = await TestServer.Start();
        string html = await server.Http.GetStringAsync("/ads?example=coffee");
        Assert.Contains("There is no model yet", html);
        Assert.Contains("class=\"claim\"", html);
    }

    [Fact]
    public async Task A_model_whose_context_is_too_short_for_a_brief_is_not_asked()
    {
        await using var server = await TestServer.Start(home => TinyModel.Write(home.Model("small"), contextLength: 256));
        string html = await server.Http.GetStringAsync("/ads?example=coffee");
        Assert.Contains("Its context of 256 tokens has no room", html);
    }

    private async Task<Visit> Coffee()
    {
        var visit = await browser.Visit();
        await visit.Open("/ads?example=coffee");
        await visit.Page.Locator(".ad").First.WaitForAsync();
        return visit;
    }

    [GeneratedRegex("^Google")]
    private static partial Regex Google();

    [GeneratedRegex("^Meta")]
    private static partial Regex Meta();

    // a row ends where the next begins with ai_made's yes
    [GeneratedRegex(@"^(ai_made|yes),.*?(?=\r\n(yes,|\z))", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Rows();
}
