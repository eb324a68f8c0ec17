using System.Text.Json;
using Microsoft.Extensions.AI;
using Syrinx.Inference;
using Syrinx.Server.Safety;

namespace Syrinx.Server.OpenAi;

/// <summary>The body of <c>POST /v1/chat/completions</c>.</summary>
internal sealed record ChatRequest(
    GenerationFields Generation, IReadOnlyList<ChatMessage> Messages, ToolFields? Tools, ChatResponseFormat? Format)
{
    private static readonly string[] Roles = ["system", "developer", "user", "assistant", "tool"];

    public static ChatRequest Read(JsonFields body)
    {
        body.Unsupported("audio", "this server speaks text only.");
        body.Unsupported("modalities", "this server speaks text only.", """["text"]""");
        var tools = ToolFields.Read(body);
        var format = ReadFormat(body);
        bool logprobs = body.Flag("logprobs") ?? false;
        long? top = body.Integer("top_logprobs", 0, SamplingOptions.MostTopLogprobs);
        if (top is > 0 && !logprobs)
            throw JsonFields.Invalid("The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.", "top_logprobs", "invalid_value");
        var generation = GenerationFields.Read(body) with { TopLogprobs = logprobs ? (int)(top ?? 0) : null };
        if (generation.Grammar is not null && (format is not null || tools is { Mode: RequiredChatToolMode }))
            throw JsonFields.Invalid("'grammar' stands in place of 'response_format' and of a required tool, not beside them.", "grammar", "invalid_value");
        if (format is not null && tools is { Mode: RequiredChatToolMode })
            throw JsonFields.Invalid("'response_format' cannot be kept where a tool must be called.", "response_format", "invalid_value");
        var messages = body.RequiredObjects("messages");
        if (messages.Count is 0 or > RequestLimits.Messages)
        {
            throw JsonFields.Invalid(
                $"Invalid 'messages': expected 1 to {RequestLimits.Messages} elements, but got {messages.Count}.",
                "messages", messages.Count == 0 ? "empty_array" : "array_above_max_length");
        }
        return new(generation, [.. messages.Select(ReadMessage)], tools, format);
    }

    /// <summary>The options of each choice.</summary>
    /// <param name="room">Tokens that the model's context has left.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="ApiException">400: a schema, grammar or tool cannot be kept.</exception>
    public ChatOptions ToOptions(int room, LanguageModel model)
    {
        var sampling = Generation.ToSampling(room, model);
        if (Format is ChatResponseFormatJson { Schema: { } schema })
            sampling = sampling with { Constraint = GenerationFields.Refusing("response_format", () => model.Constraints!.JsonSchema(schema)) };
        else if (Format is ChatResponseFormatJson)
            sampling = sampling with { Constraint = model.Constraints!.JsonObject() };
        var options = new ChatOptions
        {
            MaxOutputTokens = sampling.MaxTokens,
            RawRepresentationFactory = _ => sampling,
            Tools = Tools is null ? null : [.. Tools.Tools],
            ToolMode = Tools?.Mode,
        };
        if (Tools is { Mode: not NoneChatToolMode })
        {
            sampling = GenerationFields.Refusing("tools", () => LocalChatClient.WithTools(sampling, options, model));
        }
        if (sampling.Constraint is { } constraint && constraint.ShortestTokens > sampling.MaxTokens)
        {
            throw JsonFields.Invalid(
                $"The shortest reply that fits takes {constraint.ShortestTokens} tokens, but there is room for {sampling.MaxTokens}: raise max_tokens.",
                "max_tokens", "invalid_value");
        }
        return options;
    }

    private static ChatResponseFormat? ReadFormat(JsonFields body)
    {
        if (body.Object("response_format") is not { } format)
            return null;
        switch (format.RequiredText("type"))
        {
            case "text":
                return null;
            case "json_object":
                return ChatResponseFormat.Json;
            case "json_schema":
                var schema = format.Object("json_schema") ?? throw format.Missing("json_schema");
                string name = schema.RequiredText("name");
                schema.Flag("strict");
                schema.Object("schema");
                return ChatResponseFormat.ForJsonSchema(schema.Get("schema") ?? throw schema.Missing("schema"), name, schema.Text("description"));
            case var other:
                throw JsonFields.Invalid(
                    $"Invalid value: '{other}'. Supported values are: 'text', 'json_object', and 'json_schema'.", "response_format.type", "invalid_value");
        }
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
        if (role == "tool")
            return new(ChatRole.Tool, [new FunctionResultContent(message.RequiredText("tool_call_id"), ReadContent(message))]);
        var calls = role == "assistant" && message.Get("tool_calls") is not null ? message.RequiredObjects("tool_calls") : [];
        // an answer that only called functions has no content
        string content = calls.Count > 0 && message.Get("content") is null ? "" : ReadContent(message);
        List<AIContent> contents = content.Length > 0 || calls.Count == 0 ? [new TextContent(content)] : [];
        return new(new ChatRole(role == "developer" ? "system" : role), [.. contents, .. calls.Select(ReadCall)]);
    }

    private static FunctionCallContent ReadCall(JsonFields call)
    {
        var function = call.Object("function") ?? throw call.Missing("function");
        string text = function.RequiredText("arguments");
        try
        {
            var arguments = JsonSerializer.Deserialize<Dictionary<string, object?>>(text.Length == 0 ? "{}" : text);
            return new(call.RequiredText("id"), function.RequiredText("name"), arguments);
        }
        catch (JsonException)
        {
            throw JsonFields.Invalid($"Invalid '{function.At("arguments")}': not a JSON object.", function.At("arguments"), "invalid_value");
        }
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
