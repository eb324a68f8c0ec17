using System.Text.Json;
using Microsoft.Extensions.AI;
using Syrinx.Server.Safety;

namespace Syrinx.Server.OpenAi;

/// <summary>The body of <c>POST /v1/chat/completions</c>.</summary>
internal sealed record ChatRequest(GenerationFields Generation, IReadOnlyList<ChatMessage> Messages)
{
    private static readonly string[] Roles = ["system", "developer", "user", "assistant"];

    public static ChatRequest Read(JsonFields body)
    {
        body.Unsupported("logprobs", "log probabilities are not kept.");
        body.Unsupported("top_logprobs", "log probabilities are not kept.", "0");
        foreach (string tools in (string[])["tools", "functions"])
            body.Unsupported(tools, "the models of this server call no tools.");
        body.Unsupported("audio", "this server speaks text only.");
        body.Unsupported("modalities", "this server speaks text only.", """["text"]""");
        if (body.Object("response_format")?.RequiredText("type") is { } format and not "text")
        {
            throw JsonFields.Invalid(
                $"Invalid value: '{format}'. This server answers in plain text only; the supported value is 'text'.",
                "response_format.type", "invalid_value");
        }
        var generation = GenerationFields.Read(body);
        var messages = body.RequiredObjects("messages");
        if (messages.Count is 0 or > RequestLimits.Messages)
        {
            throw JsonFields.Invalid(
                $"Invalid 'messages': expected 1 to {RequestLimits.Messages} elements, but got {messages.Count}.",
                "messages", messages.Count == 0 ? "empty_array" : "array_above_max_length");
        }
        return new(generation, [.. messages.Select(ReadMessage)]);
    }

    private static ChatMessage ReadMessage(JsonFields message)
    {
        string role = message.RequiredText("role");
        if (!Roles.Contains(role))
        {
            throw JsonFields.Invalid(
                $"Invalid value: '{role}'. Supported values are: {string.Join(", ", Roles.Select(r => $"'{r}'"))}.",
                message.At("role"), "invalid_value");
        }
        return new(new ChatRole(role == "developer" ? "system" : role), ReadContent(message));
    }

    /// <summary>A string, or an array of parts of type text.</summary>
    private static string ReadContent(JsonFields message)
    {
        var content = message.Get("content") ?? throw message.Missing("content");
        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array => string.Join('\n', message.RequiredObjects("content")
                .Select(part => part.RequiredText("type") == "text"
                ? part.RequiredText("text")
                : throw JsonFields.Invalid(
                    $"Invalid value: '{part.Text("type")}'. This server reads text only; the supported value is 'text'.",
                    part.At("type"), "invalid_value"))),
            _ => throw JsonFields.WrongType(message.At("content"), "a string or an array of text parts", content),
        };
    }
}
