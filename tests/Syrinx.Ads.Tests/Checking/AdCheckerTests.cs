using System.Text.Json;
using Syrinx.Ads.Tests.Support;

namespace Syrinx.Ads.Tests.Checking;

/// <summary>What is refused, where, and by which rule.</summary>
public sealed class AdCheckerTests
{
    private static readonly AdBrief Tea = TestFiles.Brief("en", "Ridge Tea", "Made by hand", "Costs $12") with { Banned = ["cheap", "免費"] };

    [Fact]
    public void Form_is_checked_value_by_value()
    {
        var format = AdFormat.Find("google-rsa");
        var ad = AdFields.Parse("""
            {"fields":{"headlines":["Ridge Tea","ridge tea!","A headline that is far too long for its field"],"descriptions":["Made by hand."],"paths":["tea","leaf","cup"]}}
            """, format)[0];
        var verdict = AdChecker.Check(Tea, format, ad);
        Assert.False(verdict.Ok);
        Assert.Equal(
            [("headlines", (int?)1, "duplicate"), ("headlines", 2, "too_long"), ("descriptions", null, "too_few"), ("paths", null, "too_many")],
            verdict.Problems.Select(p => (p.Field, p.Index, p.Rule)));
        Assert.Contains("30", verdict.Problems[1].Reason);
        Assert.Equal([9, 10, 45], verdict.Lengths["headlines"]);
    }

    [Fact]
    public void An_empty_or_unseen_text_is_too_few() =>
        Assert.Equal(AdRules.TooFew, Assert.Single(TestFiles.Check(Tea, " \u200b ").Problems).Rule);

    [Theory]
    [InlineData("Cheap tea")]
    [InlineData("CHEAPER tea")]
    [InlineData("the cheapest tea")]
    [InlineData("c.h.e.a.p tea")]
    [InlineData("che ap tea")]
    [InlineData("ch\u00adeap tea")]
    [InlineData("сhеаp tea")]
    [InlineData("ch3ap tea")]
    [InlineData("cheeeap tea")]
    [InlineData("免-費")]
    [InlineData("免🍵費")]
    [InlineData("免费")]
    public void A_banned_word_is_found_in_any_form(string text) =>
        Assert.Contains(TestFiles.Check(Tea, text).Problems, p => p.Rule == AdRules.BannedWord);

    [Theory]
    [InlineData("A heap of leaves")]
    [InlineData("Cheaply made? No.")] // an adverb of a banned word is a form of it: refused; the next line is not
    public void Only_the_word_and_its_forms_are_banned(string text) =>
        Assert.Equal(text.StartsWith("Cheaply", StringComparison.Ordinal), TestFiles.Check(Tea, text).Problems.Any(p => p.Rule == AdRules.BannedWord));

    [Fact]
    public void A_claim_in_a_field_of_the_brief_that_is_no_fact_is_refused()
    {
        var brief = (Tea with { Product = "Best Tea", CallToAction = "Get it free", Audience = "number one fans", Keywords = ["50% off tea", "oolong"] }).Validated();
        var checker = new AdChecker(brief);
        Assert.Equal(["product", "audience", "call_to_action", "keywords"], checker.BriefProblems.Select(p => p.Field));
        Assert.Contains(TestFiles.Check(brief, "Best Tea. Made by hand.").Problems, p => p.Rule == AdRules.UnsupportedClaim);
    }

    [Fact]
    public void The_name_of_a_product_may_hold_a_number() =>
        Assert.True(TestFiles.Check(TestFiles.Brief("en", "Studio 54 Tea", "Made by hand"), "Studio 54 Tea, made by hand.").Ok);

    [Fact]
    public void The_address_of_the_brief_is_no_claim_but_another_one_is()
    {
        var brief = (Tea with { Url = "https://example.com/best-50-off" }).Validated();
        Assert.True(TestFiles.Check(brief, "Made by hand: https://example.com/best-50-off").Ok);
        Assert.False(TestFiles.Check(brief, "Made by hand: https://example.com/70-off").Ok);
    }

    [Fact]
    public void The_report_has_the_names_of_the_contract()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        var json = JsonSerializer.SerializeToElement(TestFiles.Check(Tea, "The best tea, $12"), options);
        Assert.Equal(["ok", "problems", "lengths", "claims", "policy"], json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["field", "index", "rule", "found", "reason"], json.GetProperty("problems")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal("best", json.GetProperty("problems")[0].GetProperty("found").GetString());
        Assert.Equal(("$12", "Costs $12"), (json.GetProperty("claims")[0].GetProperty("text").GetString(), json.GetProperty("claims")[0].GetProperty("fact").GetString()));
        Assert.Equal(["verdict", "rules"], json.GetProperty("policy").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void A_checker_serves_many_threads_at_once()
    {
        var checker = new AdChecker(Tea);
        var expected = JsonSerializer.Serialize(checker.Check(AdFormat.Find("x-post"), TestFiles.Post("The best tea, cheap, $12")));
        Parallel.For(0, 32, _ => Assert.Equal(expected, JsonSerializer.Serialize(checker.Check(AdFormat.Find("x-post"), TestFiles.Post("The best tea, cheap, $12")))));
    }

    [Fact]
    public void Checking_can_be_cancelled() => Assert.Throws<OperationCanceledException>(
        () => new AdChecker(Tea).Check(AdFormat.Find("x-post"), TestFiles.Post("tea"), new CancellationToken(canceled: true)));

    [Theory]
    [InlineData("7", 100_000)]
    [InlineData("最", 50_000)]
    [InlineData("(", 100_000)]
    [InlineData("12 ", 10_000)]
    [InlineData("f-r-", 20_000)]
    public void A_text_without_end_is_refused_unread(string piece, int times)
    {
        var verdict = TestFiles.Check(TestFiles.Briefs["coffee"], string.Concat(Enumerable.Repeat(piece, times)));
        Assert.Equal(AdRules.TooLong, Assert.Single(verdict.Problems).Rule);
    }

    [Fact]
    public void Of_a_text_that_is_too_long_the_beginning_is_read()
    {
        string filler = string.Concat(Enumerable.Repeat("word ", 200));
        Assert.Contains(TestFiles.Check(TestFiles.Briefs["coffee"], "The best. " + filler).Problems, p => p.Rule == AdRules.UnsupportedClaim);
        Assert.DoesNotContain(TestFiles.Check(TestFiles.Briefs["coffee"], filler + "The best.").Problems, p => p.Rule == AdRules.UnsupportedClaim);
    }
}
