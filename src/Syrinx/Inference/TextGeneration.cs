using System.Diagnostics;
using System.Text;
using Syrinx.Tokens;

namespace Syrinx.Inference;

/// <summary>Why a generation ended.</summary>
public enum FinishReason
{
    /// <summary>The model ended its text, or a stop text came.</summary>
    Stop,

    /// <summary>As many tokens as asked for were generated, or the context is full.</summary>
    Length,
}

/// <summary>
/// One continuation of a prompt, generated while it is read. Runs once, on the thread that reads it; several run at once on
/// one model.
/// </summary>
public sealed class TextGeneration
{
    private readonly LanguageModel _model;
    private readonly BpeTokenizer _tokenizer;
    private readonly int[] _prompt;
    private readonly SamplingOptions _options;
    private readonly StringBuilder _text = new();
    private bool _begun;

    /// <summary>Prepares a generation.</summary>
    /// <param name="model">A model with a tokenizer.</param>
    /// <param name="prompt">The prompt's tokens, at least one, and fewer than the context holds.</param>
    /// <param name="options">How to choose tokens.</param>
    /// <exception cref="InputException">The prompt is empty or too long, an option is out of range, or the model has no
    /// tokenizer.</exception>
    public TextGeneration(LanguageModel model, IReadOnlyCollection<int> prompt, SamplingOptions options)
    {
        _model = model;
        _tokenizer = model.Tokenizer
            ?? throw new InputException($"{model.TokenizerPath} is not there, so the model cannot write text.");
        _prompt = [.. prompt];
        _options = options.Validated();
        if (_prompt.Length == 0)
            throw new InputException("The prompt is empty: give the model at least one token to continue.");
        if (_prompt.Length >= model.ContextLength)
        {
            throw new InputException(
                $"The prompt has {_prompt.Length} tokens, but the model's context holds {model.ContextLength}, the answer " +
                $"included. Shorten the prompt.");
        }
    }

    /// <summary>The prompt's tokens for a raw text: an empty one begins a new document.</summary>
    /// <exception cref="InputException">The model has no tokenizer.</exception>
    public static int[] Prompt(LanguageModel model, string text)
    {
        var tokenizer = model.Tokenizer
            ?? throw new InputException($"{model.TokenizerPath} is not there, so the model cannot read text.");
        // where a document's beginning has a token, the model has seen it before every text
        int? begin = model.BeginToken ?? (text.Length == 0 ? tokenizer.DocumentEnd : null);
        return [.. begin is { } id ? (ReadOnlySpan<int>)[id] : [], .. tokenizer.Encode(text)];
    }

    /// <summary>Tokens of the prompt.</summary>
    public int PromptTokens => _prompt.Length;

    /// <summary>Tokens generated so far, with the one that ended the text.</summary>
    public int CompletionTokens { get; private set; }

    /// <summary>Seconds until the prompt was read.</summary>
    public double PrefillSeconds { get; private set; }

    /// <summary>Seconds spent on the tokens after that, the reader's own time not counted.</summary>
    public double DecodeSeconds { get; private set; }

    /// <summary>Why it ended; null while it has not.</summary>
    public FinishReason? FinishReason { get; private set; }

    /// <summary>All text generated so far.</summary>
    public string Text => _text.ToString();

    /// <summary>Generates the text, a piece at a time; pieces are whole characters and not empty.</summary>
    /// <param name="cancel">Stops the generation.</param>
    /// <exception cref="InvalidOperationException">It was run before.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IEnumerable<string> Run(CancellationToken cancel = default)
    {
        if (_begun)
            throw new InvalidOperationException("A generation runs once.");
        _begun = true;
        using var session = _model.StartSession();
        var sampler = new Sampler(_options);
        var decoder = _tokenizer.CreateDecoder();
        var filter = new StopFilter(_options.Stop);
        int most = Math.Min(_options.MaxTokens ?? int.MaxValue, _model.ContextLength - _prompt.Length);

        var clock = Stopwatch.StartNew();
        int token = sampler.Sample(session.Read(_prompt, cancel));
        PrefillSeconds = clock.Elapsed.TotalSeconds;
        while (true)
        {
            clock.Restart();
            CompletionTokens++;
            bool ended = !_options.IgnoreEnd && _model.EndTokens.Contains(token);
            string piece = ended || token >= _tokenizer.VocabSize ? "" : filter.Append(decoder.Append(token));
            if (ended || filter.Stopped)
                FinishReason = Inference.FinishReason.Stop;
            else if (CompletionTokens >= most)
                FinishReason = Inference.FinishReason.Length;
            if (FinishReason is not null)
                piece += filter.Append(decoder.Flush()) + filter.Flush();
            _text.Append(piece);
            DecodeSeconds += clock.Elapsed.TotalSeconds;
            if (piece.Length > 0)
                yield return piece;
            if (FinishReason is not null)
                yield break;
            cancel.ThrowIfCancellationRequested();
            clock.Restart();
            token = sampler.Sample(session.Read([token], cancel));
            DecodeSeconds += clock.Elapsed.TotalSeconds;
        }
    }

    /// <summary>Generates all of the text at once.</summary>
    /// <inheritdoc cref="Run(CancellationToken)"/>
    public string RunToEnd(CancellationToken cancel = default)
    {
        foreach (string _ in Run(cancel))
            ;
        return Text;
    }
}
