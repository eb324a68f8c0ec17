using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Syrinx.Server.OpenAi;

/// <summary>The functions that a chat's request offers, and whether one must be called.</summary>
internal sealed record ToolFields(IReadOnlyList<AITool> Tools, ChatToolMode? Mode)
{
    private const int MostTools = 128;

    /// <summary>Reads and checks them; null where there are none.</summary>
    public static ToolFields? Read(JsonFields body)
    {
        foreach (string old in (ReadOnlySpan<string>)["functions", "function_call"])
            body.Unsupported(old, "it is deprecated; use 'tools' and 'tool_choice'.", "\"none\"");
        var tools = body.Get("tools") is null ? [] : body.RequiredObjects("tools");
        if (tools.Count == 0)
        {
            if (body.Get("tool_choice") is { } choice && choice is not { ValueKind: JsonValueKind.String } || body.Text("tool_choice") is not (null or "none" or "auto"))
                throw JsonFields.Invalid("'tool_choice' is only allowed when 'tools' are specified.", "tool_choice", "invalid_value");
            return null;
        }
        if (tools.Count > MostTools)
            throw JsonFields.Invalid($"Invalid 'tools': array too long. Expected at most {MostTools} elements, but got {tools.Count}.", "tools", "array_above_max_length");
        body.Flag("parallel_tool_calls");
        var functions = tools.Select(Function).ToList();
        if (functions.GroupBy(f => f.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw JsonFields.Invalid($"Invalid 'tools': there are two functions called '{twice.Key}'.", "tools", "invalid_value");
        return new(functions, ReadMode(body, functions));
    }

    private static AITool Function(JsonFields tool)
    {
        if (tool.RequiredText("type") is var type and not "function")
            throw JsonFields.Invalid($"Invalid value: '{type}'. Supported values are: 'function'.", tool.At("type"), "invalid_value");
        var function = tool.Object("function") ?? throw tool.Missing("function");
        string name = function.RequiredText("name");
        if (name.Length is 0 or > 64 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            throw JsonFields.Invalid(
                $"Invalid '{function.At("name")}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]{{1,64}}$'.",
                function.At("name"), "invalid_value");
        }
        function.Object("parameters");
        function.Flag("strict");
        var parameters = function.Get("parameters") ?? JsonElement.Parse("""{"type":"object","properties":{}}""");
        return AIFunctionFactory.CreateDeclaration(name, function.Text("description"), parameters);
    }

    private static ChatToolMode? ReadMode(JsonFields body, List<AITool> functions)
    {
        if (body.Get("tool_choice") is not { } choice)
            return null;
        if (choice.ValueKind == JsonValueKind.String)
        {
            return choice.GetString() switch
            {
                "none" => ChatToolMode.None,
                "auto" => ChatToolMode.Auto,
                "required" => ChatToolMode.RequireAny,
                var other => throw JsonFields.Invalid(
                    $"Invalid value: '{other}'. Supported values are: 'none', 'auto', and 'required'.", "tool_choice", "invalid_value"),
            };
        }
        var named = body.Object("tool_choice")!.Value;
        named.RequiredText("type");
        string name = (named.Object("function") ?? throw named.Missing("function")).RequiredText("name");
        return functions.Any(f => f.Name == name) ? ChatToolMode.RequireSpecific(name)
            : throw JsonFields.Invalid($"Tool choice '{name}' not found in 'tools' parameter.", "tool_choice", "invalid_value");
    }
}
