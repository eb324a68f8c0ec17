namespace Syrinx.Data.Sample;

/// <summary>
/// The sample's own random numbers (SplitMix64; Steele, Lea and Flood, 2014): the same on every machine and every version
/// of .NET, which System.Random does not promise. Not thread-safe.
/// </summary>
internal sealed class SampleRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    /// <summary>0 … n−1.</summary>
    public int Below(int n) => (int)((Next() >> 11) % (ulong)n);

    /// <summary>Low … high, both included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>0 ≤ x &lt; 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Unit() < probability;

    /// <summary>Standard normal (Box and Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public void Shuffle<T>(IList<T> items)
    {
        for (int i = items.Count - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>A stream of its own for one purpose, so that one part's draws don't move another's.</summary>
    public static SampleRandom For(ulong seed, string purpose)
    {
        ulong hash = 14695981039346656037; // FNV-1a
        foreach (char c in purpose)
            hash = (hash ^ c) * 1099511628211;
        return new(Mix(seed ^ Mix(hash)));
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
