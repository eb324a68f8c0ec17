using System.Net;
using System.Text;
using System.Text.Json;
using Syrinx.Models;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.OpenAi;

public sealed class CompletionsTests(TownServer town) : IClassFixture<TownServer>
{
    private readonly TestServer _server = town.Server;

    [Fact]
    public async Task A_GGUF_file_outside_the_home_folder_is_served_under_its_name()
    {
        await using var server = await TestServer.Start(home =>
        {
            TownServer.Fill(home);
            using var town = ModelFiles.Open(home.Model("town"));
            ModelExport.WriteGguf(town, TensorType.Q8, Path.Combine(home.Path, "elsewhere.gguf"));
        }, settings => settings with { Model = Path.Combine(settings.Home.Path, "elsewhere.gguf") });
        var (_, json) = await server.Post("/v1/completions", """{"model":"elsewhere","prompt":"The","max_tokens":4}""");
        Assert.Equal("elsewhere", json.GetProperty("model").GetString());
        Assert.Equal(4, json.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        var models = await server.Get("/v1/models");
        Assert.Contains("town", models.ToString()); // those of the home folder are there, too
    }

    [Fact]
    public async Task The_raw_model_goes_on_with_a_text_for_sixteen_tokens()
    {
        var (response, json) = await _server.Post("/v1/completions", """{"model":"town","prompt":"the ferry","temperature":0}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text_completion", json.GetProperty("object").GetString());
        Assert.StartsWith("cmpl-", json.GetProperty("id").GetString());
        Assert.Matches("^[a-z]{16}$", json.GetProperty("choices")[0].GetProperty("text").GetString());
        Assert.Equal("length", json.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        // no template, no marks: as many tokens as bytes
        Assert.Equal(9, json.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(16, json.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task A_streamed_completion_adds_up_to_the_whole_one()
    {
        const string Body = """{"model":"town","prompt":"the ferry","temperature":0,"max_tokens":24""";
        var (_, whole) = await _server.Post("/v1/completions", Body + "}");
        using var response = await _server.Http.PostAsync("/v1/completions",
            new StringContent(Body + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}", Encoding.UTF8, "application/json"));
        string[] events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", events[^1]);
        var chunks = events[..^1].Select(e => JsonElement.Parse(e["data: ".Length..])).ToList();
        string text = string.Concat(chunks.SelectMany(c => c.GetProperty("choices").EnumerateArray()).Select(c => c.GetProperty("text").GetString()));
        Assert.Equal(whole.GetProperty("choices")[0].GetProperty("text").GetString(), text);
        Assert.Equal(24, chunks[^1].GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Embeddings_are_the_same_as_numbers_and_as_base64()
    {
        var (_, numbers) = await _server.Post("/v1/embeddings", """{"model":"town","input":"the ferry"}""");
        var (_, base64) = await _server.Post("/v1/embeddings", """{"model":"town","input":["the ferry"],"encoding_format":"base64"}""");
        float[] first = [.. numbers.GetProperty("data")[0].GetProperty("embedding").EnumerateArray().Select(x => x.GetSingle())];
        byte[] bytes = base64.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();
        Assert.Equal(first, Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToSingle(bytes, i * 4)));
        Assert.Equal(9, numbers.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
    }
}
