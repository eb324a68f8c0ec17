using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Syrinx.Inference.Structured;
using Syrinx.Models;

namespace Syrinx.Inference;

/// <summary>The functions that a chat's options offer to a model.</summary>
/// <param name="Format">How the model calls functions.</param>
/// <param name="Functions">The functions.</param>
/// <param name="Json">The same as OpenAI's <c>tools</c>, for the template.</param>
internal sealed record ChatTools(ToolCallFormat Format, IReadOnlyList<ToolFunction> Functions, IReadOnlyList<JsonObject> Json)
{
    /// <summary>Those of some options; null where there are none, or none may be called.</summary>
    /// <exception cref="InputException">The model's template tells it of no functions, or a tool is no function.</exception>
    public static ChatTools? Of(ChatOptions? options, LanguageModel model)
    {
        if (options?.Tools is not { Count: > 0 } tools || options.ToolMode is NoneChatToolMode)
            return null;
        var format = model.ChatTemplate?.ToolCalls ?? throw new InputException(
            "This model's chat template has no place for tools, so it can call no functions.");
        var functions = tools.Select(t => t as AIFunctionDeclaration ?? throw new InputException(
            $"Tool '{t.Name}' is no function; this model calls functions only.")).ToList();
        return new(format, [.. functions.Select(f => new ToolFunction(f.Name, f.JsonSchema))], [.. functions.Select(f => new JsonObject
        {
            ["type"] = "function",
            ["function"] = new JsonObject
            {
                ["name"] = f.Name,
                ["description"] = f.Description,
                ["parameters"] = JsonNode.Parse(f.JsonSchema.GetRawText()),
            },
        })]);
    }

    /// <summary>Those of which one must be called.</summary>
    /// <exception cref="InputException">The one that is named is none of them.</exception>
    public IReadOnlyList<ToolFunction> Required(RequiredChatToolMode mode) => mode.RequiredFunctionName is not { } name ? Functions
        : Functions.Where(f => f.Name == name).ToList() is { Count: > 0 } one ? one
        : throw new InputException($"Function '{name}' must be called, but it is none of the tools.");

    /// <summary>A call as Microsoft.Extensions.AI has it.</summary>
    public static AIContent Content(ToolCall call) => new FunctionCallContent(call.Id, call.Name, JsonNode.Parse(call.Arguments)!.AsObject()
        .ToDictionary(a => a.Key, a => (object?)JsonSerializer.SerializeToElement(a.Value, AIJsonUtilities.DefaultOptions)));
}
