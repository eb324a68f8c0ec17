using System.ClientModel;
using System.Net;
using System.Text;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.OpenAi;

/// <summary>Choices, log-probabilities, schemas, grammars and tools, byte by byte and with OpenAI's own .NET client.</summary>
public sealed class StructuredOutputTests(StructuredOutputTests.ToolServer server) : IClassFixture<StructuredOutputTests.ToolServer>
{
    private const string Path = "/v1/chat/completions";
    private const string Messages = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";
    private const string Schema = """{"type":"object","properties":{"town":{"type":"string","maxLength":8},"ferries":{"type":"integer","minimum":1,"maximum":12},"open":{"type":"boolean"}},"required":["town","ferries","open"],"additionalProperties":false}""";
    private const string Tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"find_ferry\",\"description\":\"when\",\"parameters\":" + Schema + "}},{\"type\":\"function\",\"function\":{\"name\":\"stop\",\"strict\":true}}]";

    private readonly TestServer _server = server.Server;

    /// <summary>Two models that know nothing; one has a template that tells of tools as Qwen's does, one as Llama's.</summary>
    public sealed class ToolServer : IAsyncLifetime
    {
        private const string Template = """
            {%- if tools %}{{- '<|im_start|>system\nTools: ' }}{%- for tool in tools %}{{- tool | tojson }}{%- endfor %}{{- MARK ~ '<|im_end|>\n' }}{%- endif %}
            {%- for m in messages %}{{- '<|im_start|>' ~ m.role ~ '\n' ~ (m.content or '') }}{%- for c in m.tool_calls or [] %}{{- c.function.name ~ c.function.arguments | tojson }}{%- endfor %}{{- '<|im_end|>\n' }}{%- endfor %}
            {%- if add_generation_prompt %}{{- '<|im_start|>assistant\n' }}{%- endif %}
            """;

        internal TestServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await TestServer.Start(home =>
        {
            TinyModel.Write(home.Model("qwen"), chatTemplate: Template.Replace("MARK", "'<tool_call>{}</tool_call>'"));
            TinyModel.Write(home.Model("llama"), chatTemplate: Template.Replace("MARK", "'parameters'"));
        });

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }

    [Fact]
    public async Task A_reply_fits_the_schema_however_little_room_there_is()
    {
        for (int seed = 0; seed < 8; seed++)
        {
            var json = await Post($"\"max_tokens\":{44 + 20 * (seed % 3)},\"temperature\":2,\"top_p\":1,\"seed\":{seed},\"response_format\":{{\"type\":\"json_schema\",\"json_schema\":{{\"name\":\"town\",\"strict\":true,\"schema\":{Schema}}}}}");
            var choice = json.GetProperty("choices")[0];
            Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
            var reply = JsonElement.Parse(Content(choice));
            Assert.Equal(["town", "ferries", "open"], reply.EnumerateObject().Select(p => p.Name));
            Assert.InRange(reply.GetProperty("ferries").GetInt32(), 1, 12);
        }
        var any = await Post("\"max_tokens\":40,\"temperature\":2,\"response_format\":{\"type\":\"json_object\"}");
        Assert.Equal(JsonValueKind.Object, JsonElement.Parse(Content(any.GetProperty("choices")[0])).ValueKind);
    }

