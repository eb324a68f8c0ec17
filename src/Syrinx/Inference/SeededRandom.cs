namespace Syrinx.Inference;

/// <summary>
/// Random numbers that are a function of seed and position alone, so that a generation draws the same ones whatever else runs.
/// The mixing function is SplitMix64's (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators").
/// </summary>
internal static class SeededRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>53 random bits as a number in [0, 1).</summary>
    public static double Uniform(ulong seed, int position) =>
        (Mix(Mix(seed) + Golden * ((ulong)position + 1)) >> 11) * (1.0 / (1L << 53));

    /// <summary>A seed for each of several choices; the first one's is the seed itself.</summary>
    public static ulong Derive(ulong seed, int index) => index == 0 ? seed : Mix(seed ^ Mix((ulong)index * Golden));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
