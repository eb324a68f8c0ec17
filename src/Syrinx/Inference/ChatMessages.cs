using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Syrinx.Models;

namespace Syrinx.Inference;

/// <summary>Microsoft.Extensions.AI's messages as those of a chat template.</summary>
public static class ChatMessages
{
    private static readonly string[] Roles = ["system", "user", "assistant", "tool"];

    /// <summary>A message; the results of several functions in one are several.</summary>
    /// <exception cref="InputException">It has another role, or content that is neither text nor a function's call or result.</exception>
    public static IEnumerable<ChatTurn> Turns(ChatMessage message)
    {
        string role = message.Role.Value;
        if (!Roles.Contains(role))
            throw new InputException($"A message's role is '{role}', but it must be system, user, assistant or tool.");
        if (message.Contents.FirstOrDefault(c => c is not (TextContent or FunctionCallContent or FunctionResultContent)) is { } other)
            throw new InputException($"A message has content of type {other.GetType().Name}, but this model reads only text.");
        var results = message.Contents.OfType<FunctionResultContent>().ToList();
        if (results.Count > 0)
        {
            return results.Select(r => new ChatTurn("tool", r.Result switch
            {
                null => "",
                string text => text,
                JsonElement { ValueKind: JsonValueKind.String } json => json.GetString()!,
                var value => JsonSerializer.Serialize(value, value.GetType(), AIJsonUtilities.DefaultOptions),
            })
            { ToolCallId = r.CallId });
        }
        var calls = message.Contents.OfType<FunctionCallContent>().Select(c => new ToolCall(
            c.CallId, c.Name, new JsonObject((c.Arguments ?? new Dictionary<string, object?>()).Select(a =>
                KeyValuePair.Create(a.Key, JsonSerializer.SerializeToNode(a.Value, AIJsonUtilities.DefaultOptions)))).ToJsonString())).ToList();
        return [new(role, message.Text) { ToolCalls = calls.Count > 0 ? calls : null, Name = message.AuthorName }];
    }
}
