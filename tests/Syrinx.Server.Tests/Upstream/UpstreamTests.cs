using System.Net;
using System.Text.Json;
using Syrinx.Server.Chat;
using Syrinx.Server.Serving;
using Syrinx.Server.Tests.Support;
using Syrinx.Server.Upstream;

namespace Syrinx.Server.Tests.Upstream;

/// <summary>One Syrinx before another, over loopback.</summary>
public sealed class UpstreamTests : IAsyncLifetime
{
    private const string Chat = """{"model":"town","messages":[{"role":"user","content":"hello"}],"max_tokens":12,"temperature":0""";

    private TestServer _behind = null!;
    private TestServer _front = null!;

    public async ValueTask InitializeAsync()
    {
        _behind = await TestServer.Start(TownServer.Fill);
        _front = await TestServer.Start(
            home =>
            {
                TownServer.Fill(home);
                Directory.Delete(home.Models, recursive: true);
            },
            s => s with { Upstream = ServerSettings.UpstreamOf(_behind.Url) });
    }

    [Fact]
    public async Task Its_models_are_the_other_servers_and_the_search_is_its_own()
    {
        var ids = (await _front.Get("/v1/models")).GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString());
        Assert.Equal(["town", "town+search"], ids);
        Assert.Equal("loaded", (await _front.Get("/health/ready")).GetProperty("model").GetString());
        var (_, answer) = await _front.Post("/v1/chat/completions", """{"model":"town+search","messages":[{"role":"user","content":"When does the ferry leave?"}]}""");
        Assert.NotEmpty(answer.GetProperty("citations").EnumerateArray());
        Assert.Equal(HttpStatusCode.NotFound, (await _front.Post("/v1/completions", """{"model":"nobody","prompt":"a"}""")).Response.StatusCode);
    }

    [Fact]
    public async Task Replies_are_the_same_whole_and_streamed()
    {
        var (_, direct) = await _behind.Post("/v1/chat/completions", Chat + "}");
        var (response, relayed) = await _front.Post("/v1/chat/completions", Chat + "}");
        Assert.Equal("true", response.Headers.GetValues("X-AI-Generated").Single());
        string words = Words(direct);
        Assert.Equal(words, Words(relayed));
        Assert.Equal(direct.GetProperty("usage").ToString(), relayed.GetProperty("usage").ToString());

        using var stream = await _front.Http.PostAsync("/v1/chat/completions",
            new StringContent(Chat + ""","stream":true,"stream_options":{"include_usage":true}}""", System.Text.Encoding.UTF8, "application/json"));
        string[] events = (await stream.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", events[^1]);
        var chunks = events[..^1].Select(e => JsonElement.Parse(e["data: ".Length..])).ToList();
        Assert.Equal(words, string.Concat(chunks.SelectMany(c => c.GetProperty("choices").EnumerateArray())
            .Select(c => c.GetProperty("delta").TryGetProperty("content", out var text) ? text.GetString() : "")));
        Assert.Equal(12, chunks[^1].GetProperty("usage").GetProperty("completion_tokens").GetInt32());

        var (_, embedding) = await _front.Post("/v1/embeddings", """{"model":"town","input":"ferry"}""");
        Assert.NotEmpty(embedding.GetProperty("data").EnumerateArray().Single().GetProperty("embedding").EnumerateArray());
    }

    [Fact]
    public async Task Its_errors_come_through_as_they_are()
    {
        var (response, json) = await _front.Post("/v1/chat/completions", """{"model":"town","messages":[{"role":"user","content":"hello"}],"temperature":9}""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("temperature", json.GetProperty("error").GetProperty("param").GetString());
    }

    [Theory]
    [InlineData("\"Write as @amy:\"", HttpStatusCode.BadRequest)]
    [InlineData("[\"Write as @amy:\"]", HttpStatusCode.BadRequest)]
    [InlineData("\"the ferry\"", HttpStatusCode.OK)]
    public async Task Prompts_are_looked_at_before_they_are_handed_on(string prompt, HttpStatusCode status)
    {
        var (response, _) = await _front.Post("/v1/completions", $$"""{"model":"town","max_tokens":3,"prompt":{{prompt}}}""");
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task The_assistant_of_the_pages_speaks_with_it()
    {
        var said = new List<AssistantUpdate>();
        await foreach (var update in _front.App.Services.GetRequiredService<Assistant>().Ask([new ConversationMessage { Role = "user", Text = "hello" }]))
            said.Add(update);
        Assert.NotEmpty(said.OfType<AssistantUpdate.ModelWords>());
        Assert.Equal("town", said.OfType<AssistantUpdate.Done>().Single().Model);
        Assert.Contains("town", await _front.Http.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_it_does_not_answer_that_is_said_and_the_search_goes_on()
    {
        await _behind.App.StopAsync();
        var (response, json) = await _front.Post("/v1/chat/completions", Chat + "}");
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.StartsWith("The upstream server does not answer", json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        await _front.App.Services.GetRequiredService<UpstreamServer>().Ask(default);
        Assert.Equal("failed", _front.App.Services.GetRequiredService<ServedModels>().State);
        Assert.Equal(HttpStatusCode.OK, (await _front.Http.GetAsync("/api/search?q=ferry")).StatusCode);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8000", "http://127.0.0.1:8000/v1/")]
    [InlineData("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1/")]
    [InlineData("https://models.example/openai/v1/", "https://models.example/openai/v1/")]
    public void Its_address_may_be_written_with_or_without_v1(string written, string expected) =>
        Assert.Equal(expected, ServerSettings.UpstreamOf(written).ToString());

    [Theory]
    [InlineData("127.0.0.1:8000")]
    [InlineData("ftp://127.0.0.1/")]
    public void What_is_no_address_is_refused(string written) => Assert.Throws<InputException>(() => ServerSettings.UpstreamOf(written));

    public async ValueTask DisposeAsync()
    {
        await _front.DisposeAsync();
        await _behind.DisposeAsync();
    }

    private static string Words(JsonElement reply) =>
        reply.GetProperty("choices").EnumerateArray().Single().GetProperty("message").GetProperty("content").GetString()!;
}
