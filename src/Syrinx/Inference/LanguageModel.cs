using Syrinx.Inference.Kernels;
using Syrinx.Inference.Structured;
using Syrinx.Models;
using Syrinx.Tokens;

namespace Syrinx.Inference;

/// <summary>
/// A Llama-family decoder in managed code: the weights of a model's folder, memory-mapped. Safe to share between threads:
/// any number of <see cref="InferenceSession"/>s read the same weights, each with a key-value cache of its own.
/// </summary>
public sealed class LanguageModel : IDisposable
{
    private readonly ModelFiles _files;
    private readonly Lock _lock = new();
    private int _sessions;
    private bool _disposed;

    private LanguageModel(ModelFiles files, InferenceSettings settings)
    {
        _files = files;
        (Config, Settings, Tokenizer) = (files.Config, settings, files.Tokenizer);
        Isa = IsaSelection.Choose(Environment.GetEnvironmentVariable(IsaSelection.Variable));
        Team = new(settings.Threads);
        Pages = new(Config.NumHiddenLayers, Config.NumKeyValueHeads, Config.HeadSize, settings.Cache);
        Weights = new(files.Weights, Config, settings.Quantization, Isa, Team);
        Scheduler = new(this, settings.Scheduling);
        ChatTemplate = Tokenizer is null ? null : ChatTemplate.Of(files, Tokenizer);
        Constraints = Tokenizer is null ? null : new(Tokenizer, EndTokens);
    }

    /// <summary>
    /// Loads a model: a folder in Hugging Face layout, or a GGUF file. A folder without <c>tokenizer.json</c> runs on token ids
    /// only.
    /// </summary>
    /// <param name="path">The folder or file.</param>
    /// <param name="settings">How to run it; null for the defaults.</param>
    /// <exception cref="InputException">
    /// A file is missing or malformed, a tensor is missing or has another shape than the model's says, or the model is of a
    /// kind that is not known; the message names file and tensor or field.
    /// </exception>
    public static LanguageModel Load(string path, InferenceSettings? settings = null)
    {
        var files = ModelFiles.Open(path);
        try
        {
            return new(files, settings ?? new());
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>The folder or file.</summary>
    public string Path => _files.Path;

    /// <summary>The file that holds the tokenizer, or should.</summary>
    public string TokenizerPath => _files.TokenizerPath;

    /// <summary>The model's shape.</summary>
    public ModelConfig Config { get; }

    /// <summary>How it is run.</summary>
    public InferenceSettings Settings { get; }

    /// <summary>The model's tokenizer, or null when its folder has none.</summary>
    public BpeTokenizer? Tokenizer { get; }

    /// <summary>How chats are rendered; null when the tokenizer lacks the marks for it.</summary>
    public ChatTemplate? ChatTemplate { get; }

    /// <summary>Tokens that end a text.</summary>
    public IReadOnlySet<int> EndTokens => _files.EndTokens;

    /// <summary>The token that begins every text, or null where the model was trained without.</summary>
    public int? BeginToken => _files.BeginToken;

    /// <summary>Makes constraints for structured output; null without a tokenizer.</summary>
    public ConstraintFactory? Constraints { get; }

    /// <summary>The longest sequence in tokens, prompt and continuation together.</summary>
    public int ContextLength => Config.ContextLength;

    /// <summary>Runs the model's generations.</summary>
    public Scheduler Scheduler { get; }

    internal ModelWeights Weights { get; }

    /// <summary>Memory for keys and values.</summary>
    internal KvPagePool Pages { get; }

    /// <summary>The instructions that matrix products use.</summary>
    internal Isa Isa { get; }

    internal ThreadTeam Team { get; }

    /// <summary>Begins an empty sequence.</summary>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public InferenceSession StartSession() => new(this);

    /// <summary>Logits after every token of a sequence: (tokens, V), row-major. For evaluation and comparison.</summary>
    /// <param name="tokens">At least one token, at most <see cref="ContextLength"/>.</param>
    /// <exception cref="InputException">There are more tokens than the context holds, or one is outside the
    /// vocabulary.</exception>
    public float[] Forward(ReadOnlySpan<int> tokens)
    {
        var logits = new float[(long)tokens.Length * Config.VocabSize];
        using var session = StartSession();
        session.ReadAll(tokens, (start, rows, part) => part.CopyTo(logits.AsSpan(start * Config.VocabSize)));
        return logits;
    }

    /// <summary>
    /// Gives the weights back to the system: at once, or when the last session in progress ends.
    /// </summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            if (_sessions == 0)
                Release();
        }
    }

    internal void Enter()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _sessions++;
        }
    }

    internal void Leave()
    {
        lock (_lock)
        {
            if (--_sessions == 0 && _disposed)
                Release();
        }
    }

    private void Release()
    {
        Scheduler.Dispose();
        Team.Dispose();
        _files.Dispose();
    }
}
