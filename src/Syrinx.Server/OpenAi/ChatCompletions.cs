using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
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
        int room = search ? 1 : RoomFor(loaded, request.Messages);
        meter.Asked("chat", generation.Model, search ? 0 : loaded.ContextLength - room);
        using var place = await gate.Enter(cancel, meter.Priority);
        meter.LeftQueue();

        AiMark.Set(http.Response);
        var client = search ? new RetrievalChatClient(posts, loaded.CountTokens) : loaded.Chat;
        var options = generation.ToChatOptions(room);
        var reply = new ChatReply(generation.Model, ModelCatalog.Fingerprint(model), time.GetUtcNow(), generation.IncludeUsage);
        if (generation.Stream)
        {
            await Stream(http.Response, client.GetStreamingResponseAsync(request.Messages, options, cancel),
                reply, meter, generation.IncludeUsage, cancel);
            return;
        }
        var response = await client.GetResponseAsync(request.Messages, options, cancel);
        meter.Ended(response.Usage?.InputTokenCount ?? 0, response.Usage?.OutputTokenCount ?? 0, ChatReply.Finish(response.FinishReason));
        await http.Response.WriteAsJsonAsync(reply.Whole(response), ApiJson.Options, cancel);
    }

    private async Task Stream(
        HttpResponse response, IAsyncEnumerable<ChatResponseUpdate> source, ChatReply reply,
        RequestMeter meter, bool includeUsage, CancellationToken cancel)
    {
        await using var updates = source.GetAsyncEnumerator(cancel);
        // what goes wrong before the first word still gets its status code
        bool more = await updates.MoveNextAsync();
        var events = new SseWriter(response);
        events.Start();
        await events.Send(reply.First(), cancel);
        UsageDetails? usage = null;
        ChatFinishReason? finish = null;
        AdditionalPropertiesDictionary? properties = null;
        try
        {
            for (; more; more = await updates.MoveNextAsync())
            {
                var update = updates.Current;
                if (update.Text.Length > 0)
                {
                    meter.Words();
                    await events.Send(reply.Text(update.Text), cancel);
                }
                usage = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details ?? usage;
                finish = update.FinishReason ?? finish;
                properties = update.AdditionalProperties ?? properties;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "A streamed reply broke off");
            await events.SendError("The server failed; its log on standard error says why.", cancel);
            return;
        }
        meter.Ended(usage?.InputTokenCount ?? 0, usage?.OutputTokenCount ?? 0, ChatReply.Finish(finish));
        await events.Send(reply.Last(finish, properties), cancel);
        if (includeUsage)
            await events.Send(reply.UsageOnly(usage), cancel);
        await events.Done(cancel);
    }

    /// <summary>Tokens left for the reply.</summary>
    private static int RoomFor(LoadedModel model, IReadOnlyList<ChatMessage> messages)
    {
        int prompt = model.CountPrompt(messages)
            ?? throw JsonFields.Invalid("This model has no chat template; use /v1/completions.", "model", "invalid_value");
        return prompt < model.ContextLength ? model.ContextLength - prompt
            : throw JsonFields.TooLong("messages", "your messages", model.ContextLength, prompt);
    }
}
