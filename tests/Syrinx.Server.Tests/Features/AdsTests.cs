using System.Net;
using System.Text;
using System.Text.Json;
using Syrinx.Server.Serving;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Features;

/// <summary>The ads API, asked as a program asks it.</summary>
public sealed class AdsTests(TownServer town) : IClassFixture<TownServer>
{
    private const string Brief = """
        {"product":"Riverside Coffee","url":"https://riverside-coffee.example/","language":"en","category":"coffee shop",
         "facts":["Pour-over from Alishan for NT$140","Open 9 to 6, closed on Wednesdays","The window seat looks at the herons"],
         "banned":["cheap"],"call_to_action":"Come and sit down"}
        """;

    private const string BriefZh = """
        {"product":"河畔咖啡","url":"https://riverside-coffee.example/","language":"zh-TW","category":"咖啡店",
         "facts":["阿里山手沖140元","9點到6點，週三公休","窗邊那桌正對白鷺鷥"],"call_to_action":"來坐坐"}
        """;

    private readonly TestServer _server = town.Server;

    [Theory]
    [InlineData(Brief, "x-post")]
    [InlineData(Brief, "google-rsa")]
    [InlineData(Brief, "meta-feed")]
    [InlineData(BriefZh, "x-post")]
    [InlineData(BriefZh, "google-rsa")]
    [InlineData(BriefZh, "meta-feed")]
    public async Task Ads_are_written_and_pass_the_check_that_is_served_beside_it(string brief, string format)
    {
        var (response, json) = await _server.Post("/api/ads/generate",
            $$"""{"brief":{{brief}},"format":"{{format}}","count":3,"use_model":false}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("true", Assert.Single(response.Headers.GetValues("X-AI-Generated")));
        Assert.True(json.GetProperty("ai_generated").GetBoolean());
        Assert.Equal(JsonValueKind.Object, json.GetProperty("rejected").ValueKind);
        var variants = json.GetProperty("variants").EnumerateArray().ToList();
        Assert.NotEmpty(variants);
        foreach (var variant in variants)
        {
            Assert.NotEmpty(variant.GetProperty("lengths").EnumerateObject());
            Assert.Equal("allowed", variant.GetProperty("policy").GetProperty("verdict").GetString());
            Assert.InRange(variant.GetProperty("score").GetDouble(), 0, 1);
            var facts = JsonElement.Parse(brief).GetProperty("facts").EnumerateArray().Select(f => f.GetString()).ToList();
            Assert.All(variant.GetProperty("claims").EnumerateArray(), c => Assert.Contains(c.GetProperty("fact").GetString(), facts));
        }

        var (_, report) = await _server.Post("/api/ads/check",
            $$"""{"brief":{{brief}},"format":"{{format}}","ads":[{{string.Join(',', variants.Select(v => $$"""{"fields":{{v.GetProperty("fields").GetRawText()}}}"""))}}]}""");
        var verdicts = report.GetProperty("verdicts").EnumerateArray().ToList();
        Assert.Equal(variants.Count, verdicts.Count);
        Assert.All(verdicts, v => Assert.True(v.GetProperty("ok").GetBoolean(), v.GetRawText()));
    }

    [Fact]
    public async Task The_same_request_gives_the_same_ads_and_another_seed_gives_others()
    {
        string Request(int seed) => $$"""{"brief":{{Brief}},"format":"x-post","count":4,"use_model":false,"seed":{{seed}}}""";
        string[] answers = [await Ads(1), await Ads(1), await Ads(2)];
        Assert.Equal(answers[0], answers[1]);
        Assert.NotEqual(answers[0], answers[2]);

        async Task<string> Ads(int seed) =>
            (await _server.Post("/api/ads/generate", Request(seed))).Json.GetProperty("variants").GetRawText();
    }

    [Fact]
    public async Task The_served_model_drafts_and_the_report_says_what_came_of_it()
    {
        var (response, json) = await _server.Post("/api/ads/generate", $$"""{"brief":{{Brief}},"format":"meta-feed","count":2}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var model = json.GetProperty("model");
        Assert.Equal("town", model.GetProperty("name").GetString());
        Assert.False(model.GetProperty("used").GetBoolean());
        Assert.True(model.GetProperty("drafts").GetInt32() > 0);
        Assert.NotEmpty(model.GetProperty("reason").GetString()!);
        Assert.All(json.GetProperty("variants").EnumerateArray(), v => Assert.Equal("template", v.GetProperty("source").GetString()));
    }

    [Fact]
    public async Task A_violation_is_told_with_its_field_rule_and_reason()
    {
        var (response, json) = await _server.Post("/api/ads/check",
            $$"""{"fields":{"text":"A cheap pour-over for NT$90, the best in Cuihe"},"format":"x-post","brief":{{Brief}}}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("X-AI-Generated"));
        var verdict = Assert.Single(json.GetProperty("verdicts").EnumerateArray());
        Assert.False(verdict.GetProperty("ok").GetBoolean());
        var problems = verdict.GetProperty("problems").EnumerateArray().ToList();
        Assert.All(problems, p => Assert.Equal("text", p.GetProperty("field").GetString()));
        Assert.All(problems, p => Assert.NotEmpty(p.GetProperty("reason").GetString()!));
        Assert.Superset(new HashSet<string> { "banned_word", "unsupported_claim" }, problems.Select(p => p.GetProperty("rule").GetString()!).ToHashSet());
    }

    [Theory]
    [InlineData("generate", "{}", 400, "brief")]
    [InlineData("generate", """{"brief":"coffee","format":"x-post"}""", 400, "brief")]
    [InlineData("generate", """{"brief":{"product":"","language":"en","facts":["Open"]},"format":"x-post"}""", 400, "product")]
    [InlineData("generate", """{"brief":{"product":"Tea","language":"en","facts":[]},"format":"x-post"}""", 400, "facts")]
    [InlineData("generate", """{"brief":{"product":"Tea","language":"en","facts":["Open",7]},"format":"x-post"}""", 400, "facts")]
    [InlineData("generate", """{"brief":{"product":"Tea","language":"fr","facts":["Open"]},"format":"x-post"}""", 400, "language")]
    [InlineData("generate", """{"brief":{"product":"Tea","language":"en","facts":["Open"],"url":"javascript:alert(1)"},"format":"x-post"}""", 400, "url")]
    [InlineData("generate", """{"brief":{"product":"Tea","language":"en","facts":["Open"],"colour":"red"},"format":"x-post"}""", 400, "colour")]
    [InlineData("generate", """{"brief":{"product":"Tea","language":"en","facts":["Open"]}}""", 400, "format")]
    [InlineData("generate", """{"brief":{"product":"Tea","language":"en","facts":["Open"]},"format":"banner"}""", 400, "x-post")]
    [InlineData("generate", """{"brief":{"product":"Tea","language":"en","facts":["Open"]},"format":"x-post","count":0}""", 400, "count")]
    [InlineData("generate", """{"brief":{"product":"Tea","language":"en","facts":["Open"]},"format":"x-post","count":51}""", 400, "count")]
    [InlineData("generate", """{"brief":{"product":"Tea","language":"en","facts":["Open"]},"format":"x-post","seed":-1}""", 400, "seed")]
    [InlineData("generate", """{"brief":{"product":"Tea","language":"en","facts":["Open"]},"format":"x-post","model":"gpt-9"}""", 404, "gpt-9")]
    [InlineData("generate", "[]", 400, "object")]
    [InlineData("generate", "{", 400, "JSON")]
    [InlineData("check", """{"brief":{"product":"Tea","language":"en","facts":["Open"]},"format":"x-post"}""", 400, "fields")]
    [InlineData("check", """{"brief":{"product":"Tea","language":"en","facts":["Open"]},"format":"x-post","fields":{"headline":"Tea"}}""", 400, "headline")]
    [InlineData("check", """{"brief":{"product":"Tea","language":"en","facts":["Open"]},"format":"x-post","fields":{"text":7}}""", 400, "text")]
    [InlineData("check", """{"brief":{"product":"Tea","language":"en","facts":["Open"]},"format":"x-post","ads":[]}""", 400, "ads")]
    [InlineData("check", """{"brief":{"product":"Tea","language":"en","facts":["Open"]},"format":"x-post","ads":{"fields":{}}}""", 400, "ads")]
    public async Task What_is_wrong_is_told_as_problem_details_that_name_the_field(string route, string body, int status, string named)
    {
        var (response, json) = await _server.Post("/api/ads/" + route, body);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(named, json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task At_most_500_ads_are_checked_at_a_time()
    {
        string Ads(int count) => string.Join(',', Enumerable.Repeat("""{"fields":{"text":"Tea"}}""", count));
        string Request(int count) => $$"""{"brief":{"product":"Tea","language":"en","facts":["Open"]},"format":"x-post","ads":[{{Ads(count)}}]}""";
        var (_, report) = await _server.Post("/api/ads/check", Request(500));
        Assert.Equal(500, report.GetProperty("verdicts").GetArrayLength());
        var (refused, _) = await _server.Post("/api/ads/check", Request(501));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task A_form_is_refused_and_so_is_a_body_that_is_too_large_and_another_method()
    {
        using var form = await _server.Http.PostAsync("/api/ads/generate", new StringContent("{}", Encoding.UTF8, "text/plain"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
        var (large, _) = await _server.Post("/api/ads/check", "{\"format\":\"" + new string('x', 1 << 20) + "\"}");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var get = await _server.Http.GetAsync("/api/ads/generate");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
    }

    [Fact]
    public async Task Without_any_model_ads_are_written_by_rule()
    {
        await using var server = await TestServer.Start();
        var (response, json) = await server.Post("/api/ads/generate", $$"""{"brief":{{Brief}},"format":"x-post","count":1}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("model").GetProperty("name").ValueKind);
        Assert.Equal(1, json.GetProperty("variants").GetArrayLength());
    }

    [Fact]
    public async Task A_crowd_before_the_model_is_told_to_come_again_and_a_client_that_goes_away_leaves_the_queue()
    {
        await HealthTests.UntilReady(_server);
        var gate = _server.App.Services.GetRequiredService<GenerationGate>();
        string body = $$"""{"brief":{{Brief}},"format":"x-post","count":1}""";
        var places = new List<IDisposable>();
        for (int i = 0; i < GenerationGate.Running; i++)
            places.Add(await gate.Enter(CancellationToken.None));
        using var leaving = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, GenerationGate.Waiting).Select(_ => Task.Run(() => _server.Http.PostAsync(
            "/api/ads/generate", new StringContent(body, Encoding.UTF8, "application/json"), leaving.Token))).ToList();
        await Until(() => gate.Queued == GenerationGate.Waiting);
        var (refused, _) = await _server.Post("/api/ads/generate", body);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);

        // by rule nobody has to wait
        var (byRule, _) = await _server.Post("/api/ads/generate", $$"""{"brief":{{Brief}},"format":"x-post","count":1,"use_model":false}""");
        Assert.Equal(HttpStatusCode.OK, byRule.StatusCode);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
        await Until(() => gate.Queued == 0);
        places.ForEach(place => place.Dispose());
        Assert.Equal(0, gate.Active);
    }

    private static async Task Until(Func<bool> done)
    {
        for (int i = 0; !done(); i++)
        {
            Assert.True(i < 600, "not within 30 seconds");
            await Task.Delay(50);
        }
    }
}