    [Fact]
    public async Task A_grammar_is_kept_in_chat_and_completions()
    {
        const string Grammar = "\"grammar\":\"root ::= (\\\"yes\\\" | \\\"no\\\") \\\"!\\\"{2}\",\"temperature\":2,\"max_tokens\":20";
        Assert.Matches("^(yes|no)!!$", Content((await Post(Grammar)).GetProperty("choices")[0]));
        var (_, json) = await _server.Post("/v1/completions", "{\"model\":\"qwen\",\"prompt\":\"well\"," + Grammar + "}");
        Assert.Matches("^(yes|no)!!$", json.GetProperty("choices")[0].GetProperty("text").GetString());
        Assert.Equal("stop", json.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Theory]
    [InlineData("qwen")]
    [InlineData("llama")]
    public async Task A_tool_that_must_be_called_is_called_with_arguments_that_fit(string model)
    {
        var choice = (await Post($"{Tools},\"tool_choice\":\"required\",\"max_tokens\":200,\"temperature\":2", model)).GetProperty("choices")[0];
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(JsonValueKind.Null, choice.GetProperty("message").GetProperty("content").ValueKind);
        Assert.Contains(Call(choice.GetProperty("message")).GetProperty("name").GetString(), new[] { "find_ferry", "stop" });

        const string Named = Tools + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"find_ferry\"}},\"max_tokens\":200,\"temperature\":2,\"seed\":4";
        choice = (await Post(Named, model)).GetProperty("choices")[0];
        var call = Call(choice.GetProperty("message"));
        Assert.Equal("find_ferry", call.GetProperty("name").GetString());
        Assert.InRange(JsonElement.Parse(call.GetProperty("arguments").GetString()!).GetProperty("ferries").GetInt32(), 1, 12);

        var chunks = await Stream(Named, model);
        var streamed = chunks.Select(c => c.GetProperty("choices")[0].GetProperty("delta")).Single(d => d.TryGetProperty("tool_calls", out _));
        Assert.Equal(0, streamed.GetProperty("tool_calls")[0].GetProperty("index").GetInt32());
        Assert.Equal(call.GetProperty("arguments").GetString(), Call(streamed).GetProperty("arguments").GetString());
        Assert.Equal("tool_calls", chunks[^1].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.DoesNotContain(chunks, c => c.GetProperty("choices")[0].GetProperty("delta").TryGetProperty("content", out var text) && text.GetString()!.Length > 0);
    }

    [Fact]
    public async Task Without_a_wish_for_tools_they_are_only_offered_and_none_hides_them()
    {
        async Task<int> Prompt(string more) => (await Post(more + ",\"max_tokens\":1")).GetProperty("usage").GetProperty("prompt_tokens").GetInt32();
        Assert.True(await Prompt(Tools) > await Prompt(Tools + ",\"tool_choice\":\"none\"") + 100);
        // the history of calls is read, too
        const string History = "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"stop\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"done\"}";
        var (response, _) = await _server.Post(Path, "{\"model\":\"qwen\",\"max_tokens\":1," + Tools + ",\"messages\":[{\"role\":\"user\",\"content\":\"stop\"}," + History + "]}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Choices_have_seeds_of_their_own_and_the_first_is_the_one_alone()
    {
        const string Body = "\"max_tokens\":15,\"temperature\":1.5,\"seed\":3";
        var three = await Post(Body + ",\"n\":3");
        var texts = three.GetProperty("choices").EnumerateArray().Select(Content).ToList();
        Assert.Equal([0, 1, 2], three.GetProperty("choices").EnumerateArray().Select(c => c.GetProperty("index").GetInt32()));
        Assert.Equal(3, texts.Distinct().Count());
        Assert.Equal(texts[0], Content((await Post(Body)).GetProperty("choices")[0]));
        Assert.Equal(45, three.GetProperty("usage").GetProperty("completion_tokens").GetInt32());

        var chunks = await Stream(Body + ",\"n\":3");
        for (int i = 0; i < 3; i++)
        {
            var own = chunks.Select(c => c.GetProperty("choices")[0]).Where(c => c.GetProperty("index").GetInt32() == i).ToList();
            Assert.Equal(texts[i], string.Concat(own.Select(c => c.GetProperty("delta").TryGetProperty("content", out var text) ? text.GetString() : "")));
            Assert.Single(own, c => c.GetProperty("finish_reason").ValueKind != JsonValueKind.Null);
        }
        var (_, completion) = await _server.Post("/v1/completions", "{\"model\":\"qwen\",\"prompt\":\"well\",\"n\":2,\"best_of\":2," + Body + "}");
        Assert.Equal(2, completion.GetProperty("choices").EnumerateArray().Select(c => c.GetProperty("text").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Log_probabilities_are_told_whole_streamed_and_in_completions()
    {
        const string Body = "\"max_tokens\":6,\"temperature\":0,\"logprobs\":true,\"top_logprobs\":2";
        var choice = (await Post(Body)).GetProperty("choices")[0];
        var content = choice.GetProperty("logprobs").GetProperty("content").EnumerateArray().ToList();
        Assert.Equal(Content(choice), string.Concat(content.Select(t => t.GetProperty("token").GetString())));
        Assert.All(content, t =>
        {
            Assert.Equal(2, t.GetProperty("top_logprobs").GetArrayLength());
            // greedy: the chosen one is the likeliest
            Assert.Equal(t.GetProperty("logprob").GetDouble(), t.GetProperty("top_logprobs")[0].GetProperty("logprob").GetDouble());
            Assert.True(t.GetProperty("logprob").GetDouble() < 0);
            Assert.Equal(t.GetProperty("token").GetString(), Encoding.UTF8.GetString([.. t.GetProperty("bytes").EnumerateArray().Select(b => b.GetByte())]));
        });
        var streamed = (await Stream(Body)).Select(c => c.GetProperty("choices")[0].GetProperty("logprobs")).Where(l => l.ValueKind == JsonValueKind.Object)
            .SelectMany(l => l.GetProperty("content").EnumerateArray()).Select(t => t.GetRawText());
        Assert.Equal(content.Select(t => t.GetRawText()), streamed);

        var (_, json) = await _server.Post("/v1/completions", "{\"model\":\"qwen\",\"prompt\":\"well\",\"max_tokens\":4,\"temperature\":0,\"logprobs\":3}");
        var logprobs = json.GetProperty("choices")[0].GetProperty("logprobs");
        Assert.Equal(json.GetProperty("choices")[0].GetProperty("text").GetString(), string.Concat(logprobs.GetProperty("tokens").EnumerateArray().Select(t => t.GetString())));
        Assert.Equal([0, 1, 2, 3], logprobs.GetProperty("text_offset").EnumerateArray().Select(o => o.GetInt32()));
        Assert.Equal(4, logprobs.GetProperty("top_logprobs").GetArrayLength());
    }

    [Fact]
    public async Task OpenAIs_own_client_reads_structure_tools_and_log_probabilities()
    {
        var client = new OpenAIClient(new ApiKeyCredential("unused"), new OpenAIClientOptions { Endpoint = new Uri(_server.Url + "/v1") }).GetChatClient("qwen");
        ChatCompletion json = await client.CompleteChatAsync([new UserChatMessage("hi")], new ChatCompletionOptions
        {
            MaxOutputTokenCount = 80,
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("town", BinaryData.FromString(Schema), jsonSchemaIsStrict: true),
            IncludeLogProbabilities = true,
            TopLogProbabilityCount = 1,
        });
        Assert.True(JsonElement.Parse(json.Content[0].Text).TryGetProperty("town", out _));
        Assert.NotEmpty(json.ContentTokenLogProbabilities);
        ChatCompletion call = await client.CompleteChatAsync([new UserChatMessage("hi")], new ChatCompletionOptions
        {
            MaxOutputTokenCount = 200,
            Tools = { ChatTool.CreateFunctionTool("find_ferry", "when", BinaryData.FromString(Schema)) },
            ToolChoice = ChatToolChoice.CreateRequiredChoice(),
        });
        Assert.Equal(ChatFinishReason.ToolCalls, call.FinishReason);
        Assert.Equal("find_ferry", Assert.Single(call.ToolCalls).FunctionName);
    }

    private async Task<JsonElement> Post(string fields, string model = "qwen")
    {
        var (response, json) = await _server.Post(Path, $"{{\"model\":\"{model}\",{Messages},{fields}}}");
        Assert.True(response.StatusCode == HttpStatusCode.OK, json.GetRawText());
        return json;
    }

    private async Task<List<JsonElement>> Stream(string fields, string model = "qwen")
    {
        using var response = await _server.Http.PostAsync(Path, new StringContent($"{{\"model\":\"{model}\",\"stream\":true,{Messages},{fields}}}", Encoding.UTF8, "application/json"));
        string[] events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", events[^1]);
        return [.. events[..^1].Select(e => JsonElement.Parse(e["data: ".Length..]))];
    }

    private static string Content(JsonElement choice) => choice.GetProperty("message").GetProperty("content").GetString()!;

    private static JsonElement Call(JsonElement message) => Assert.Single(message.GetProperty("tool_calls").EnumerateArray()).GetProperty("function");
}
