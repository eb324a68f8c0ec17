namespace Syrinx.Inference;

/// <summary>
/// One sequence being read by a <see cref="LanguageModel"/>: tokens go in, logits come out, keys and values of all that was
/// read are kept. For one thread at a time; several sessions of a model run at once.
/// </summary>
public sealed unsafe class InferenceSession : IDisposable
{
    private readonly LanguageModel _model;
    private readonly ForwardPass _pass;
    private readonly KvCache _cache;
    private readonly float[] _logits;
    private float[] _rows = []; // of ReadAll, kept: thousands of short readings would fill the heap with large arrays
    private bool _disposed;

    internal InferenceSession(LanguageModel model)
    {
        model.Enter();
        _model = model;
        _pass = new(model.Config, model.Weights, model.Team);
        _cache = new(model.Pages);
        _logits = new float[model.Config.VocabSize];
    }

    /// <summary>Rows of logits (rows, V) that belong to the tokens from <paramref name="start"/> on.</summary>
    internal delegate void LogitsReader(int start, int rows, ReadOnlySpan<float> logits);

    /// <summary>Rows of final hidden states (rows, D) that belong to the tokens from <paramref name="start"/> on.</summary>
    internal delegate void HiddenReader(int start, int rows, ReadOnlySpan<float> hidden);

    /// <summary>Tokens read so far.</summary>
    public int Position => _cache.Length;

    /// <summary>Bytes that keys and values take.</summary>
    public long CacheBytes => _cache.Bytes;

    /// <summary>Reads tokens and returns the logits (V) after the last one, valid until the next call.</summary>
    /// <param name="tokens">At least one.</param>
    /// <param name="cancel">Stops between batches of tokens; what was read stays read.</param>
    /// <exception cref="InputException">The sequence would become longer than the context, or a token is outside the
    /// vocabulary.</exception>
    public ReadOnlySpan<float> Read(ReadOnlySpan<int> tokens, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(tokens.Length);
        Check(tokens);
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var batch = tokens[..Math.Min(tokens.Length, ForwardPass.LongestBatch)];
            float* hidden = _pass.Run(batch, new Segment(_cache, batch.Length));
            tokens = tokens[batch.Length..];
            if (tokens.Length == 0)
            {
                _pass.Logits(hidden + (batch.Length - 1L) * _model.Config.HiddenSize, 1, _logits);
                GC.KeepAlive(_model);
                return _logits;
            }
        }
    }

    /// <summary>
    /// Forgets all tokens after the first <paramref name="position"/>, so that another continuation can be read.
    /// </summary>
    public void Rewind(int position)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)position, (uint)Position, nameof(position));
        _cache.Length = position;
    }

    /// <summary>Reads tokens and hands over the logits after each one, some rows at a time.</summary>
    internal void ReadAll(ReadOnlySpan<int> tokens, LogitsReader reader, CancellationToken cancel = default)
    {
        // few rows at a time: a row is as long as the vocabulary
        int rows = Math.Clamp((1 << 22) / _model.Config.VocabSize, 1, ForwardPass.LongestBatch);
        long size = (long)Math.Min(rows, tokens.Length) * _model.Config.VocabSize;
        if (_rows.Length < size)
            _rows = new float[size];
        float[] logits = _rows;
        int d = _model.Config.HiddenSize;
        ReadHidden(tokens, (start, count, hidden) =>
        {
            fixed (float* h = hidden)
            {
                for (int done = 0; done < count; done += rows)
                {
                    int n = Math.Min(rows, count - done);
                    var part = logits.AsSpan(0, n * _model.Config.VocabSize);
                    _pass.Logits(h + (long)done * d, n, part);
                    reader(start + done, n, part);
                }
            }
        }, cancel);
    }

    /// <summary>Reads tokens and hands over their final hidden states, some rows at a time.</summary>
    internal void ReadHidden(ReadOnlySpan<int> tokens, HiddenReader reader, CancellationToken cancel = default)
    {
        Check(tokens);
        for (int start = 0; start < tokens.Length; start += ForwardPass.LongestBatch)
        {
            cancel.ThrowIfCancellationRequested();
            var batch = tokens.Slice(start, Math.Min(tokens.Length - start, ForwardPass.LongestBatch));
            float* hidden = _pass.Run(batch, new Segment(_cache, batch.Length));
            reader(start, batch.Length, new ReadOnlySpan<float>(hidden, batch.Length * _model.Config.HiddenSize));
        }
        GC.KeepAlive(_model);
    }

    /// <summary>Frees the keys and values.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _cache.Dispose();
        _model.Leave();
    }

    private void Check(ReadOnlySpan<int> tokens)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (tokens.Length > _model.ContextLength - Position)
        {
            throw new InputException(
                $"{Position + tokens.Length} tokens are more than the model's context of {_model.ContextLength}" +
                (Position > 0 ? $" ({Position} read, {tokens.Length} more asked for)." : ". Shorten the text."));
        }
        foreach (int token in tokens)
        {
            if ((uint)token >= (uint)_model.Config.VocabSize)
                throw new InputException($"Token {token} is outside the model's vocabulary of {_model.Config.VocabSize}.");
        }
    }
}
