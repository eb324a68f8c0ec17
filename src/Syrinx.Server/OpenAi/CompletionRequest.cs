namespace Syrinx.Server.OpenAi;

/// <summary>The body of <c>POST /v1/completions</c>: the model goes on with a text, without the chat's template.</summary>
internal sealed record CompletionRequest(GenerationFields Generation, string Prompt)
{
    public static CompletionRequest Read(JsonFields body)
    {
        body.Unsupported("logprobs", "log probabilities are not kept.");
        body.Unsupported("best_of", "one choice is made for a request; send several requests.", "1");
        body.Unsupported("echo", "the prompt is not repeated.");
        body.Unsupported("suffix", "the models of this server do not fill in the middle.", "\"\"");
        var generation = GenerationFields.Read(body);
        var prompts = body.Texts("prompt") ?? throw body.Missing("prompt");
        return prompts is [var prompt] ? new(generation, prompt)
            : throw JsonFields.Invalid(
                $"Invalid 'prompt': one prompt is taken for a request, but got {prompts.Count}.",
                "prompt", "invalid_value");
    }
}
