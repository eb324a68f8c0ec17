using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Syrinx.Server.Observability;
using Syrinx.Server.OpenAi;

namespace Syrinx.Server.Upstream;

/// <summary>
/// Hands a request on and its answer back, whole or streamed, with our mark that a machine made it; tokens and times go to the meter. A
/// client that goes away ends the upstream request, too.
/// </summary>
internal static class UpstreamReply
{
    /// <param name="http">The request.</param>
    /// <param name="server">Where it goes.</param>
    /// <param name="path">OpenAI's path, <c>chat/completions</c>.</param>
    /// <param name="body">The request's body.</param>
    /// <param name="operation">As <see cref="RequestMeter.Operation"/>.</param>
    public static async Task Relay(HttpContext http, UpstreamServer server, string path, JsonElement body, string operation)
    {
        var meter = RequestMeter.Of(http);
        var cancel = http.RequestAborted;
        meter.Asked(operation, body.GetProperty("model").GetString()!, 0);
        meter.LeftQueue();
        using var answer = await server.Send(path, body, cancel);
        http.Response.StatusCode = (int)answer.StatusCode;
        if (answer.Headers.RetryAfter is { } retry)
            http.Response.Headers.RetryAfter = retry.ToString();
        if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            AiMark.Set(http.Response);
            await Stream(http, answer, meter, cancel);
            return;
        }
        JsonObject? json = null;
        try
        {
            json = await answer.Content.ReadFromJsonAsync<JsonNode>(cancel) as JsonObject;
        }
        catch (JsonException)
        {
        }
        if (json is null || (!answer.IsSuccessStatusCode && json["error"] is not JsonObject))
            throw new ApiException(StatusCodes.Status502BadGateway, $"The upstream server answered with status {(int)answer.StatusCode} and nothing that OpenAI's protocol knows.");
        if (answer.IsSuccessStatusCode)
        {
            Count(meter, json);
            if (operation != "embeddings")
            {
                AiMark.Set(http.Response);
                json["ai_generated"] = true;
            }
        }
        await http.Response.WriteAsJsonAsync(json, ApiJson.Options, cancel);
    }

    private static async Task Stream(HttpContext http, HttpResponseMessage answer, RequestMeter meter, CancellationToken cancel)
    {
        var events = new SseWriter(http.Response);
        events.Start();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel), Encoding.UTF8);
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            if (!line.StartsWith("data:", StringComparison.Ordinal))
                continue; // comments and names of events
            string data = line[5..].Trim();
            if (data == "[DONE]")
            {
                await events.Done(cancel);
                return;
            }
            if (JsonNode.Parse(data) is not JsonObject chunk)
                continue;
            if (chunk["choices"] is JsonArray { Count: > 0 } choices && Says(choices[0]!))
                meter.Words();
            Count(meter, chunk);
            chunk["ai_generated"] = true;
            await events.Send(chunk, cancel);
        }
    }

    private static bool Says(JsonNode choice) =>
        choice["delta"]?["content"]?.GetValue<string?>() is { Length: > 0 } || choice["text"]?.GetValue<string?>() is { Length: > 0 };

    private static void Count(RequestMeter meter, JsonObject json)
    {
        string? finish = json["choices"] is JsonArray { Count: > 0 } choices ? choices[0]?["finish_reason"]?.GetValue<string?>() : null;
        if (json["usage"] is JsonObject usage)
            meter.Ended(Number(usage, "prompt_tokens"), Number(usage, "completion_tokens"), finish ?? meter.Finish ?? "stop");
        else if (finish is not null)
            meter.Ended(meter.PromptTokens, meter.CompletionTokens, finish);
    }

    private static long Number(JsonObject usage, string name) => usage[name]?.GetValue<long>() ?? 0;
}
