using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Syrinx.Inference.Structured;

namespace Syrinx.Inference;

/// <summary>
/// Chooses the next token from logits, in this order: logit bias, repetition penalty, frequency and presence penalties, the
/// grammar's mask, temperature, top-k, top-p, min-p, one draw (Hugging Face's order). Equal seeds and logits
/// give equal tokens. For one generation.
/// </summary>
internal sealed class Sampler
{
    private readonly SamplingOptions _options;
    private readonly int _mostTokens;
    private readonly Dictionary<int, int> _generated = [];
    private readonly HashSet<int> _seen = [];
    private readonly ConstraintMatcher? _matcher;
    private readonly PriorityQueue<int, (float Logit, int Token)> _best = new();
    private int _position;
    private float[] _logits = [];
    private float[] _weights = [];
    private int[] _tokens = [];

    /// <summary>Begins a generation.</summary>
    /// <param name="options">How to choose; checked by the caller.</param>
    /// <param name="prompt">The prompt, which the repetition penalty counts.</param>
    /// <param name="mostTokens">Tokens that the generation may have; a grammar closes its text within them.</param>
    /// <exception cref="InputException">The grammar's shortest text takes more tokens than that.</exception>
    public Sampler(SamplingOptions options, ReadOnlySpan<int> prompt = default, int mostTokens = int.MaxValue)
    {
        (_options, _mostTokens) = (options, mostTokens);
        if (options.RepetitionPenalty != 1)
        {
            foreach (int token in prompt)
                _seen.Add(token);
        }
        _matcher = options.Constraint?.Begin(mostTokens);
    }

    /// <summary>Whether the grammar's text is complete and nothing can follow: there is no token left to choose.</summary>
    public bool Finished => _matcher?.Finished ?? false;

    /// <summary>Whether the text may end here: always, unless a grammar says otherwise.</summary>
    public bool Complete => _matcher?.Complete ?? true;

    /// <summary>Tokens chosen so far.</summary>
    public int Count => _position;

    /// <summary>
    /// What the model thought of each token, for its reader to take, where <see cref="SamplingOptions.TopLogprobs"/> asks.
    /// </summary>
    public ConcurrentQueue<TokenLogprobs> Logprobs { get; } = new();

    /// <summary>The next token.</summary>
    public int Sample(ReadOnlySpan<float> logits)
    {
        var mask = _matcher is null ? default : _matcher.Mask(_mostTokens - _position);
        int token = Choose(Adjusted(logits), mask);
        if (_options.TopLogprobs is { } top)
            Logprobs.Enqueue(LogprobsOf(logits, token, top));
        _position++;
        _generated[token] = _generated.GetValueOrDefault(token) + 1;
        if (_options.RepetitionPenalty != 1)
            _seen.Add(token);
        _matcher?.Accept(token);
        return token;
    }

    private ReadOnlySpan<float> Adjusted(ReadOnlySpan<float> logits)
    {
        bool counts = _generated.Count > 0 && (_options.FrequencyPenalty != 0 || _options.PresencePenalty != 0);
        if (_options.LogitBias.Count == 0 && _seen.Count == 0 && !counts)
            return logits;
        if (_logits.Length < logits.Length)
            _logits = new float[logits.Length];
        logits.CopyTo(_logits);
        foreach (var (token, bias) in _options.LogitBias)
        {
            if ((uint)token < (uint)logits.Length)
                _logits[token] += bias;
        }
        foreach (int token in _seen)
        {
            if (token < logits.Length)
                _logits[token] = _logits[token] > 0
                    ? _logits[token] / _options.RepetitionPenalty : _logits[token] * _options.RepetitionPenalty;
        }
        if (counts)
        {
            foreach (var (token, count) in _generated)
                _logits[token] -= count * _options.FrequencyPenalty + _options.PresencePenalty;
        }
        return _logits.AsSpan(0, logits.Length);
    }

    private int Choose(ReadOnlySpan<float> logits, ReadOnlySpan<ulong> mask)
    {
        float highest = float.NegativeInfinity;
        int likeliest = -1;
        if (mask.IsEmpty)
        {
            highest = Highest(logits);
            likeliest = Math.Max(0, logits.IndexOf(highest)); // the lowest id among equals
        }
        else
        {
            for (int word = 0; word < mask.Length; word++)
            {
                for (ulong bits = mask[word]; bits != 0; bits &= bits - 1)
                {
                    int token = word * 64 + BitOperations.TrailingZeroCount(bits);
                    if (likeliest < 0 || logits[token] > highest)
                        (likeliest, highest) = (token, logits[token]);
                }
            }
        }
        // NaN and −∞ everywhere leave nothing to weigh
        if (_options.Temperature == 0 || !float.IsFinite(highest))
            return likeliest;

        int n = Candidates(logits, mask, highest);
        var found = _tokens.AsSpan(0, n);
        var weights = _weights.AsSpan(0, n);
        double sum = 0;
        for (int i = 0; i < n; i++)
            sum += weights[i] = (float)Math.Exp((weights[i] - (double)highest) / _options.Temperature);
        if (_options.TopP < 1)
        {
            double kept = 0;
            int count = 0;
            while (count < n && kept < _options.TopP * sum)
                kept += weights[count++];
            (n, sum) = (count, kept);
        }
        if (_options.MinP > 0)
        {
            sum = 0;
            int count = 0;
            for (int i = 0; i < n; i++)
            {
                if (weights[i] < _options.MinP)
                    continue;
                (found[count], weights[count]) = (found[i], weights[i]);
                sum += weights[count++];
            }
            n = count;
        }
        double draw = SeededRandom.Uniform(_options.Seed, _position) * sum;
        for (int i = 0; i < n; i++)
        {
            draw -= weights[i];
            if (draw < 0)
                return found[i];
        }
        return found[n - 1];
    }

