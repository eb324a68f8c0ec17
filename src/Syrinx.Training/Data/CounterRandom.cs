using System.Runtime.CompilerServices;

namespace Syrinx.Training.Data;

/// <summary>
/// Random numbers as a pure function of (seed, stream, position), so that any of them can be had again without the ones
/// before it: a resumed run needs no generator's state. The mix is SplitMix64's finalizer (Steele, Lea, Flood 2014), applied
/// to a counter. Immutable; safe to share between threads.
/// </summary>
internal readonly struct CounterRandom(ulong seed, ulong stream)
{
    private readonly ulong _key = Mix(Mix(seed + 0x9E3779B97F4A7C15) ^ (stream * 0xD1B54A32D192ED03));

    /// <summary>What random numbers are drawn for; each use has its own, so that none changes another.</summary>
    public static class Stream
    {
        public const ulong Canaries = 15UL << 32;
        public const ulong Windows = 1UL << 32;
        public const ulong Samples = 2UL << 32;
        public const ulong Dialogues = 3UL << 32;
        public const ulong Weights = 4UL << 32;
        public const ulong Documents = 5UL << 32;
    }

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Bits(ulong position) => Mix(_key + (position * 0x9E3779B97F4A7C15));

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double Unit(ulong position) => (Bits(position) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number in [0, count); the bias of the multiplication is below count / 2^64.</summary>
    public long Below(ulong position, long count) => (long)Math.BigMul(Bits(position), (ulong)count, out _);

    /// <summary>Normal numbers of mean 0, two at a time after Box and Muller (1958).</summary>
    public void FillNormal(Span<float> values, double deviation)
    {
        for (int i = 0; i < values.Length; i += 2)
        {
            double radius = deviation * Math.Sqrt(-2 * Math.Log(1 - Unit((ulong)i)));
            var (sin, cos) = Math.SinCos(2 * Math.PI * Unit((ulong)i + 1));
            values[i] = (float)(radius * cos);
            if (i + 1 < values.Length)
                values[i + 1] = (float)(radius * sin);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
