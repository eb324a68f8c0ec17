using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Syrinx.Models.Templates;

namespace Syrinx.Inference;

/// <summary>
/// A <see cref="LanguageModel"/> as Microsoft.Extensions.AI's chat client. Safe to share between threads; requests run
/// together. Does not own the model. Only text and the calls of functions are understood: messages with other
/// content are refused. What <see cref="ChatOptions"/> has no word for is taken from <see cref="SamplingOptions"/> that
/// <see cref="ChatOptions.RawRepresentationFactory"/> gives.
/// </summary>
/// <param name="model">A model with a chat template.</param>
/// <param name="modelId">The name that responses carry.</param>
/// <param name="defaults">What holds where <see cref="ChatOptions"/> says nothing; null for <see cref="SamplingOptions"/>'
/// own.</param>
public sealed class LocalChatClient(LanguageModel model, string modelId, SamplingOptions? defaults = null) : IChatClient
{
    /// <summary>
    /// Key in the last update's (or the message's) additional properties: how many of the oldest messages did not fit into
    /// the context.
    /// </summary>
    public const string DroppedMessages = "dropped_messages";

    /// <summary>
    /// Key in the additional properties of updates: a list of <see cref="TokenLogprobs"/>, of the tokens since the update
    /// before, where <see cref="SamplingOptions.TopLogprobs"/> asks.
    /// </summary>
    public const string Logprobs = "logprobs";

    private readonly SamplingOptions _defaults = (defaults ?? new()).Validated();
    private readonly ChatClientMetadata _metadata = new("syrinx", null, modelId);

    /// <inheritdoc/>
    /// <exception cref="InputException">The chat does not fit into the context, or an option is out of range.</exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="InputException">The chat does not fit into the context, or an option is out of range.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        // a grammar may take a while to make
        var sampling = await Task.Run(() => Sampling(options), cancellationToken).ConfigureAwait(false);
        var turns = messages.SelectMany(ChatMessages.Turns).ToList();
        if (options?.Instructions is { Length: > 0 } instructions)
            turns.Insert(0, new("system", instructions));
        var tools = ChatTools.Of(options, model);
        var prompt = ChatPrompt.Fit(model, turns, sampling.MaxTokens, tools?.Json);
        var calls = tools is null ? null : new ToolCallReader(tools.Format);
        var generation = new TextGeneration(model, prompt.Tokens, sampling);
        string id = $"chatcmpl-{Guid.NewGuid():N}";
        int told = 0;
        ChatResponseUpdate Update(params IList<AIContent> contents)
        {
            var update = new ChatResponseUpdate(ChatRole.Assistant, contents)
            {
                ResponseId = id,
                MessageId = id,
                ModelId = modelId,
                CreatedAt = DateTimeOffset.UtcNow,
            };
            if (sampling.TopLogprobs is not null)
                update.AdditionalProperties = new() { [Logprobs] = generation.Logprobs.Skip(told).ToList() };
            told = generation.Logprobs.Count;
            return update;
        }

        await foreach (string piece in generation.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            string text = calls is null ? piece : calls.Append(piece);
            if (text.Length > 0)
                yield return Update(new TextContent(text));
        }
        if (calls?.Flush() is { Length: > 0 } rest)
            yield return Update(new TextContent(rest));
        if (calls is { Calls.Count: > 0 })
            yield return Update([.. calls.Calls.Select(ChatTools.Content)]);

        var last = Update(new UsageContent(new UsageDetails
        {
            InputTokenCount = generation.PromptTokens,
            OutputTokenCount = generation.CompletionTokens,
            TotalTokenCount = generation.PromptTokens + generation.CompletionTokens,
            CachedInputTokenCount = generation.CachedTokens,
        }));
        last.FinishReason = calls is { Calls.Count: > 0 } ? ChatFinishReason.ToolCalls
            : generation.FinishReason == FinishReason.Stop ? ChatFinishReason.Stop : ChatFinishReason.Length;
        last.AdditionalProperties ??= [];
        last.AdditionalProperties[DroppedMessages] = prompt.DroppedTurns;
        yield return last;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? _metadata
        : serviceType == typeof(LanguageModel) ? model
        : serviceType.IsInstanceOfType(this) ? this : null;

    /// <summary>Does nothing: the model is its owner's.</summary>
    public void Dispose() { }

    private SamplingOptions Sampling(ChatOptions? options)
    {
        if (options is null)
            return _defaults;
        var basis = (options.RawRepresentationFactory?.Invoke(this) as SamplingOptions) ?? _defaults;
        var sampling = basis with
        {
            MaxTokens = options.MaxOutputTokens ?? basis.MaxTokens,
            Temperature = options.Temperature ?? basis.Temperature,
            TopK = options.TopK ?? basis.TopK,
            TopP = options.TopP ?? basis.TopP,
            FrequencyPenalty = options.FrequencyPenalty ?? basis.FrequencyPenalty,
            PresencePenalty = options.PresencePenalty ?? basis.PresencePenalty,
            Seed = options.Seed is { } seed ? unchecked((ulong)seed) : basis.Seed,
            Stop = options.StopSequences is { } stop ? [.. stop] : basis.Stop,
        };
        if (options.ResponseFormat is ChatResponseFormatJson json && model.Constraints is { } factory)
            sampling = sampling with { Constraint = json.Schema is { } schema ? factory.JsonSchema(schema) : factory.JsonObject() };
        return WithTools(sampling, options, model).Validated();
    }

    /// <summary>The functions of some options as OpenAI's <c>tools</c>, for a template; null where none may be called.</summary>
    /// <exception cref="InputException">The model calls no functions.</exception>
    public static IReadOnlyList<JsonObject>? ToolsJson(ChatOptions options, LanguageModel model) => ChatTools.Of(options, model)?.Json;

    /// <summary>The same settings with the grammar of the functions of which one must be called, where it must.</summary>
    /// <param name="sampling">The settings.</param>
    /// <param name="options">Which functions.</param>
    /// <param name="model">The model that shall call.</param>
    /// <exception cref="InputException">The model calls no functions, or a function's schema has something that is not
    /// supported.</exception>
    public static SamplingOptions WithTools(SamplingOptions sampling, ChatOptions options, LanguageModel model) =>
        ChatTools.Of(options, model) is { } tools && options.ToolMode is RequiredChatToolMode required
            ? sampling with { Constraint = model.Constraints!.ToolCall(tools.Format, tools.Required(required)) } : sampling;
}
