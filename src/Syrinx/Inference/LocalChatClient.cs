using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Syrinx.Models;

namespace Syrinx.Inference;

/// <summary>
/// A <see cref="LanguageModel"/> as Microsoft.Extensions.AI's chat client. Safe to share between threads; requests run
/// together. Does not own the model. Only text is understood: messages with other content are refused.
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
        var sampling = Sampling(options);
        var turns = messages.Select(Turn).ToList();
        if (options?.Instructions is { Length: > 0 } instructions)
            turns.Insert(0, new("system", instructions));
        var prompt = ChatPrompt.Fit(model, turns, sampling.MaxTokens);
        var generation = new TextGeneration(model, prompt.Tokens, sampling);
        string id = $"chatcmpl-{Guid.NewGuid():N}";
        ChatResponseUpdate Update(params IList<AIContent> contents) => new(ChatRole.Assistant, contents)
        {
            ResponseId = id,
            MessageId = id,
            ModelId = modelId,
            CreatedAt = DateTimeOffset.UtcNow,
        };

        await foreach (string piece in generation.RunAsync(cancellationToken).ConfigureAwait(false))
            yield return Update(new TextContent(piece));

        var last = Update(new UsageContent(new UsageDetails
        {
            InputTokenCount = generation.PromptTokens,
            OutputTokenCount = generation.CompletionTokens,
            TotalTokenCount = generation.PromptTokens + generation.CompletionTokens,
            CachedInputTokenCount = generation.CachedTokens,
        }));
        last.FinishReason = generation.FinishReason == FinishReason.Stop ? ChatFinishReason.Stop : ChatFinishReason.Length;
        last.AdditionalProperties = new() { [DroppedMessages] = prompt.DroppedTurns };
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

    private SamplingOptions Sampling(ChatOptions? options) => options is null ? _defaults : (_defaults with
    {
        MaxTokens = options.MaxOutputTokens ?? _defaults.MaxTokens,
        Temperature = options.Temperature ?? _defaults.Temperature,
        TopK = options.TopK ?? _defaults.TopK,
        TopP = options.TopP ?? _defaults.TopP,
        FrequencyPenalty = options.FrequencyPenalty ?? _defaults.FrequencyPenalty,
        PresencePenalty = options.PresencePenalty ?? _defaults.PresencePenalty,
        Seed = options.Seed is { } seed ? unchecked((ulong)seed) : _defaults.Seed,
        Stop = options.StopSequences is { } stop ? [.. stop] : _defaults.Stop,
    }).Validated();

    private static ChatTurn Turn(ChatMessage message)
    {
        if (message.Contents.FirstOrDefault(c => c is not TextContent) is { } other)
            throw new InputException($"A message has content of type {other.GetType().Name}, but this model reads only text.");
        return message.Role.Value is "system" or "user" or "assistant" or "tool" ? new(message.Role.Value, message.Text)
            : throw new InputException(
                $"A message's role is '{message.Role.Value}', but it must be system, user, assistant or tool.");
    }
}
