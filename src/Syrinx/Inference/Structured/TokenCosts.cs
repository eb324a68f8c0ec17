using System.Runtime.Intrinsics;

namespace Syrinx.Inference.Structured;

/// <summary>How many tokens the shortest end of a text takes after each token of the vocabulary.</summary>
internal sealed class TokenCosts
{
    /// <summary>Costs from here on are not told apart; also what does not fit has this one.</summary>
    public const int Most = ushort.MaxValue;

    private readonly ushort[] _costs;

    /// <param name="words">Words of a mask, of 64 tokens each.</param>
    public TokenCosts(int words) => Array.Fill(_costs = new ushort[words * 64], ushort.MaxValue);

    public int Bytes => _costs.Length * sizeof(ushort);

    public void Set(int token, int cost) => _costs[token] = (ushort)Math.Min(cost, Most);

    /// <summary>Writes the mask of the tokens whose cost is at most <paramref name="budget"/>, which is less than <see cref="Most"/>.</summary>
    public void Within(int budget, Span<ulong> mask)
    {
        var most = Vector256.Create((ushort)budget);
        for (int word = 0; word < mask.Length; word++)
        {
            ulong bits = 0;
            for (int lane = 0; lane < 64; lane += Vector256<ushort>.Count)
            {
                var costs = Vector256.Create(_costs.AsSpan(word * 64 + lane, Vector256<ushort>.Count));
                bits |= (ulong)Vector256.LessThanOrEqual(costs, most).ExtractMostSignificantBits() << lane;
            }
            mask[word] = bits;
        }
    }
}
