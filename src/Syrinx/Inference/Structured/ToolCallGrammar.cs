using System.Text.Json;
using Syrinx.Models;

namespace Syrinx.Inference.Structured;

/// <summary>A function that a model may call.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">The JSON Schema of its arguments.</param>
public sealed record ToolFunction(string Name, JsonElement Parameters);

/// <summary>The texts that are the call of one of several functions, as a model writes calls.</summary>
internal static class ToolCallGrammar
{
    /// <exception cref="InputException">A function's schema has something that is not supported; the message names function and
    /// place.</exception>
    public static GrammarRules Compile(ToolCallFormat format, IReadOnlyList<ToolFunction> functions)
    {
        var rules = new GrammarRules();
        var root = rules.Add("call");
        string arguments = format == ToolCallFormat.Llama ? "parameters" : "arguments";
        var calls = functions.Select(f =>
        {
            try
            {
                return Expr.Seq(Expr.Text($"{{\"name\": {JsonText.Quote(f.Name)}, \"{arguments}\": "), SchemaCompiler.Add(rules, f.Parameters), Expr.Text("}"));
            }
            catch (InputException e)
            {
                throw new InputException($"Function '{f.Name}': {e.Message}", e);
            }
        }).ToList();
        var (before, after) = format switch
        {
            ToolCallFormat.Hermes => ("<tool_call>\n", "\n</tool_call>"),
            ToolCallFormat.Mistral => ("[TOOL_CALLS] [", "]"),
            _ => ("", ""),
        };
        rules.Define(root, Expr.Seq(Expr.Text(before), Expr.Or(calls), Expr.Text(after)));
        return rules;
    }
}
