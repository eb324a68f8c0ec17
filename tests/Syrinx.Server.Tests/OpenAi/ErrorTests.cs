using System.Net;
using System.Text;
using System.Text.Json;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.OpenAi;

/// <summary>What is wrong with a request is told with OpenAI's status, type, param and code.</summary>
public sealed class ErrorTests(TownServer town) : IClassFixture<TownServer>
{
    private const string Messages = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private readonly TestServer _server = town.Server;

    [Theory]
    [InlineData("", 400, null, "invalid_json")]
    [InlineData("{", 400, null, "invalid_json")]
    [InlineData("[]", 400, null, "invalid_type")]
    [InlineData("{\"model\":\"town\",\"model\":\"town\"," + Messages + "}", 400, null, "invalid_json")]
    [InlineData("{" + Messages + "}", 400, "model", "missing_required_parameter")]
    [InlineData("{\"model\":1," + Messages + "}", 400, "model", "invalid_type")]
    [InlineData("{\"model\":\"gpt-9\"," + Messages + "}", 404, "model", "model_not_found")]
    [InlineData("{\"model\":\"../town\"," + Messages + "}", 404, "model", "model_not_found")]
    [InlineData("{\"model\":\"town\"}", 400, "messages", "missing_required_parameter")]
    [InlineData("{\"model\":\"town\",\"messages\":[]}", 400, "messages", "empty_array")]
    [InlineData("{\"model\":\"town\",\"messages\":\"hi\"}", 400, "messages", "invalid_type")]
    [InlineData("{\"model\":\"town\",\"messages\":[1]}", 400, "messages[0]", "invalid_type")]
    [InlineData("{\"model\":\"town\",\"messages\":[{\"content\":\"hi\"}]}", 400, "messages[0].role", "missing_required_parameter")]
    [InlineData("{\"model\":\"town\",\"messages\":[{\"role\":\"god\",\"content\":\"hi\"}]}", 400, "messages[0].role", "invalid_value")]
    [InlineData("{\"model\":\"town\",\"messages\":[{\"role\":\"user\"}]}", 400, "messages[0].content", "missing_required_parameter")]
    [InlineData("{\"model\":\"town\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}", 400, "messages[0].content[0].type", "invalid_value")]
    [InlineData("{\"model\":\"town\",\"temperature\":\"hot\"," + Messages + "}", 400, "temperature", "invalid_type")]
    [InlineData("{\"model\":\"town\",\"temperature\":3," + Messages + "}", 400, "temperature", "decimal_above_max_value")]
    [InlineData("{\"model\":\"town\",\"top_p\":-1," + Messages + "}", 400, "top_p", "decimal_below_min_value")]
    [InlineData("{\"model\":\"town\",\"max_tokens\":0," + Messages + "}", 400, "max_tokens", "integer_below_min_value")]
    [InlineData("{\"model\":\"town\",\"max_tokens\":1.5," + Messages + "}", 400, "max_tokens", "invalid_type")]
    [InlineData("{\"model\":\"town\",\"max_completion_tokens\":1e30," + Messages + "}", 400, "max_completion_tokens", "integer_above_max_value")]
    [InlineData("{\"model\":\"town\",\"seed\":\"x\"," + Messages + "}", 400, "seed", "invalid_type")]
    [InlineData("{\"model\":\"town\",\"n\":0," + Messages + "}", 400, "n", "integer_below_min_value")]
    [InlineData("{\"model\":\"town\",\"n\":1000000," + Messages + "}", 400, "n", "integer_above_max_value")]
    [InlineData("{\"model\":\"town\",\"top_logprobs\":3," + Messages + "}", 400, "top_logprobs", "invalid_value")]
    [InlineData("{\"model\":\"town\",\"logprobs\":true,\"top_logprobs\":21," + Messages + "}", 400, "top_logprobs", "integer_above_max_value")]
    [InlineData("{\"model\":\"town\",\"logit_bias\":{\"x\":1}," + Messages + "}", 400, "logit_bias", "invalid_value")]
    [InlineData("{\"model\":\"town\",\"logit_bias\":{\"259\":1}," + Messages + "}", 400, "logit_bias", "invalid_value")]
    [InlineData("{\"model\":\"town\",\"logit_bias\":{\"5\":101}," + Messages + "}", 400, "logit_bias.5", "decimal_above_max_value")]
    [InlineData("{\"model\":\"town\",\"min_p\":2," + Messages + "}", 400, "min_p", "decimal_above_max_value")]
    [InlineData("{\"model\":\"town\",\"mirostat\":2," + Messages + "}", 400, "mirostat", "unsupported_parameter")]
    [InlineData("{\"model\":\"town\",\"grammar\":\"root ::= x\"," + Messages + "}", 400, "grammar", "invalid_value")]
    [InlineData("{\"model\":\"town\",\"max_tokens\":3,\"grammar\":\"root ::= \\\"abcdef\\\"\"," + Messages + "}", 400, "max_tokens", "invalid_value")]
    [InlineData("{\"model\":\"town+search\",\"n\":2," + Messages + "}", 400, "n", "unsupported_parameter")]
    [InlineData("{\"model\":\"town\",\"functions\":[{}]," + Messages + "}", 400, "functions", "unsupported_parameter")]
    [InlineData("{\"model\":\"town\",\"tool_choice\":\"required\"," + Messages + "}", 400, "tool_choice", "invalid_value")]
    [InlineData("{\"model\":\"town\",\"response_format\":{\"type\":\"xml\"}," + Messages + "}", 400, "response_format.type", "invalid_value")]
    [InlineData("{\"model\":\"town\",\"response_format\":{\"type\":\"json_schema\"}," + Messages + "}", 400, "response_format.json_schema", "missing_required_parameter")]
    [InlineData("{\"model\":\"town\",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":{\"not\":{}}}}," + Messages + "}", 400, "response_format", "invalid_value")]
    [InlineData("{\"model\":\"town\",\"frequency_penalty\":3," + Messages + "}", 400, "frequency_penalty", "decimal_above_max_value")]
    [InlineData("{\"model\":\"town\",\"tools\":[{\"type\":\"function\"}]," + Messages + "}", 400, "tools[0].function", "missing_required_parameter")]
    // its template has no place for them
    [InlineData("{\"model\":\"town\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]," + Messages + "}", 400, "messages", "invalid_value")]
    [InlineData("{\"model\":\"town\",\"stop\":[\"1\",\"2\",\"3\",\"4\",\"5\"]," + Messages + "}", 400, "stop", "array_above_max_length")]
    [InlineData("{\"model\":\"town\",\"stop\":[1]," + Messages + "}", 400, "stop[0]", "invalid_type")]
    [InlineData("{\"model\":\"town\",\"stream_options\":{\"include_usage\":true}," + Messages + "}", 400, "stream_options", "invalid_value")]
    public async Task A_bad_chat_request_names_its_field(string body, int status, string? param, string? code)
    {
        var (response, json) = await _server.Post("/v1/chat/completions", body);
        Assert.Equal(status, (int)response.StatusCode);
        var error = json.GetProperty("error");
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
    }

    [Theory]
    [InlineData("\"n\":1,\"logprobs\":false,\"top_logprobs\":null,\"tools\":[],\"frequency_penalty\":0,\"response_format\":{\"type\":\"text\"}")]
    [InlineData("\"user\":\"u\",\"metadata\":{\"a\":\"b\"},\"parallel_tool_calls\":true,\"service_tier\":\"auto\",\"something_new\":[1,2]")]
    public async Task What_asks_for_nothing_special_is_accepted(string fields)
    {
        var (response, _) = await _server.Post("/v1/chat/completions", "{\"model\":\"town\",\"max_tokens\":1," + fields + "," + Messages + "}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_conversation_longer_than_the_context_is_refused_with_both_numbers()
    {
        var (response, json) = await _server.Post("/v1/chat/completions",
            "{\"model\":\"town\",\"messages\":[{\"role\":\"user\",\"content\":\"" + new string('x', 3000) + "\"}]}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = json.GetProperty("error");
        Assert.Equal("context_length_exceeded", error.GetProperty("code").GetString());
        Assert.Contains("2048 tokens", error.GetProperty("message").GetString());
        Assert.Matches("30[0-9][0-9] tokens", error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", 404)]
    [InlineData("GET", "/v1/chat/completions", 405)]
    [InlineData("POST", "/v1/models", 405)]
    [InlineData("GET", "/v1/models/gpt-9", 404)]
    public async Task Wrong_addresses_and_methods_have_OpenAIs_shape(string method, string path, int status)
    {
        using var response = await _server.Http.SendAsync(new(new HttpMethod(method), path));
        Assert.Equal(status, (int)response.StatusCode);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("invalid_request_error", json.GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_form_or_plain_text_is_not_taken_for_JSON()
    {
        // these are what a foreign page could send without asking first
        using var response = await _server.Http.PostAsync("/v1/chat/completions", new StringContent("{\"model\":\"town\"," + Messages + "}", Encoding.UTF8, "text/plain"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var (response, json) = await _server.Post("/v1/chat/completions", "{\"model\":\"" + new string('x', 1 << 20) + "\"}");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("invalid_request_error", json.GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Nesting_without_end_is_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 5000));
        var (response, json) = await _server.Post("/v1/chat/completions", "{\"x\":" + deep);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_json", json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Elsewhere_errors_are_problem_details()
    {
        using var response = await _server.Http.GetAsync("/api/nothing");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/v1/completions", "{\"model\":\"town\"}", "prompt", "missing_required_parameter")]
    [InlineData("/v1/completions", "{\"model\":\"town\",\"prompt\":[\"a\",\"b\"]}", "prompt", "invalid_value")]
    [InlineData("/v1/completions", "{\"model\":\"town\",\"prompt\":\"a\",\"suffix\":\"b\"}", "suffix", "unsupported_parameter")]
    [InlineData("/v1/completions", "{\"model\":\"town\",\"prompt\":\"a\",\"echo\":true}", "echo", "unsupported_parameter")]
    [InlineData("/v1/completions", "{\"model\":\"town+search\",\"prompt\":\"a\"}", "model", "invalid_value")]
    [InlineData("/v1/embeddings", "{\"model\":\"town\"}", "input", "missing_required_parameter")]
    [InlineData("/v1/embeddings", "{\"model\":\"town\",\"input\":[]}", "input", "invalid_value")]
    [InlineData("/v1/embeddings", "{\"model\":\"town\",\"input\":\"\"}", "input", "invalid_value")]
    [InlineData("/v1/embeddings", "{\"model\":\"town\",\"input\":\"a\",\"encoding_format\":\"hex\"}", "encoding_format", "invalid_value")]
    [InlineData("/v1/embeddings", "{\"model\":\"town\",\"input\":\"a\",\"dimensions\":7}", "dimensions", "invalid_value")]
    [InlineData("/v1/embeddings", "{\"model\":\"town+search\",\"input\":\"a\"}", "model", "invalid_value")]
    public async Task A_bad_completion_or_embedding_names_its_field(string path, string body, string param, string code)
    {
        var (response, json) = await _server.Post(path, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(param, json.GetProperty("error").GetProperty("param").GetString());
        Assert.Equal(code, json.GetProperty("error").GetProperty("code").GetString());
    }
}
