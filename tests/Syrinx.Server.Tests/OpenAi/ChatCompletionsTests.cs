using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Syrinx.Server.Serving;
using Syrinx.Server.Tests.Features;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.OpenAi;

/// <summary><c>/v1/chat/completions</c> byte by byte, as a client that is not OpenAI's may read it.</summary>
public sealed class ChatCompletionsTests(TownServer town) : IClassFixture<TownServer>
{
    private const string Path = "/v1/chat/completions";
    private readonly TestServer _server = town.Server;

    [Fact]
    public async Task A_reply_has_every_field_and_says_that_a_machine_made_it()
    {
        var (response, json) = await _server.Post(Path, """
            {"model":"town","messages":[{"role":"user","content":"hello"}],"max_tokens":5,"temperature":0,"user":"u1","store":false}
            """);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("true", Assert.Single(response.Headers.GetValues("X-AI-Generated")));
        Assert.True(json.GetProperty("ai_generated").GetBoolean());
        Assert.Equal("chat.completion", json.GetProperty("object").GetString());
        Assert.Equal("town", json.GetProperty("model").GetString());
        Assert.StartsWith("fp_", json.GetProperty("system_fingerprint").GetString());
        var choice = Assert.Single(json.GetProperty("choices").EnumerateArray());
        Assert.Equal(0, choice.GetProperty("index").GetInt32());
        Assert.Equal("assistant", choice.GetProperty("message").GetProperty("role").GetString());
        Assert.Equal("length", choice.GetProperty("finish_reason").GetString());
        var usage = json.GetProperty("usage");
        Assert.Equal(5, usage.GetProperty("completion_tokens").GetInt32());
        Assert.Equal(usage.GetProperty("prompt_tokens").GetInt32() + 5, usage.GetProperty("total_tokens").GetInt32());
    }

