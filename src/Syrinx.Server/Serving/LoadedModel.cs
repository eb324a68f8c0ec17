using System.Text;
using Microsoft.Extensions.AI;
using Syrinx.Inference;
using Syrinx.Server.OpenAi;
using Syrinx.Tokens;

namespace Syrinx.Server.Serving;

/// <summary>
/// A model in memory, as chat client and embedding generator, with what counts its tokens. Safe to share between threads.
/// </summary>
internal sealed class LoadedModel : IDisposable
{
    private readonly BpeTokenizer? _tokenizer;
    private readonly LanguageModel? _model;
    private readonly IEmbeddingGenerator<string, Embedding<float>>? _embeddings;

    private LoadedModel(IChatClient chat, int contextLength) => (Chat, ContextLength) = (chat, contextLength);

    private LoadedModel(LanguageModel model, string name) : this(new LocalChatClient(model, name), model.ContextLength)
    {
        _tokenizer = model.Tokenizer
            ?? throw new InputException(
                $"{model.TokenizerPath} is not there: without a tokenizer a model cannot be served.");
        _model = model;
        _embeddings = new LocalEmbeddingGenerator(model, name);
    }

    /// <summary>Whether the engine of this process runs it, and not the server behind this one.</summary>
    public bool IsHere => _model is not null;

    /// <summary>The engine.</summary>
    public LanguageModel Model => _model ?? throw new InvalidOperationException("A model of the upstream server has no engine here.");

    /// <summary>The raw model.</summary>
    public IChatClient Chat { get; }

    /// <summary>Its embeddings.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> Embeddings =>
        _embeddings ?? throw new InvalidOperationException("A model of the upstream server makes its embeddings there.");

    /// <summary>Numbers in one embedding.</summary>
    public int EmbeddingSize => Model.Config.HiddenSize;

    /// <summary>Tokens that prompt and reply may have together.</summary>
    public int ContextLength { get; }

    /// <summary>A model of the server behind this one.</summary>
    public static LoadedModel Of(IChatClient chat, int contextLength) => new(chat, contextLength);

    /// <summary>Loads a folder and reads one token with it, so that the first visitor does not wait for the compiler.</summary>
    /// <exception cref="InputException">The folder does not hold a whole model; the message names the file.</exception>
    public static LoadedModel Load(string name, string directory, InferenceSettings engine)
    {
        var model = LanguageModel.Load(directory, engine);
        try
        {
            var loaded = new LoadedModel(model, name);
            using var session = model.StartSession();
            session.Read([0]);
            return loaded;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Tokens of a text; of a model elsewhere an estimate, a token for four bytes of UTF-8.</summary>
    public int CountTokens(string text) => _tokenizer?.Encode(text).Length ?? (Encoding.UTF8.GetByteCount(text) + 3) / 4;

    /// <summary>
    /// Tokens of a chat as the model reads it, the beginning of its reply included; null for a model that cannot chat.
    /// </summary>
    /// <exception cref="InputException">The model's template refuses the chat, or has no place for tools.</exception>
    public int? CountPrompt(IEnumerable<ChatMessage> messages, ToolFields? tools = null)
    {
        var offered = tools is null ? null : LocalChatClient.ToolsJson(new() { Tools = [.. tools.Tools], ToolMode = tools.Mode }, Model);
        return Model.ChatTemplate?.Render(messages.SelectMany(ChatMessages.Turns), addGenerationPrompt: true, offered).Length;
    }

    /// <summary>Unloads, once the replies that are being written have ended.</summary>
    public void Dispose() => _model?.Dispose();
}
