using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Syrinx.Server.Serving;

namespace Syrinx.Server.OpenAi;

/// <summary><c>POST /v1/completions</c>: the raw model goes on with a text, whole or streamed.</summary>
internal sealed class Completions(ModelCatalog catalog, GenerationGate gate, TimeProvider time)
{
    /// <summary>OpenAI's own default.</summary>
    private const int DefaultMaxTokens = 16;

    public async Task Post(HttpContext http)
    {
        var cancel = http.RequestAborted;
        var request = CompletionRequest.Read(await JsonFields.Read(http.Request));
        var generation = request.Generation;
        var (model, search) = catalog.Resolve(generation.Model);
        if (search)
        {
            throw JsonFields.Invalid($"'{generation.Model}' answers questions in chat completions; for completions name the raw model '{model.Name}'.",
                "model", "invalid_value");
        }
        var loaded = await ModelCatalog.Load(model, cancel);
        int room = RoomFor(loaded, request.Prompt);
        using var place = await gate.Enter(cancel);

        AiMark.Set(http.Response);
        var options = (generation with { MaxTokens = generation.MaxTokens ?? DefaultMaxTokens }).ToChatOptions(room);
        var updates = loaded.Continue(request.Prompt, options, cancel);
        var reply = new CompletionReply(generation.Model, ModelCatalog.Fingerprint(model), time.GetUtcNow(), generation.IncludeUsage);
        if (generation.Stream)
        {
            await Stream(http.Response, updates, reply, generation.IncludeUsage, cancel);
            return;
        }
        var response = await updates.ToChatResponseAsync(cancel);
        await http.Response.WriteAsJsonAsync(reply.Whole(response), ApiJson.Options, cancel);
    }

    private static async Task Stream(
        HttpResponse response, IAsyncEnumerable<ChatResponseUpdate> updates, CompletionReply reply, bool includeUsage, CancellationToken cancel)
    {
        var events = new SseWriter(response);
        events.Start();
        UsageDetails? usage = null;
        ChatFinishReason? finish = null;
        await foreach (var update in updates.WithCancellation(cancel))
        {
            if (update.Text.Length > 0)
                await events.Send(reply.Chunk(update.Text, null), cancel);
            usage = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details ?? usage;
            finish = update.FinishReason ?? finish;
        }
        await events.Send(reply.Chunk("", ChatReply.Finish(finish)), cancel);
        if (includeUsage)
            await events.Send(reply.UsageOnly(usage), cancel);
        await events.Done(cancel);
    }

    private static int RoomFor(LoadedModel model, string prompt)
    {
        int tokens = model.CountTokens(prompt);
        if (tokens == 0)
            throw JsonFields.Invalid("Invalid 'prompt': the text is empty.", "prompt", "invalid_value");
        return tokens < model.ContextLength ? model.ContextLength - tokens
            : throw JsonFields.Invalid($"This model's maximum context length is {model.ContextLength} tokens. However, your prompt resulted in "
                + $"{tokens} tokens. Please reduce the length of the prompt.", "prompt", "context_length_exceeded");
    }

    /// <summary>Spells one completion as OpenAI's <c>text_completion</c>, whole or in chunks.</summary>
    private sealed class CompletionReply(string model, string fingerprint, DateTimeOffset createdAt, bool includeUsage)
    {
        private readonly string _id = "cmpl-" + Guid.NewGuid().ToString("N");

        public JsonObject Whole(ChatResponse response)
        {
            var json = Envelope(Choice(response.Text, ChatReply.Finish(response.FinishReason)));
            json["usage"] = ChatReply.Usage(response.Usage);
            return json;
        }

        public JsonObject Chunk(string text, string? finish)
        {
            var json = Envelope(Choice(text, finish));
            if (includeUsage)
                json["usage"] = null;
            return json;
        }

        public JsonObject UsageOnly(UsageDetails? usage)
        {
            var json = Envelope(null);
            json["usage"] = ChatReply.Usage(usage);
            return json;
        }

        private static JsonObject Choice(string text, string? finish) =>
            new() { ["index"] = 0, ["text"] = text, ["logprobs"] = null, ["finish_reason"] = finish };

        private JsonObject Envelope(JsonObject? choice) => new()
        {
            ["id"] = _id,
            ["object"] = "text_completion",
            ["created"] = createdAt.ToUnixTimeSeconds(),
            ["model"] = model,
            ["system_fingerprint"] = fingerprint,
            ["choices"] = choice is null ? [] : new JsonArray(choice),
            ["ai_generated"] = true,
        };
    }
}
