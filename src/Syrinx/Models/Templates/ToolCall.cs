namespace Syrinx.Models;

/// <summary>A function that the model wants called.</summary>
/// <param name="Id">Which call it is, for its answer.</param>
/// <param name="Name">The function.</param>
/// <param name="Arguments">Its arguments, a JSON object as text.</param>
public sealed record ToolCall(string Id, string Name, string Arguments);

/// <summary>How a model writes the calls of functions.</summary>
public enum ToolCallFormat
{
    /// <summary><c>&lt;tool_call&gt;{"name": …, "arguments": {…}}&lt;/tool_call&gt;</c>, as Hermes and Qwen do.</summary>
    Hermes,

    /// <summary>The whole answer is <c>{"name": …, "parameters": {…}}</c>, as Llama 3 does.</summary>
    Llama,

    /// <summary>The whole answer is <c>[{"name": …, "arguments": {…}}]</c>, after a mark of its own, as Mistral does.</summary>
    Mistral,
}
