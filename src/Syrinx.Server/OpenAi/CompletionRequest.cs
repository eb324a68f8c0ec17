using System.Globalization;
using System.Text.Json;

namespace Syrinx.Server.OpenAi;

/// <summary>The body of <c>POST /v1/completions</c>: the model goes on with a text, without the chat's template.</summary>
internal sealed record CompletionRequest(GenerationFields Generation, string Prompt)
{
    /// <summary>The prompts, as far as they are text: nothing is checked, as in <see cref="ChatRequest.Instructions"/>.</summary>
    public static IEnumerable<string> Prompts(JsonFields body) => body.Get("prompt") is not { } prompt ? []
        : prompt.ValueKind == JsonValueKind.String ? [prompt.GetString()!]
        : prompt.ValueKind == JsonValueKind.Array
            ? prompt.EnumerateArray().Where(p => p.ValueKind == JsonValueKind.String).Select(p => p.GetString()!) : [];

    public static CompletionRequest Read(JsonFields body)
    {
        body.Unsupported("echo", "the prompt is not repeated.");
        body.Unsupported("suffix", "the models of this server do not fill in the middle.", "\"\"");
        long? logprobs = body.Integer("logprobs", 0, 5);
        var generation = GenerationFields.Read(body) with { TopLogprobs = (int?)logprobs };
        body.Unsupported("best_of", "as many choices are made as are returned.", generation.Choices.ToString(CultureInfo.InvariantCulture));
        var prompts = body.Texts("prompt") ?? throw body.Missing("prompt");
        return prompts is [var prompt] ? new(generation, prompt)
            : throw JsonFields.Invalid(
                $"Invalid 'prompt': one prompt is taken for a request, but got {prompts.Count}.",
                "prompt", "invalid_value");
    }
}
