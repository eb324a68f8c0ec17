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
    public JsonObject Whole(ChatResponse response)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = response.Text, ["refusal"] = null };
        var json = Envelope("chat.completion", new JsonObject
        {
            ["index"] = 0,
            ["message"] = message,
            ["logprobs"] = null,
            ["finish_reason"] = Finish(response.FinishReason),
        });
        json["usage"] = Usage(response.Usage);
        AddCitations(json, response.AdditionalProperties);
        return json;
    }

    /// <summary>The first chunk, which tells the role.</summary>
    public JsonObject First() => Chunk(new() { ["role"] = "assistant", ["content"] = "", ["refusal"] = null }, null);

    /// <summary>A chunk of text.</summary>
    public JsonObject Text(string text) => Chunk(new() { ["content"] = text }, null);

    /// <summary>The chunk that tells why it ended.</summary>
    public JsonObject Last(ChatFinishReason? finish, AdditionalPropertiesDictionary? properties)
    {
        var json = Chunk([], Finish(finish));
        AddCitations(json, properties);
        return json;
    }

    /// <summary>What <c>stream_options.include_usage</c> asks for, after the last chunk.</summary>
    public JsonObject UsageOnly(UsageDetails? usage)
    {
        var json = Envelope("chat.completion.chunk", null);
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
    public static string Finish(ChatFinishReason? reason) => reason == ChatFinishReason.Length ? "length" : "stop";

    private JsonObject Chunk(JsonObject delta, string? finish)
    {
        var json = Envelope("chat.completion.chunk", new JsonObject
        {
            ["index"] = 0,
            ["delta"] = delta,
            ["logprobs"] = null,
            ["finish_reason"] = finish,
        });
        if (includeUsage)
            json["usage"] = null;
        return json;
    }

    private JsonObject Envelope(string kind, JsonObject? choice) => new()
    {
        ["id"] = _id,
        ["object"] = kind,
        ["created"] = createdAt.ToUnixTimeSeconds(),
        ["model"] = model,
        ["system_fingerprint"] = fingerprint,
        ["choices"] = choice is null ? [] : new JsonArray(choice),
        ["ai_generated"] = true,
    };

    private static void AddCitations(JsonObject json, AdditionalPropertiesDictionary? properties)
    {
        if (properties?.TryGetValue(RetrievalChatClient.CitationsKey, out var citations) == true)
            json["citations"] = JsonSerializer.SerializeToNode(citations, ApiJson.Options);
    }
}
