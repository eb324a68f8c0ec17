using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Syrinx.Inference;
using Syrinx.Server.Observability;
using Syrinx.Server.Safety;
using Syrinx.Server.Serving;

namespace Syrinx.Server.OpenAi;

/// <summary>
/// <c>POST /v1/completions</c>: the raw model goes on with a text, whole or streamed. A client that goes away stops it.
/// </summary>
internal sealed class Completions(ModelCatalog catalog, GenerationGate gate, PersonaGuard personas, TimeProvider time)
{
    /// <summary>OpenAI's own default.</summary>
    private const int DefaultMaxTokens = 16;

    public async Task Post(HttpContext http)
    {
        var cancel = http.RequestAborted;
        var body = await JsonFields.Read(http.Request);
        // a text has no field for a refusal, and one in its place would be taken for what the model went on with
        if (CompletionRequest.Prompts(body).Select(personas.RefusalToContinue).FirstOrDefault(r => r is not null) is { } refusal)
            throw JsonFields.Invalid(refusal, "prompt", "content_policy_violation");
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
        var sampling = (fields with { MaxTokens = fields.MaxTokens ?? DefaultMaxTokens }).ToSampling(room, loaded.Model);
        if (sampling.Constraint is { } constraint && constraint.ShortestTokens > sampling.MaxTokens)
        {
            throw JsonFields.Invalid(
                $"The shortest text that fits takes {constraint.ShortestTokens} tokens, but there is room for {sampling.MaxTokens}: raise max_tokens.",
                "max_tokens", "invalid_value");
        }
        var meter = RequestMeter.Of(http);
        meter.Asked("text_completion", fields.Model, prompt.Length);
        using var place = await gate.Enter(cancel, meter.Priority);
        meter.LeftQueue();

        AiMark.Set(http.Response);
        TextGeneration[] choices = [.. Enumerable.Range(0, fields.Choices).Select(i => new TextGeneration(loaded.Model, prompt, sampling.ForChoice(i)))];
        var reply = new CompletionReply(
            fields.Model, ModelCatalog.Fingerprint(model), time.GetUtcNow(), fields.IncludeUsage, fields.TopLogprobs is null ? null : loaded.Model, choices);
        var pieces = ChoiceStreams.Merge(choices.Length, (i, stop) => Pieces(choices[i], stop), cancel);
        if (fields.Stream)
        {
            await Stream(http.Response, pieces, reply, choices, meter, fields.IncludeUsage, cancel);
            return;
        }
        await foreach (var _ in pieces)
            ;
        End(meter, choices);
        await http.Response.WriteAsJsonAsync(reply.Whole(), ApiJson.Options, cancel);
    }

    /// <summary>The pieces of a choice with the number of tokens they are made of so far; the work is done on other threads.</summary>
    private static async IAsyncEnumerable<(string Text, int Tokens)> Pieces(TextGeneration generation, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var pieces = generation.Run(cancel).GetEnumerator();
        while (await Task.Run(pieces.MoveNext, cancel))
            yield return (pieces.Current, generation.Logprobs.Count);
        yield return ("", generation.Logprobs.Count);
    }

    private static async Task Stream(
        HttpResponse response, IAsyncEnumerable<(int Index, (string Text, int Tokens) Piece)> source, CompletionReply reply,
        TextGeneration[] choices, RequestMeter meter, bool includeUsage, CancellationToken cancel)
    {
        await using var pieces = source.GetAsyncEnumerator(cancel);
        // reading the prompt comes before the headers, so that what goes wrong in it still gets its status code
        bool more = await pieces.MoveNextAsync();
        var events = new SseWriter(response);
        events.Start();
        for (; more; more = await pieces.MoveNextAsync())
        {
            meter.Words();
            await events.Send(reply.Chunk(pieces.Current.Index, pieces.Current.Piece.Text, pieces.Current.Piece.Tokens), cancel);
        }
        End(meter, choices);
        if (includeUsage)
            await events.Send(reply.UsageOnly(), cancel);
        await events.Done(cancel);
    }

    private static void End(RequestMeter meter, TextGeneration[] done) => meter.Ended(
        done[0].PromptTokens, done.Sum(c => c.CompletionTokens), done[0].FinishReason == FinishReason.Length ? "length" : "stop");

    /// <summary>Spells completions as OpenAI's <c>text_completion</c>, whole or in chunks.</summary>
    private sealed class CompletionReply(
        string model, string fingerprint, DateTimeOffset createdAt, bool includeUsage, LanguageModel? logprobsOf, TextGeneration[] choices)
    {
        private readonly string _id = "cmpl-" + Guid.NewGuid().ToString("N");
        private readonly int[] _told = new int[choices.Length], _offsets = new int[choices.Length];

        public JsonObject Whole()
        {
            var json = Envelope([.. choices.Select((c, i) => (JsonNode)Choice(i, c.Text, c.FinishReason, c.Logprobs.Count))]);
            json["usage"] = Usage();
            return json;
        }

        /// <summary>A piece of a choice; an empty one is its last.</summary>
        public JsonObject Chunk(int index, string text, int tokens)
        {
            var json = Envelope([Choice(index, text, text.Length > 0 ? null : choices[index].FinishReason, tokens)]);
            if (includeUsage)
                json["usage"] = null;
            return json;
        }

        public JsonObject UsageOnly()
        {
            var json = Envelope([]);
            json["usage"] = Usage();
            return json;
        }

        private JsonObject Usage() => ChatReply.Usage(new UsageDetails
        {
            InputTokenCount = choices[0].PromptTokens,
            OutputTokenCount = choices.Sum(c => c.CompletionTokens),
        });

        private JsonObject Choice(int index, string text, FinishReason? finish, int tokens)
        {
            JsonObject? logprobs = null;
            if (logprobsOf is not null)
            {
                logprobs = LogprobFields.Completion(
                    choices[index].Logprobs.Skip(_told[index]).Take(tokens - _told[index]).ToList(), logprobsOf, ref _offsets[index]);
                _told[index] = tokens;
            }
            return new()
            {
                ["index"] = index,
                ["text"] = text,
                ["logprobs"] = logprobs,
                ["finish_reason"] = finish switch { FinishReason.Stop => "stop", FinishReason.Length => "length", _ => null },
            };
        }

        private JsonObject Envelope(JsonArray choices) => new()
        {
            ["id"] = _id,
            ["object"] = "text_completion",
            ["created"] = createdAt.ToUnixTimeSeconds(),
            ["model"] = model,
            ["system_fingerprint"] = fingerprint,
            ["choices"] = choices,
            ["ai_generated"] = true,
        };
    }
}
