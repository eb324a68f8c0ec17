using System.Diagnostics;
using System.Threading.Channels;

namespace Syrinx.Inference;

/// <summary>Chooses a token from the logits after the last one, and says whether it is the sequence's last.</summary>
internal delegate int TokenChooser(ReadOnlySpan<float> logits, out bool last);

/// <summary>
/// A sequence in a <see cref="Scheduler"/>'s hands. Its tokens are read from <see cref="Tokens"/> by one reader; everything that is
/// not public to it belongs to the scheduler's thread.
/// </summary>
internal sealed class ScheduledSequence(int[] prompt, int mostTokens, TokenChooser choose)
{
    private readonly Channel<int> _tokens =
        Channel.CreateUnbounded<int>(new() { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = false });

    private readonly long _askedAt = Stopwatch.GetTimestamp();
    private long _firstAt;
    private long _lastAt;
    private volatile bool _cancelled;

    /// <summary>The tokens chosen, as they come; it ends with the failure where there was one.</summary>
    public ChannelReader<int> Tokens => _tokens.Reader;

    /// <summary>Tokens of the prompt whose keys and values were there already.</summary>
    public int CachedTokens { get; private set; }

    /// <summary>Seconds from asking to the first token, the waiting included; 0 before.</summary>
    public double PrefillSeconds => Volatile.Read(ref _firstAt) is var at and not 0
        ? Stopwatch.GetElapsedTime(_askedAt, at).TotalSeconds : 0;

    /// <summary>Seconds from the first token to the last so far.</summary>
    public double DecodeSeconds => Volatile.Read(ref _lastAt) is var at and not 0
        ? Stopwatch.GetElapsedTime(_firstAt, at).TotalSeconds : 0;

    /// <summary>Nobody wants more tokens.</summary>
    public void Cancel() => _cancelled = true;

    internal bool Cancelled => _cancelled;

    /// <summary>When the scheduler took it up.</summary>
    internal long StartedAt { get; private set; }

    /// <summary>Most pages that it can ever fill.</summary>
    internal int MostPages => (prompt.Length + mostTokens + KvPagePool.PageTokens - 1) / KvPagePool.PageTokens;

    internal ReadOnlySpan<int> Prompt => prompt;

    /// <summary>Prompt and tokens chosen so far.</summary>
    internal List<int> All { get; } = [.. prompt];

    internal KvCache Cache { get; private set; } = null!;

    /// <summary>Those of its pages that are in the tree of prefixes.</summary>
    internal List<PrefixTree.Node> Shared { get; } = [];

    /// <summary>Tokens that must be read before the next can be chosen.</summary>
    internal int Unread => All.Count - Cache.Length;

    internal bool Ended { get; private set; }

    /// <summary>Takes the sequence up, with the pages that are known already.</summary>
    internal void Start(KvCache cache, List<PrefixTree.Node> known)
    {
        StartedAt = Stopwatch.GetTimestamp();
        Cache = cache;
        Cache.Begin(known.Select(n => n.Page));
        Shared.AddRange(known);
        CachedTokens = Cache.Length;
    }

    /// <summary>Chooses the next token; sequences may do so at once.</summary>
    internal void Choose(ReadOnlySpan<float> logits)
    {
        int token = choose(logits, out bool last);
        long now = Stopwatch.GetTimestamp();
        if (_firstAt == 0)
            Volatile.Write(ref _firstAt, now);
        Volatile.Write(ref _lastAt, now);
        All.Add(token);
        Ended = last || All.Count - prompt.Length >= mostTokens;
        _tokens.Writer.TryWrite(token);
    }

    internal void Complete(Exception? failure = null) => _tokens.Writer.TryComplete(failure);
}
