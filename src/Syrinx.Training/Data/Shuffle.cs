using System.Numerics;

namespace Syrinx.Training.Data;

/// <summary>
/// A random order of 0 … n − 1 of which any element can be computed alone, in constant memory: a Feistel network over the next
/// even power of two, walked until it lands inside (Black, Rogaway 2002, "Ciphers with arbitrary finite domains").
/// </summary>
internal static class Shuffle
{
    /// <summary>Element <paramref name="index"/> of the order of <paramref name="count"/> that <paramref name="random"/> gives.</summary>
    public static long At(CounterRandom random, long index, long count)
    {
        int half = Math.Max(1, (64 - BitOperations.LeadingZeroCount((ulong)Math.Max(1, count - 1)) + 1) / 2);
        ulong mask = (1UL << half) - 1;
        ulong x = (ulong)index;
        do
        {
            ulong left = x >> half, right = x & mask;
            for (ulong round = 0; round < 4; round++)
                (left, right) = (right, left ^ (random.Bits((round << 40) ^ right) & mask));
            x = (left << half) | right;
        }
        while (x >= (ulong)count);
        return (long)x;
    }
}
