using System.Diagnostics;
using Syrinx.Inference.Kernels;

namespace Syrinx.Inference;

/// <summary>
/// Runs many generations of a model together (continuous batching, Yu et al. 2022,
/// <see href="https://www.usenix.org/conference/osdi22/presentation/yu"/>): in every step each running one gets its next token, for
/// which the weights are read once, and prompts are read in between, some tokens of each in turn. Prompts that begin like earlier
/// ones share their keys and values. A generation's tokens are the same whatever else runs. Safe to share between
/// threads.
/// </summary>
public sealed class Scheduler : IDisposable
{
    private readonly LanguageModel _model;
    private readonly SchedulerSettings _settings;
    private readonly ForwardPass _pass;
    private readonly PrefixTree _prefixes;
    private readonly int _mostPages;
    private readonly Lock _lock = new();
    private readonly Queue<ScheduledSequence> _waiting = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly List<ScheduledSequence> _running = [];
    private PinnedBuffer<float> _hidden = new(0);
    private float[] _logits = [];
    private double _meanSeconds = 1; // of recent generations
    private Thread? _thread;
    private int _turn;
    private volatile int _runningCount;
    private bool _disposed;

    internal Scheduler(LanguageModel model, SchedulerSettings settings)
    {
        (_model, _settings) = (model, settings);
        _pass = new(model.Config, model.Weights, model.Team);
        _prefixes = new(model.Pages);
        int context = (model.ContextLength + KvPagePool.PageTokens - 1) / KvPagePool.PageTokens;
        _mostPages = (int)Math.Clamp(settings.CacheBytes / model.Pages.PageBytes, context, int.MaxValue);
    }

    /// <summary>Generations that run now.</summary>
    public int Running => _runningCount;

    /// <summary>Generations that wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>Share of the memory for keys and values that running generations use, 0 to 1.</summary>
    public double CacheUsage => Math.Clamp((_model.Pages.Used - _prefixes.Unused) / (double)_mostPages, 0, 1);

    /// <summary>Tokens of prompts taken up so far.</summary>
    public long PromptTokens { get; private set; }

    /// <summary>Those of them whose keys and values were there already.</summary>
    public long CachedPromptTokens { get; private set; }

