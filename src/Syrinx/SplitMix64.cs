namespace Syrinx;

/// <summary>
/// Random numbers that are the same on every machine and in every version: SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable
/// pseudorandom number generators"). For one thread.
/// </summary>
internal struct SplitMix64
{
    private ulong _state;

    /// <summary>Begins the sequence that a seed and a stream have of their own.</summary>
    public SplitMix64(ulong seed, ulong stream)
    {
        _state = seed;
        _state = Next() ^ (stream * 0xD1B54A32D192ED03);
        _state = Next();
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number in [0, count); the bias of the multiplication is below count / 2^64.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);
}
