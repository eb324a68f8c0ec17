using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.OpenAi;

/// <summary>OpenAI's own npm client against a real server: <c>tests/openai-npm/chat.mjs</c>, where node and npm are at hand.</summary>
public sealed class NpmClientTests(TownServer town) : IClassFixture<TownServer>
{
    [Fact]
    public async Task It_lists_models_streams_a_chat_reads_citations_and_understands_our_errors()
    {
        var json = await NpmScript.Run("openai-npm", "chat.mjs", town.Server.Url + "/v1", "town");
        Assert.Equal(["town", "town+search"], json.GetProperty("models").EnumerateArray().Select(m => m.GetString()));
        Assert.Matches("^[a-z]{12}$", json.GetProperty("text").GetString());
        Assert.True(json.GetProperty("pieces").GetInt32() > 3);
        Assert.Equal("length", json.GetProperty("finish").GetString());
        Assert.Equal(12, json.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Contains("[1]", json.GetProperty("answer").GetString());
        Assert.Equal("x:101", json.GetProperty("citations")[0].GetProperty("id").GetString());
        Assert.Equal(32, json.GetProperty("dimensions").GetInt32());
        var missing = json.GetProperty("missing");
        Assert.Equal(404, missing.GetProperty("status").GetInt32());
        Assert.Equal("model_not_found", missing.GetProperty("code").GetString());
        Assert.Equal("invalid_request_error", missing.GetProperty("type").GetString());
    }

    /// <summary>Vercel's <c>ai</c> SDK: <c>tests/ai-npm/chat.mjs</c>.</summary>
    [Fact]
    public async Task Vercels_SDK_generates_texts_streams_and_objects()
    {
        var json = await NpmScript.Run("ai-npm", "chat.mjs", town.Server.Url + "/v1", "town");
        Assert.Matches("^[a-z]{12}$", json.GetProperty("whole").GetString());
        Assert.Equal("length", json.GetProperty("finish").GetString());
        Assert.Equal(12, json.GetProperty("usage").GetProperty("outputTokens").GetInt32());
        Assert.Equal(json.GetProperty("whole").GetString(), json.GetProperty("text").GetString());
        Assert.True(json.GetProperty("pieces").GetInt32() > 3);
        Assert.Equal("length", json.GetProperty("streamFinish").GetString());
        Assert.Equal(12, json.GetProperty("streamUsage").GetProperty("outputTokens").GetInt32());
        Assert.Contains("[1]", json.GetProperty("answer").GetString());
        // zod has checked it already
        Assert.True(json.GetProperty("object").GetProperty("place").GetString()!.Length <= 10);
        Assert.Equal(404, json.GetProperty("missing").GetProperty("status").GetInt32());
        Assert.Contains("gpt-9", json.GetProperty("missing").GetProperty("message").GetString());
    }
}