    /// <summary>Asks for a generation.</summary>
    /// <param name="prompt">At least one token, fewer than the context holds.</param>
    /// <param name="mostTokens">Most tokens to choose, such that prompt and they fit into the context.</param>
    /// <param name="choose">Chooses each; called on the scheduler's threads.</param>
    /// <exception cref="QueueFullException">As many wait as may.</exception>
    internal ScheduledSequence Start(int[] prompt, int mostTokens, TokenChooser choose)
    {
        Debug.Assert(prompt.Length > 0 && prompt.Length + mostTokens <= _model.ContextLength + 1);
        var sequence = new ScheduledSequence(prompt, mostTokens, choose);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_waiting.Count >= _settings.MostWaiting)
                throw new QueueFullException(_runningCount, _waiting.Count, RetryAfter());
            _model.Enter();
            _waiting.Enqueue(sequence);
            if (_thread is null)
            {
                _thread = new(Loop) { IsBackground = true, Name = "Syrinx scheduler" };
                _thread.Start();
            }
        }
        _wake.Release();
        return sequence;
    }

    /// <summary>Ends what runs and waits, with <see cref="ObjectDisposedException"/> for their readers.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
        }
        _wake.Release();
        if (_thread != Thread.CurrentThread)
            _thread?.Join();
    }

    private TimeSpan RetryAfter() => TimeSpan.FromSeconds(
        Math.Clamp(Math.Ceiling(_meanSeconds * (_waiting.Count + 1) / _settings.MostRunning), 1, 60));

    private void Loop()
    {
        while (true)
        {
            bool disposed;
            lock (_lock)
                disposed = _disposed;
            if (disposed)
            {
                EndAll(new ObjectDisposedException(nameof(Scheduler)));
                return;
            }
            try
            {
                Admit();
                if (_running.Count == 0)
                    _wake.Wait();
                else
                    Step();
            }
            catch (Exception e)
            {
                EndAll(e);
            }
        }
    }

    /// <summary>Takes up who waits, in order, as long as their pages are certain to be there when they need them.</summary>
    private void Admit()
    {
        while (_running.Count < _settings.MostRunning)
        {
            ScheduledSequence next;
            lock (_lock)
            {
                if (!_waiting.TryPeek(out next!))
                    return;
                if (!next.Cancelled && _running.Count > 0 && Promised() + next.MostPages > _mostPages)
                    return;
                _waiting.Dequeue();
            }
            if (next.Cancelled)
            {
                End(next);
                continue;
            }
            // at least one token must be read, for the logits after it
            var known = _prefixes.Match(next.Prompt, (next.Prompt.Length - 1) / KvPagePool.PageTokens);
            next.Start(new KvCache(_model.Pages), known);
            PromptTokens += next.Prompt.Length;
            CachedPromptTokens += next.CachedTokens;
            _running.Add(next);
            _runningCount = _running.Count;
        }
    }

    private int Promised() => _running.Sum(s => s.MostPages);

    private void Step()
    {
        for (int i = _running.Count - 1; i >= 0; i--)
        {
            if (_running[i].Cancelled)
                Remove(i);
        }
        if (_running.Count == 0)
            return;
        var parts = Plan();
        Run(parts);
        for (int i = _running.Count - 1; i >= 0; i--)
        {
            Share(_running[i]);
            if (_running[i].Ended)
                Remove(i);
        }
    }

    /// <summary>How many tokens of whom are read: one of each that has its prompt behind it, then prompts in turn.</summary>
    private List<(ScheduledSequence Sequence, int Tokens)> Plan()
    {
        var parts = new List<(ScheduledSequence, int)>();
        var prompts = new List<ScheduledSequence>();
        _turn++;
        for (int i = 0; i < _running.Count; i++)
        {
            // who is first changes, so that all get on
            var sequence = _running[(i + _turn) % _running.Count];
            if (sequence.Unread == 1)
                parts.Add((sequence, 1));
            else
                prompts.Add(sequence);
        }
        int room = parts.Count == 0 ? ForwardPass.LongestBatch
            : Math.Min(_settings.PromptTokensPerStep, ForwardPass.LongestBatch - parts.Count);
        for (int i = 0; i < prompts.Count && room > 0; i++)
        {
            int fair = Math.Max(KvPagePool.PageTokens, room / (prompts.Count - i)), tokens = Math.Min(Math.Min(fair, room), prompts[i].Unread);
            parts.Add((prompts[i], tokens));
            room -= tokens;
        }
        return parts;
    }

    private unsafe void Run(List<(ScheduledSequence Sequence, int Tokens)> parts)
    {
        int d = _model.Config.HiddenSize, vocabulary = _model.Config.VocabSize;
        var tokens = new List<int>();
        var segments = new Segment[parts.Count];
        var asked = new List<(ScheduledSequence Sequence, int Row)>();
        for (int i = 0; i < parts.Count; i++)
        {
            var (sequence, count) = parts[i];
            tokens.AddRange(sequence.All.GetRange(sequence.Cache.Length, count));
            segments[i] = new(sequence.Cache, count);
            if (count == sequence.Unread)
                asked.Add((sequence, tokens.Count - 1));
        }
        MakeRoom(segments);
        float* hidden = _pass.Run(tokens.ToArray(), segments);
        if (asked.Count == 0)
            return;
        if (_hidden.Length < asked.Count * d)
            (_hidden, _logits) = (new(asked.Count * (long)d), new float[asked.Count * vocabulary]);
        for (int i = 0; i < asked.Count; i++)
            new ReadOnlySpan<float>(hidden + (long)asked[i].Row * d, d).CopyTo(_hidden.Span[(i * d)..]);
        _pass.Logits(_hidden.Pointer, asked.Count, _logits.AsSpan(0, asked.Count * vocabulary));
        _model.Team.Run(asked.Count, i => Choose(asked[i].Sequence, _logits.AsSpan(i * vocabulary, vocabulary)));
    }

    /// <summary>A generation whose chooser fails ends alone.</summary>
    private static void Choose(ScheduledSequence sequence, ReadOnlySpan<float> logits)
    {
        try
        {
            sequence.Choose(logits);
        }
        catch (Exception e)
        {
            sequence.Complete(e);
            sequence.Cancel();
        }
    }

    /// <summary>Has pages given back that are kept for prompts to come, where the step needs more than there may be.</summary>
    private void MakeRoom(Segment[] segments)
    {
        int needed = segments.Sum(s => Math.Max(0,
            (s.Cache.Length + s.Tokens + KvPagePool.PageTokens - 1) / KvPagePool.PageTokens - s.Cache.Pages.Count));
        _prefixes.Evict(_model.Pages.Used + needed - _mostPages);
    }

    /// <summary>Makes the pages that a sequence has filled known to others.</summary>
    private void Share(ScheduledSequence sequence)
    {
        for (int page = sequence.Shared.Count; (page + 1) * KvPagePool.PageTokens <= sequence.Cache.Length; page++)
        {
            var tokens = sequence.All.GetRange(page * KvPagePool.PageTokens, KvPagePool.PageTokens).ToArray();
            var node = _prefixes.Add(page > 0 ? sequence.Shared[page - 1] : null, tokens, sequence.Cache.Pages[page]);
            sequence.Cache.Replace(page, node.Page); // the same bits, be it another's
            sequence.Shared.Add(node);
        }
    }

    private void Remove(int index)
    {
        var sequence = _running[index];
        _running.RemoveAt(index);
        _runningCount = _running.Count;
        foreach (nint page in sequence.Cache.Pages.Skip(sequence.Shared.Count))
            _model.Pages.Return(page);
        sequence.Cache.Release();
        _prefixes.Release(sequence.Shared);
        _meanSeconds += (Stopwatch.GetElapsedTime(sequence.StartedAt).TotalSeconds - _meanSeconds) / 16;
        End(sequence);
    }

    private void End(ScheduledSequence sequence, Exception? failure = null)
    {
        sequence.Complete(failure);
        _model.Leave();
    }

    private void EndAll(Exception failure)
    {
        foreach (var sequence in _running)
            sequence.Complete(failure);
        while (_running.Count > 0)
            Remove(_running.Count - 1);
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var sequence))
                End(sequence, failure);
        }
    }
}
