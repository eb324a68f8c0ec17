using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Syrinx.Server.Chat;

namespace Syrinx.Server.OpenAi;

/// <summary>Spells one reply as OpenAI's objects: whole, or in chunks. Every one of them says that a machine made it.</summary>
internal sealed class ChatReply(string model, string fingerprint, DateTimeOffset createdAt, bool includeUsage)
{
    private readonly string _id = "chatcmpl-" + Guid.NewGuid().ToString("N");

    /// <summary><c>chat.completion</c>.</summary>
    public JsonObject Whole(IReadOnlyList<ChatChoice> choices)
    {
        var json = Envelope("chat.completion", [.. choices.Select((choice, i) =>
        {
            var message = new JsonObject
            {
                ["role"] = "assistant",
                ["content"] = choice.Text.Length == 0 && choice.Calls.Count > 0 ? null : choice.Text,
                ["refusal"] = null,
            };
            if (choice.Calls.Count > 0)
                message["tool_calls"] = new JsonArray([.. choice.Calls.Select(c => (JsonNode)Call(c))]);
            return (JsonNode)new JsonObject
            {
                ["index"] = i,
                ["message"] = message,
                ["logprobs"] = choice.Logprobs?.DeepClone(),
                ["finish_reason"] = Finish(choice.FinishReason),
            };
        })]);
        json["usage"] = Usage(ChatChoice.Usage(choices));
        AddCitations(json, choices[0].Properties);
        return json;
    }

    /// <summary>The first chunk, which tells the role.</summary>
    public JsonObject First(int index = 0) => Chunk(index, new() { ["role"] = "assistant", ["content"] = "", ["refusal"] = null }, null);

    /// <summary>A chunk of text.</summary>
    public JsonObject Text(string text, int index = 0, JsonObject? logprobs = null) => Chunk(index, new() { ["content"] = text }, null, logprobs);

    /// <summary>A chunk with functions that are called, each whole.</summary>
    public JsonObject Calls(IReadOnlyList<FunctionCallContent> calls, int index) => Chunk(index, new()
    {
        ["tool_calls"] = new JsonArray([.. calls.Select((call, i) =>
        {
            var json = Call(call);
            json["index"] = i;
            return (JsonNode)json;
        })]),
    }, null);

    /// <summary>The chunk that tells why it ended.</summary>
    public JsonObject Last(ChatFinishReason? finish, AdditionalPropertiesDictionary? properties, int index = 0)
    {
        var json = Chunk(index, [], Finish(finish));
        AddCitations(json, properties);
        return json;
    }

    /// <summary>What <c>stream_options.include_usage</c> asks for, after the last chunk.</summary>
    public JsonObject UsageOnly(UsageDetails? usage)
    {
        var json = Envelope("chat.completion.chunk", []);
        json["usage"] = Usage(usage);
        return json;
    }

    /// <summary>OpenAI's usage object.</summary>
    public static JsonObject Usage(UsageDetails? usage) => new()
    {
        ["prompt_tokens"] = usage?.InputTokenCount ?? 0,
        ["completion_tokens"] = usage?.OutputTokenCount ?? 0,
        ["total_tokens"] = (usage?.InputTokenCount ?? 0) + (usage?.OutputTokenCount ?? 0),
    };

    /// <summary>OpenAI's word for why a reply ended.</summary>
    public static string Finish(ChatFinishReason? reason) => reason == ChatFinishReason.Length ? "length"
        : reason == ChatFinishReason.ToolCalls ? "tool_calls" : "stop";

    private static JsonObject Call(FunctionCallContent call) => new()
    {
        ["id"] = call.CallId,
        ["type"] = "function",
        ["function"] = new JsonObject
        {
            ["name"] = call.Name,
            ["arguments"] = JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>(), Plain),
        },
    };

    /// <summary>Arguments keep the names that the model gave them.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = ApiJson.Options.Encoder };

    private JsonObject Chunk(int index, JsonObject delta, string? finish, JsonObject? logprobs = null)
    {
        var json = Envelope("chat.completion.chunk", [new JsonObject
        {
            ["index"] = index,
            ["delta"] = delta,
            ["logprobs"] = logprobs,
            ["finish_reason"] = finish,
        }]);
        if (includeUsage)
            json["usage"] = null;
        return json;
    }

    private JsonObject Envelope(string kind, JsonArray choices) => new()
    {
        ["id"] = _id,
        ["object"] = kind,
        ["created"] = createdAt.ToUnixTimeSeconds(),
        ["model"] = model,
        ["system_fingerprint"] = fingerprint,
        ["choices"] = choices,
        ["ai_generated"] = true,
    };

    private static void AddCitations(JsonObject json, AdditionalPropertiesDictionary? properties)
    {
        if (properties?.TryGetValue(RetrievalChatClient.CitationsKey, out var citations) == true)
            json["citations"] = JsonSerializer.SerializeToNode(citations, ApiJson.Options);
    }
}