    /// <summary>
    /// Finds the tokens that come into question, as ids and logits: the k likeliest, or all that have any weight; likeliest
    /// first where top-p asks for it.
    /// </summary>
    private int Candidates(ReadOnlySpan<float> logits, ReadOnlySpan<ulong> mask, float highest)
    {
        if (_tokens.Length < logits.Length)
            (_tokens, _weights) = (new int[logits.Length], new float[logits.Length]);
        // Nothing that weighs less than e⁻⁴⁰ of the likeliest is ever drawn: 53 random bits do not reach it.
        float least = (float)(highest - 40.0 * _options.Temperature);
        if (_options.TopK > 0 && _options.TopK < logits.Length)
            return Likeliest(logits, mask, least);
        int n = 0;
        if (mask.IsEmpty)
        {
            for (int i = 0; i < logits.Length; i++)
            {
                if (logits[i] >= least)
                    (_tokens[n], _weights[n++]) = (i, logits[i]);
            }
        }
        else
        {
            for (int word = 0; word < mask.Length; word++)
            {
                for (ulong bits = mask[word]; bits != 0; bits &= bits - 1)
                {
                    int token = word * 64 + BitOperations.TrailingZeroCount(bits);
                    if (logits[token] >= least)
                        (_tokens[n], _weights[n++]) = (token, logits[token]);
                }
            }
        }
        if (_options.TopP < 1)
            Sort(n);
        return n;
    }

    /// <summary>The k likeliest, in one walk with a heap of k.</summary>
    private int Likeliest(ReadOnlySpan<float> logits, ReadOnlySpan<ulong> mask, float least)
    {
        _best.Clear();
        for (int i = 0; i < logits.Length; i++)
        {
            if (!(logits[i] >= least) || (!mask.IsEmpty && (mask[i >> 6] >> i & 1) == 0))
                continue;
            if (_best.Count < _options.TopK)
            {
                _best.Enqueue(i, (logits[i], -i));
                if (_best.Count == _options.TopK)
                    least = Math.Max(least, logits[_best.Peek()]);
            }
            else if (logits[i] > logits[_best.Peek()])
            {
                _best.DequeueEnqueue(i, (logits[i], -i));
                least = Math.Max(least, logits[_best.Peek()]);
            }
        }
        int n = _best.Count;
        for (int i = n - 1; i >= 0; i--)
        {
            int token = _best.Dequeue();
            (_tokens[i], _weights[i]) = (token, logits[token]);
        }
        return n;
    }

    private void Sort(int n)
    {
        // negated, so that ascending keys are descending logits; ids break ties because the walk met them in order
        var keys = _weights.AsSpan(0, n);
        for (int i = 0; i < n; i++)
            keys[i] = -keys[i];
        keys.Sort(_tokens.AsSpan(0, n), static (a, b) => a.CompareTo(b));
        for (int i = 0; i < n; i++)
            keys[i] = -keys[i];
        // the sort is unstable: equal logits again by id
        for (int start = 0; start < n;)
        {
            int end = start + 1;
            while (end < n && keys[end] == keys[start])
                end++;
            if (end - start > 1)
                _tokens.AsSpan(start, end - start).Sort();
            start = end;
        }
    }

    private static TokenLogprobs LogprobsOf(ReadOnlySpan<float> logits, int token, int top)
    {
        float highest = Highest(logits);
        double sum = 0;
        foreach (float logit in logits)
            sum += Math.Exp(logit - (double)highest);
        double total = highest + Math.Log(sum);
        TokenLogprob Of(int id, ReadOnlySpan<float> all) => new(id, (float)(all[id] - total));
        var best = new PriorityQueue<int, (float, int)>();
        for (int i = 0; i < logits.Length && top > 0; i++)
        {
            if (best.Count < top)
                best.Enqueue(i, (logits[i], -i));
            else if (logits[i] > logits[best.Peek()])
                best.DequeueEnqueue(i, (logits[i], -i));
        }
        var likeliest = new TokenLogprob[best.Count];
        for (int i = likeliest.Length - 1; i >= 0; i--)
            likeliest[i] = Of(best.Dequeue(), logits);
        return new(Of(token, logits), likeliest);
    }

    private static float Highest(ReadOnlySpan<float> logits)
    {
        float highest = float.NegativeInfinity;
        int i = 0;
        if (Vector256.IsHardwareAccelerated && logits.Length >= 8)
        {
            var most = Vector256.Create(float.NegativeInfinity);
            var blocks = MemoryMarshal.Cast<float, Vector256<float>>(logits);
            foreach (var block in blocks)
                most = Vector256.MaxNumber(most, block);
            for (int lane = 0; lane < 8; lane++)
                highest = Math.Max(highest, most[lane]);
            i = blocks.Length * 8;
        }
        for (; i < logits.Length; i++)
            highest = float.MaxNumber(highest, logits[i]);
        return highest;
    }
}
