using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Syrinx.Inference;
using Syrinx.Server.Observability;
using Syrinx.Server.Serving;

namespace Syrinx.Server.OpenAi;

/// <summary>
/// <c>POST /v1/completions</c>: the raw model goes on with a text, whole or streamed. A client that goes away stops it.
/// </summary>
internal sealed class Completions(ModelCatalog catalog, GenerationGate gate, TimeProvider time)
{
    /// <summary>OpenAI's own default.</summary>
    private const int DefaultMaxTokens = 16;

    public async Task Post(HttpContext http)
    {
        var cancel = http.RequestAborted;
        var body = await JsonFields.Read(http.Request);
        if (await catalog.Relayed(http, body, "completions", "text_completion"))
            return;
        var request = CompletionRequest.Read(body);
        var fields = request.Generation;
        var (model, search) = catalog.Resolve(fields.Model);
        if (search)
        {
            throw JsonFields.Invalid(
                $"'{fields.Model}' answers questions in chat completions; for completions name the raw model '{model.Name}'.",
                "model", "invalid_value");
        }
        var loaded = await ModelCatalog.Load(model, cancel);
        int[] prompt = TextGeneration.Prompt(loaded.Model, request.Prompt);
        int room = loaded.ContextLength - prompt.Length;
        if (room < 1)
            throw JsonFields.TooLong("prompt", "your prompt", loaded.ContextLength, prompt.Length);
        var meter = RequestMeter.Of(http);
        meter.Asked("text_completion", fields.Model, prompt.Length);
        using var place = await gate.Enter(cancel, meter.Priority);
        meter.LeftQueue();

        AiMark.Set(http.Response);
        var generation = new TextGeneration(
            loaded.Model, prompt, (fields with { MaxTokens = fields.MaxTokens ?? DefaultMaxTokens }).ToSampling(room));
        var reply = new CompletionReply(fields.Model, ModelCatalog.Fingerprint(model), time.GetUtcNow(), fields.IncludeUsage);
        if (fields.Stream)
        {
            await Stream(http.Response, generation, reply, meter, fields.IncludeUsage, cancel);
            return;
        }
        await Task.Run(() => generation.RunToEnd(cancel), cancel);
        End(meter, generation);
        await http.Response.WriteAsJsonAsync(reply.Whole(generation), ApiJson.Options, cancel);
    }

    private static async Task Stream(
        HttpResponse response, TextGeneration generation, CompletionReply reply, RequestMeter meter, bool includeUsage, CancellationToken cancel)
    {
        using var pieces = generation.Run(cancel).GetEnumerator();
        // reading the prompt comes before the headers, so that what goes wrong in it still gets its status code
        bool more = await Task.Run(pieces.MoveNext, cancel);
        var events = new SseWriter(response);
        events.Start();
        for (; more; more = await Task.Run(pieces.MoveNext, cancel))
        {
            meter.Words();
            await events.Send(reply.Chunk(pieces.Current, null), cancel);
        }
        End(meter, generation);
        await events.Send(reply.Chunk("", generation.FinishReason), cancel);
        if (includeUsage)
            await events.Send(reply.UsageOnly(generation), cancel);
        await events.Done(cancel);
    }

    private static void End(RequestMeter meter, TextGeneration done) =>
        meter.Ended(done.PromptTokens, done.CompletionTokens, done.FinishReason == FinishReason.Length ? "length" : "stop");

    /// <summary>Spells one completion as OpenAI's <c>text_completion</c>, whole or in chunks.</summary>
    private sealed class CompletionReply(string model, string fingerprint, DateTimeOffset createdAt, bool includeUsage)
    {
        private readonly string _id = "cmpl-" + Guid.NewGuid().ToString("N");

        public JsonObject Whole(TextGeneration done)
        {
            var json = Envelope(Choice(done.Text, done.FinishReason));
            json["usage"] = Usage(done);
            return json;
        }

        public JsonObject Chunk(string text, FinishReason? finish)
        {
            var json = Envelope(Choice(text, finish));
            if (includeUsage)
                json["usage"] = null;
            return json;
        }

        public JsonObject UsageOnly(TextGeneration done)
        {
            var json = Envelope(null);
            json["usage"] = Usage(done);
            return json;
        }

        private static JsonObject Usage(TextGeneration done) =>
            ChatReply.Usage(new UsageDetails { InputTokenCount = done.PromptTokens, OutputTokenCount = done.CompletionTokens });

        private static JsonObject Choice(string text, FinishReason? finish) => new()
        {
            ["index"] = 0,
            ["text"] = text,
            ["logprobs"] = null,
            ["finish_reason"] = finish switch { FinishReason.Stop => "stop", FinishReason.Length => "length", _ => null },
        };

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