    [Theory]
    [InlineData("\"content\":\"hel\\nlo\"")]
    [InlineData("\"content\":[{\"type\":\"text\",\"text\":\"hel\"},{\"type\":\"text\",\"text\":\"lo\"}]")]
    public async Task Content_may_be_a_string_or_text_parts(string content)
    {
        var (response, json) = await _server.Post(Path, $$"""{"model":"town","messages":[{"role":"user",{{content}}}],"max_tokens":8,"temperature":0}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var (_, same) = await _server.Post(Path, """{"model":"town","messages":[{"role":"user","content":"hel\nlo"}],"max_tokens":8,"temperature":0}""");
        Assert.Equal(Text(same), Text(json));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_words_and_another_seed_others()
    {
        async Task<string> Say(int seed) => Text((await _server.Post(Path,
            $$"""{"model":"town","messages":[{"role":"user","content":"hello"}],"max_tokens":30,"temperature":1.5,"top_p":0.95,"seed":{{seed}}}""")).Json);
        string first = await Say(7);
        Assert.Equal(first, await Say(7));
        Assert.NotEqual(first, await Say(8));
    }

    [Fact]
    public async Task A_stop_text_ends_the_reply_before_it()
    {
        const string Body = """{"model":"town","messages":[{"role":"user","content":"hello"}],"max_tokens":30,"temperature":0""";
        string free = Text((await _server.Post(Path, Body + "}")).Json);
        string stop = free.Substring(10, 2);
        var (_, json) = await _server.Post(Path, $"{Body},\"stop\":[\"{stop}\"]}}");
        Assert.Equal(free[..free.IndexOf(stop, StringComparison.Ordinal)], Text(json));
        Assert.Equal("stop", json.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task A_stream_is_events_of_chunks_and_ends_with_its_mark()
    {
        using var response = await Stream("""{"model":"town","messages":[{"role":"user","content":"hello"}],"max_tokens":5,"temperature":0,"stream":true}""");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        string body = await response.Content.ReadAsStringAsync();
        string[] events = body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(events, e => Assert.StartsWith("data: ", e));
        Assert.Equal("data: [DONE]", events[^1]);
        var chunks = events[..^1].Select(e => JsonElement.Parse(e["data: ".Length..])).ToList();
        Assert.All(chunks, c => Assert.Equal("chat.completion.chunk", c.GetProperty("object").GetString()));
        Assert.Single(chunks.Select(c => c.GetProperty("id").GetString()).Distinct());
        Assert.Equal("assistant", chunks[0].GetProperty("choices")[0].GetProperty("delta").GetProperty("role").GetString());
        Assert.Equal("length", chunks[^1].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.All(chunks, c => Assert.False(c.TryGetProperty("usage", out _)));
    }

    [Fact]
    public async Task A_stream_tells_the_usage_when_asked()
    {
        using var response = await Stream("""
            {"model":"town","messages":[{"role":"user","content":"hello"}],"max_tokens":5,"stream":true,"stream_options":{"include_usage":true}}
            """);
        string[] events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var last = JsonElement.Parse(events[^2]["data: ".Length..]);
        Assert.Empty(last.GetProperty("choices").EnumerateArray());
        Assert.True(last.GetProperty("usage").GetProperty("prompt_tokens").GetInt32() > 0);
        Assert.Equal(JsonValueKind.Null, JsonElement.Parse(events[0]["data: ".Length..]).GetProperty("usage").ValueKind);
    }

    [Fact]
    public async Task Answers_from_posts_carry_their_citations_whole_and_streamed()
    {
        const string Body = """{"model":"town+search","messages":[{"role":"user","content":"When does the ferry leave?"}]""";
        var (_, whole) = await _server.Post(Path, Body + "}");
        var citation = whole.GetProperty("citations")[0];
        Assert.Equal(1, citation.GetProperty("number").GetInt32());
        Assert.Equal("x:101", citation.GetProperty("id").GetString());
        Assert.Equal("amy", citation.GetProperty("author").GetString());
        Assert.Equal("https://x.com/amy/status/101", citation.GetProperty("url").GetString());
        Assert.Contains("[1]", Text(whole));

        using var response = await Stream(Body + ",\"stream\":true}");
        string[] events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("x:101", JsonElement.Parse(events[^2]["data: ".Length..]).GetProperty("citations")[0].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("zygomorphic quetzal?", "Nothing about this")]
    [InlineData("量子色動力學？", "找不到")]
    public async Task Where_the_posts_say_nothing_it_says_so(string question, string told)
    {
        var (_, json) = await _server.Post(Path, JsonSerializer.Serialize(new
        {
            model = "town+search",
            messages = new[] { new { role = "user", content = question } },
        }));
        Assert.Contains(told, Text(json));
        Assert.Empty(json.GetProperty("citations").EnumerateArray());
    }

    [Theory]
    [InlineData(Path, """{"model":"endless","messages":[{"role":"user","content":"hello"}],"temperature":0,"stream":true}""")]
    [InlineData("/v1/completions", """{"model":"endless","prompt":"hello","max_tokens":100000,"temperature":0,"stream":true}""")]
    public async Task A_client_that_goes_away_stops_the_decoding(string path, string body)
    {
        // a reply of 131,000 tokens would take this model several minutes
        await using var server = await TestServer.Start(home => TinyModel.Write(home.Model("endless"), 1 << 17));
        var gate = server.App.Services.GetRequiredService<GenerationGate>();
        using (var response = await server.Http.SendAsync(
            new(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") }, HttpCompletionOption.ResponseHeadersRead))
        {
            using var stream = await response.Content.ReadAsStreamAsync();
            Assert.NotEqual(0, await stream.ReadAsync(new byte[100]));
            Assert.Equal(1, gate.Active);
        }
        var patience = Stopwatch.StartNew();
        while (gate.Active > 0)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), "the server still writes to nobody");
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task A_crowd_is_told_to_come_again()
    {
        await HealthTests.UntilReady(_server);
        const string Long = """{"model":"town","messages":[{"role":"user","content":"hello"}],"max_tokens":400,"temperature":0}""";
        var all = await Task.WhenAll(Enumerable.Range(0, GenerationGate.Running + GenerationGate.Waiting + 20).Select(async _ =>
        {
            using var response = await _server.Http.PostAsync(Path, new StringContent(Long, Encoding.UTF8, "application/json"));
            return (response.StatusCode, response.Headers.RetryAfter?.Delta, Body: await response.Content.ReadAsStringAsync());
        }));
        var refused = all.Where(r => r.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, r => Assert.True(r.Delta > TimeSpan.Zero));
        Assert.All(refused, r => Assert.Contains("rate_limit_exceeded", r.Body));
        Assert.All(all.Except(refused), r => Assert.Equal(HttpStatusCode.OK, r.StatusCode));
    }

    private async Task<HttpResponseMessage> Stream(string body) => await _server.Http.SendAsync(
        new(HttpMethod.Post, Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") }, HttpCompletionOption.ResponseHeadersRead);

    private static string Text(JsonElement json) => json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
}
