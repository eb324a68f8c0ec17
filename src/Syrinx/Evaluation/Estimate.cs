namespace Syrinx.Evaluation;

/// <summary>A measured number, and the interval that would hold it in 95 of 100 measurements on other data of the same kind.</summary>
/// <param name="Value">The number.</param>
/// <param name="Low">The interval's lower end; null where too little was measured to tell one.</param>
/// <param name="High">Its upper end.</param>
public sealed record Estimate(double Value, double? Low, double? High)
{
    /// <summary>Units below which no interval is told: a resampled handful says little of the rest.</summary>
    public const int FewestUnits = 10;

    private const int Resamples = 1000;

    /// <summary>
    /// Σ numerators / Σ denominators, by the percentile bootstrap over the units (Efron and Tibshirani 1993, "An introduction to the bootstrap", 13.3;
    /// 1,000 resamples). A function of its arguments.
    /// </summary>
    /// <param name="numerators">Of each unit.</param>
    /// <param name="denominators">Of each unit, above 0.</param>
    /// <param name="seed">Seed of the resampling.</param>
    public static Estimate OfRatio(IReadOnlyList<double> numerators, IReadOnlyList<double> denominators, ulong seed)
    {
        double value = numerators.Sum() / denominators.Sum();
        if (numerators.Count < FewestUnits)
            return new(value, null, null);
        var random = new SplitMix64(seed, 0xB007);
        var resampled = new double[Resamples];
        for (int r = 0; r < Resamples; r++)
        {
            double above = 0, below = 0;
            for (int i = 0; i < numerators.Count; i++)
            {
                int drawn = random.Below(numerators.Count);
                above += numerators[drawn];
                below += denominators[drawn];
            }
            resampled[r] = above / below;
        }
        Array.Sort(resampled);
        return new(value, resampled[(int)(0.025 * Resamples)], resampled[(int)(0.975 * Resamples) - 1]);
    }

    /// <summary>The mean of the units, by the same bootstrap.</summary>
    public static Estimate OfMean(IReadOnlyList<double> values, ulong seed) =>
        OfRatio(values, [.. Enumerable.Repeat(1.0, values.Count)], seed);

    /// <summary>
    /// A share, by Wilson's score interval (Wilson 1927, "Probable inference, the law of succession, and statistical inference"), which says something also where
    /// nothing was found.
    /// </summary>
    public static Estimate OfShare(int part, int whole)
    {
        if (whole == 0)
            return new(0, null, null);
        const double z = 1.959964;
        double p = (double)part / whole, scale = 1 + z * z / whole, middle = (p + z * z / (2 * whole)) / scale;
        double half = z * Math.Sqrt(p * (1 - p) / whole + z * z / (4.0 * whole * whole)) / scale;
        return new(p, Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
