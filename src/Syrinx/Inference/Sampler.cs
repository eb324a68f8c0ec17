namespace Syrinx.Inference;

/// <summary>
/// Chooses the next token from logits: penalties, then temperature, then top-k, then top-p, then one draw. The same options
/// and logits give the same tokens. For one generation.
/// </summary>
internal sealed class Sampler(SamplingOptions options)
{
    private readonly Dictionary<int, int> _generated = [];
    private ulong _state = options.Seed;
    private float[] _logits = [];
    private (float Logit, int Token)[] _candidates = [];
    private float _highest;

    /// <summary>The next token.</summary>
    public int Sample(ReadOnlySpan<float> logits)
    {
        int token = Choose(Penalized(logits));
        _generated[token] = _generated.GetValueOrDefault(token) + 1;
        return token;
    }

    private ReadOnlySpan<float> Penalized(ReadOnlySpan<float> logits)
    {
        if (_generated.Count == 0 || (options.FrequencyPenalty == 0 && options.PresencePenalty == 0))
            return logits;
        if (_logits.Length < logits.Length)
            _logits = new float[logits.Length];
        logits.CopyTo(_logits);
        foreach (var (token, count) in _generated)
            _logits[token] -= count * options.FrequencyPenalty + options.PresencePenalty;
        return _logits.AsSpan(0, logits.Length);
    }

    private int Choose(ReadOnlySpan<float> logits)
    {
        int likeliest = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[likeliest])
                likeliest = i; // the lowest id among equals
        }
        if (options.Temperature == 0)
            return likeliest;

        var candidates = Candidates(logits, logits[likeliest]);
        double sum = 0;
        for (int i = 0; i < candidates.Length; i++)
            sum += Weight(candidates[i].Logit);
        if (options.TopP < 1)
        {
            double kept = 0;
            int n = 0;
            while (n < candidates.Length && kept < options.TopP * sum)
                kept += Weight(candidates[n++].Logit);
            candidates = candidates[..n];
            sum = kept;
        }
        double draw = Uniform() * sum;
        foreach (var (logit, token) in candidates)
        {
            draw -= Weight(logit);
            if (draw < 0)
                return token;
        }
        return candidates[^1].Token;

        double Weight(float logit) => Math.Exp((logit - (double)_highest) / options.Temperature);
    }

    /// <summary>The tokens that come into question: the k likeliest, likeliest first, or all that have any weight.</summary>
    private ReadOnlySpan<(float Logit, int Token)> Candidates(ReadOnlySpan<float> logits, float highest)
    {
        _highest = highest;
        if (_candidates.Length < logits.Length)
            _candidates = new (float, int)[logits.Length];
        // Nothing that weighs less than e⁻⁴⁰ of the likeliest is ever drawn: 53 random bits do not reach it.
        double least = highest - 40.0 * options.Temperature;
        int n = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (logits[i] >= least)
                _candidates[n++] = (logits[i], i);
        }
        var found = _candidates.AsSpan(0, n);
        bool sorted = options.TopP < 1 || (options.TopK > 0 && options.TopK < n);
        if (sorted)
            found.Sort(static (a, b) => a.Logit != b.Logit ? b.Logit.CompareTo(a.Logit) : a.Token.CompareTo(b.Token));
        return options.TopK > 0 && options.TopK < n ? found[..options.TopK] : found;
    }

    /// <summary>SplitMix64 (Steele et al. 2014): 53 random bits as a number in [0, 1).</summary>
    private double Uniform()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1L << 53));
    }
}
