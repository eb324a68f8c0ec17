using Microsoft.Extensions.AI;
using Syrinx.Models;
using Syrinx.Tokens;

namespace Syrinx.Server.Serving;

/// <summary>A model in memory, with what counts its tokens. Safe to share between threads.</summary>
internal sealed class LoadedModel : IDisposable
{
    private readonly BpeTokenizer _tokenizer = null!;
    private readonly ChatTemplate _template = null!;

    /// <summary>The raw model.</summary>
    public IChatClient Chat { get; } = null!;

    /// <summary>Its embeddings.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> Embeddings { get; } = null!;

    /// <summary>Numbers in one embedding.</summary>
    public int EmbeddingSize { get; }

    /// <summary>Tokens that prompt and reply may have together.</summary>
    public int ContextLength { get; }

    public static LoadedModel Load(string directory, int threads) =>
        throw new InputException($"{directory}: the inference engine is not there yet.");

    /// <summary>Tokens of a text.</summary>
    public int CountTokens(string text) => _tokenizer.Encode(text).Length;

    /// <summary>Tokens of a chat as the model reads it, the beginning of its reply included.</summary>
    public int CountPrompt(IEnumerable<ChatMessage> messages) =>
        _template.Render(messages.Select(m => new ChatTurn(m.Role.Value, m.Text)), addGenerationPrompt: true).Length;

    /// <summary>Goes on with a text, without the chat's template.</summary>
    public IAsyncEnumerable<ChatResponseUpdate> Continue(string prompt, ChatOptions options, CancellationToken cancel) =>
        throw new InputException("The inference engine is not there yet.");

    /// <summary>Unloads.</summary>
    public void Dispose() => Chat.Dispose();
}
