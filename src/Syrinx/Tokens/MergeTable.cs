using System.Numerics;

namespace Syrinx.Tokens;

/// <summary>
/// What a pair of neighbouring tokens becomes: a hash table with open addressing, several times faster than
/// <see cref="Dictionary{TKey, TValue}"/>, and encoding does little else than ask it. Immutable once built.
/// </summary>
internal sealed class MergeTable
{
    private const ulong Empty = ulong.MaxValue;
    private readonly ulong[] _pairs;
    private readonly ulong[] _results; // rank in the upper half, so that comparing results compares ranks
    private readonly int _shift;

    /// <param name="merges">Left, right and merged token, the first merge first.</param>
    public MergeTable(IReadOnlyList<(int Left, int Right, int Merged)> merges)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, merges.Count * 2));
        _shift = 64 - BitOperations.Log2((uint)size);
        _pairs = new ulong[size];
        _results = new ulong[size];
        Array.Fill(_pairs, Empty);
        for (int rank = 0; rank < merges.Count; rank++)
        {
            var (left, right, merged) = merges[rank];
            ulong pair = Pair(left, right);
            int slot = Slot(pair);
            while (_pairs[slot] != Empty && _pairs[slot] != pair)
                slot = (slot + 1) & (size - 1);
            if (_pairs[slot] == pair)
                continue; // listed twice: the first one counts
            _pairs[slot] = pair;
            _results[slot] = (ulong)rank << 32 | (uint)merged;
        }
    }

    /// <summary>What <see cref="Find"/> returns for a pair that does not merge: above every rank.</summary>
    public const ulong None = ulong.MaxValue;

    /// <summary>The pair's rank in the upper 32 bits and its merged token in the lower, or <see cref="None"/>.</summary>
    public ulong Find(int left, int right)
    {
        ulong pair = Pair(left, right);
        for (int slot = Slot(pair); ; slot = (slot + 1) & (_pairs.Length - 1))
        {
            if (_pairs[slot] == pair)
                return _results[slot];
            if (_pairs[slot] == Empty)
                return None;
        }
    }

    private static ulong Pair(int left, int right) => (ulong)(uint)left << 32 | (uint)right;

    private int Slot(ulong pair) => (int)((pair * 0x9E3779B97F4A7C15) >> _shift);
}
