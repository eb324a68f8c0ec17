using System.Diagnostics;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Web;

/// <summary>The page that plans a cluster, used as the one who pays for it uses it.</summary>
public sealed class PlanTests(Browser browser)
{
    [Fact]
    public async Task Another_count_is_another_number_of_days_and_another_address()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/plan?params=405B&tokens=15.6T&on=H100&count=16384&price=2");
        Assert.Contains("81.1 days", await Days(visit));
        Assert.Contains("63.8M", await visit.Page.Locator(".tiles").InnerTextAsync());
        Assert.Contains("copies share the batch", await visit.Page.Locator(".split-words").InnerTextAsync());
        await Fill(visit, "How many", "8192");
        await visit.Page.GetByText("148 days").First.WaitForAsync();
        Assert.Contains("count=8192", visit.Page.Url);
        Assert.Contains("params=405B", visit.Page.Url);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Price_accelerator_and_sequence_change_their_numbers()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/plan");
        Assert.Contains("43.5 days", await Days(visit));
        Assert.Contains("give a price", await visit.Page.Locator(".tiles").InnerTextAsync());
        await Fill(visit, "Price of a GPU-hour", "1.5");
        await visit.Page.GetByText("15.6M").WaitForAsync();
        await Fill(visit, "Tokens of a sequence", "2048");
        await visit.Page.GetByText("35.5 days").First.WaitForAsync();
        await visit.Page.GetByLabel("Accelerator").First.SelectOptionAsync("H200");
        await visit.Page.GetByText("989 TFLOP/s, 141 GB, 700 W").WaitForAsync();
        Assert.Contains("on=H200", visit.Page.Url);
        Assert.DoesNotContain("35.5 days", await Days(visit));
    }

    [Fact]
    public async Task The_slider_and_the_curve_choose_a_count_too()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/plan?params=7B&tokens=140B&on=H100&count=8");
        await visit.Page.GetByLabel("How many, roughly").FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('#plan-count').value === '12'");
        Assert.EndsWith("count=12", visit.Page.Url);
        string before = await Days(visit);
        await visit.Page.Locator(".lines-strips > span").Nth(14).ClickAsync();
        await visit.Page.WaitForFunctionAsync("before => document.querySelector('.verdict-days').innerText !== before", before);
        Assert.DoesNotContain("count=12", visit.Page.Url);
    }

    [Theory]
    [InlineData("en-US", "It does not fit", "1T parameters need 16 TB", "64 × A100-80 hold 4.81 TB", "Try 264 × A100-80")]
    [InlineData("zh-TW", "放不下", "1 兆參數的權重、梯度與最佳化器狀態需要 16 TB", "64 張 A100-80 扣除驅動程式後只有 4.81 TB", "改用 264 張 A100-80")]
    public async Task What_does_not_fit_says_why_and_what_would(string locale, string title, string need, string have, string instead)
    {
        await using var visit = await browser.Visit(locale);
        await visit.Open("/plan?params=1T&tokens=20T&count=64");
        string verdict = await visit.Page.Locator(".verdict").InnerTextAsync();
        Assert.Contains(title, verdict);
        Assert.Contains(need, verdict);
        Assert.Contains(have, verdict);
        Assert.Equal(0, await visit.Page.Locator(".split").CountAsync());
        await visit.Link(instead).ClickAsync();
        await visit.Page.Locator(".tiles").WaitForAsync();
        Assert.Contains("count=264", visit.Page.Url);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_mistyped_field_stays_as_typed_and_says_what_would_be_right()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/plan");
        await Fill(visit, "Parameters", "\"><b>seventy</b>");
        await visit.Page.GetByText("Write it like 70B").WaitForAsync();
        Assert.Equal("\"><b>seventy</b>", await visit.Page.GetByLabel("Parameters").InputValueAsync());
        Assert.Equal("true", await visit.Page.GetByLabel("Parameters").GetAttributeAsync("aria-invalid"));
        await Fill(visit, "How many", "100001");
        await visit.Page.GetByText("Between 1 and 100K.").WaitForAsync();
        Assert.Equal(0, await visit.Page.Locator(".verdict, b:text('seventy')").CountAsync());
        await Fill(visit, "Parameters", "700億");
        await Fill(visit, "How many", "10000");
        await visit.Page.GetByText("43.5 days").First.WaitForAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_published_runs_stand_there_with_their_errors()
    {
        await using var visit = await browser.Visit("zh-TW");
        await visit.Open("/plan");
        await visit.Page.Locator(".checked li").Nth(13).WaitForAsync();
        Assert.Equal(14, await visit.Page.Locator(".checked li").CountAsync());
        Assert.Contains("誤差中位數 12%", await visit.Page.GetByText("誤差中位數").InnerTextAsync());
        Assert.Contains("3,550,000", await visit.Page.Locator(".checked li").First.InnerTextAsync());
    }

    [Fact]
    public async Task It_answers_while_one_drags_and_needs_nothing_of_the_home_folder()
    {
        await using var server = await TestServer.Start();
        await using var visit = await browser.Visit(url: server.Url);
        await visit.Open("/plan");
        await Fill(visit, "How many", "512"); // compiled
        await At(visit, "count=512");
        string before = await Days(visit);
        var watch = Stopwatch.StartNew();
        await Fill(visit, "How many", "777");
        await visit.Page.WaitForFunctionAsync("before => document.querySelector('.verdict-days').innerText !== before", before);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 3_000); // planning itself takes 10 to 60 ms; the rest is the browser, on a machine that may be busy
        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.ElapsedMilliseconds} ms");
    }

    private static Task<string> Days(Visit visit) => visit.Page.Locator(".verdict-days").InnerTextAsync();

    private static Task At(Visit visit, string part) =>
        visit.Page.WaitForFunctionAsync("part => location.search.split('&').includes(part)", part);

    private static async Task Fill(Visit visit, string label, string text)
    {
        var field = visit.Page.GetByLabel(label, new() { Exact = true });
        await field.FillAsync(text);
        await field.PressAsync("Tab");
    }
}
