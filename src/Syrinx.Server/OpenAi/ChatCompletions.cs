using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Syrinx.Inference;
using Syrinx.Server.Chat;
using Syrinx.Server.Observability;
using Syrinx.Server.Serving;

namespace Syrinx.Server.OpenAi;

/// <summary><c>POST /v1/chat/completions</c>, whole or streamed. A client that goes away stops the decoding.</summary>
internal sealed class ChatCompletions(
    ModelCatalog catalog, PostIndex posts, GenerationGate gate, TimeProvider time, ILogger<ChatCompletions> log)
{
    public async Task Post(HttpContext http)
    {
        var cancel = http.RequestAborted;
        var body = await JsonFields.Read(http.Request);
        if (await catalog.Relayed(http, body, "chat/completions", "chat"))
            return;
        var request = ChatRequest.Read(body);
        var generation = request.Generation;
        var (model, search) = catalog.Resolve(generation.Model);
        var loaded = await ModelCatalog.Load(model, cancel);
        var meter = RequestMeter.Of(http);
        if (search)
            RefuseForSearch(request);
        int room = search ? 1 : RoomFor(loaded, request);
        var options = search ? new ChatOptions() : request.ToOptions(room, loaded.Model);
        meter.Asked("chat", generation.Model, search ? 0 : loaded.ContextLength - room);
        using var place = await gate.Enter(cancel, meter.Priority);
        meter.LeftQueue();

        AiMark.Set(http.Response);
        var client = search ? new RetrievalChatClient(posts, loaded.CountTokens) : loaded.Chat;
        var reply = new ChatReply(generation.Model, ModelCatalog.Fingerprint(model), time.GetUtcNow(), generation.IncludeUsage);
        var choices = Enumerable.Range(0, generation.Choices)
            .Select(_ => new ChatChoice(generation.TopLogprobs is null || search ? null : loaded.Model)).ToList();
        var updates = ChoiceStreams.Merge(
            choices.Count, (i, stop) => client.GetStreamingResponseAsync(request.Messages, ForChoice(options, i), stop), cancel);
        if (generation.Stream)
        {
            await Stream(http.Response, updates, choices, reply, meter, generation.IncludeUsage, cancel);
            return;
        }
        await foreach (var (index, update) in updates)
            choices[index].Add(update);
        End(meter, choices);
        await http.Response.WriteAsJsonAsync(reply.Whole(choices), ApiJson.Options, cancel);
    }

    private async Task Stream(
        HttpResponse response, IAsyncEnumerable<(int Index, ChatResponseUpdate Update)> source, List<ChatChoice> choices, ChatReply reply,
        RequestMeter meter, bool includeUsage, CancellationToken cancel)
    {
        await using var updates = source.GetAsyncEnumerator(cancel);
        // what goes wrong before the first word still gets its status code
        bool more = await updates.MoveNextAsync();
        var events = new SseWriter(response);
        events.Start();
        for (int i = 0; i < choices.Count; i++)
            await events.Send(reply.First(i), cancel);
        try
        {
            for (; more; more = await updates.MoveNextAsync())
            {
                var (index, update) = updates.Current;
                var choice = choices[index];
                var logprobs = choice.Add(update);
                if (update.Text.Length > 0 || logprobs?["content"]?.AsArray().Count > 0)
                {
                    meter.Words();
                    await events.Send(reply.Text(update.Text, index, logprobs), cancel);
                }
                if (update.Contents.OfType<FunctionCallContent>().ToList() is { Count: > 0 } calls)
                    await events.Send(reply.Calls(calls, index), cancel);
                if (update.FinishReason is not null)
                    await events.Send(reply.Last(update.FinishReason, update.AdditionalProperties, index), cancel);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "A streamed reply broke off");
            await events.SendError("The server failed; its log on standard error says why.", cancel);
            return;
        }
        End(meter, choices);
        if (includeUsage)
            await events.Send(reply.UsageOnly(ChatChoice.Usage(choices)), cancel);
        await events.Done(cancel);
    }

    private static void End(RequestMeter meter, IReadOnlyList<ChatChoice> choices)
    {
        var usage = ChatChoice.Usage(choices);
        meter.Ended(usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0, ChatReply.Finish(choices[0].FinishReason));
    }

    private static ChatOptions ForChoice(ChatOptions options, int index)
    {
        if (index == 0 || options.RawRepresentationFactory is not { } factory)
            return options;
        var own = options.Clone();
        own.RawRepresentationFactory = client => ((SamplingOptions)factory(client)!).ForChoice(index);
        return own;
    }

    /// <summary>Answers out of posts are quoted, not generated: what shapes a text means nothing to them.</summary>
    private static void RefuseForSearch(ChatRequest request)
    {
        string? field = request.Tools is not null ? "tools" : request.Format is not null ? "response_format" : request.Generation.Grammar is not null ? "grammar"
            : request.Generation.TopLogprobs is not null ? "logprobs" : request.Generation.Choices > 1 ? "n" : null;
        if (field is not null)
            throw JsonFields.Invalid($"Unsupported parameter: '{field}': a model that answers from posts quotes them; name the raw model.", field, "unsupported_parameter");
    }

    /// <summary>Tokens left for the reply.</summary>
    private static int RoomFor(LoadedModel model, ChatRequest request)
    {
        int prompt = GenerationFields.Refusing("messages", () => model.CountPrompt(request.Messages, request.Tools))
            ?? throw JsonFields.Invalid("This model has no chat template; use /v1/completions.", "model", "invalid_value");
        return prompt < model.ContextLength ? model.ContextLength - prompt
            : throw JsonFields.TooLong("messages", "your messages", model.ContextLength, prompt);
    }
}
