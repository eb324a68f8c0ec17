using System.Numerics;

namespace Syrinx.Tokens;

/// <summary>
/// What a pair of neighbouring tokens becomes: a hash table with open addressing, several times faster than
/// <see cref="Dictionary{TKey, TValue}"/>, and encoding does little else than ask it. Immutable once built.
/// </summary>
internal sealed class MergeTable
{
    private const ulong Empty = ulong.MaxValue;

    // Most questions are about pairs that do not merge. A bit for each hash, 8 or more for each merge, answers nearly all of
    // these from an array that fits into a core's own cache.
    private readonly ulong[] _mayMerge;
    private readonly int _mayMergeShift;

    private readonly (ulong Pair, ulong Result)[] _entries;
    private readonly int _shift;

    /// <param name="merges">Left, right and merged token, the first merge first.</param>
    /// <param name="rankByResult">
    /// Whether neighbouring merges with the same result have one rank, so that the leftmost comes first (SentencePiece).
    /// </param>
    public MergeTable(IReadOnlyList<(int Left, int Right, int Merged)> merges, bool rankByResult = false)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, merges.Count + merges.Count / 4));
        _shift = 64 - BitOperations.Log2((uint)size);
        _mayMergeShift = _shift - 3;
        _mayMerge = new ulong[size / 8];
        _entries = new (ulong, ulong)[size];
        Array.Fill(_entries, (Empty, Empty));
        int rank = -1;
        for (int i = 0; i < merges.Count; i++)
        {
            var (left, right, merged) = merges[i];
            if (!rankByResult || i == 0 || merged != merges[i - 1].Merged)
                rank++;
            ulong pair = Pair(left, right), hash = Hash(pair);
            int slot = Slot(hash);
            while (_entries[slot].Pair != Empty && _entries[slot].Pair != pair)
                slot = (slot + 1) & (size - 1);
            if (_entries[slot].Pair == pair)
                continue; // listed twice: the first one counts
            _entries[slot] = (pair, (ulong)rank << 32 | (uint)merged);
            ulong bit = hash >> _mayMergeShift;
            _mayMerge[bit >> 6] |= 1ul << (int)bit;
        }
    }

    /// <summary>What <see cref="Find"/> returns for a pair that does not merge: above every rank.</summary>
    public const ulong None = ulong.MaxValue;

    /// <summary>
    /// The pair's rank in the upper 32 bits, so that comparing results compares ranks, and its merged token in the lower, or
    /// <see cref="None"/>.
    /// </summary>
    public ulong Find(int left, int right)
    {
        ulong pair = Pair(left, right), hash = Hash(pair), bit = hash >> _mayMergeShift;
        if ((_mayMerge[bit >> 6] & 1ul << (int)bit) == 0)
            return None;
        var entries = _entries;
        for (int slot = Slot(hash); ; slot = (slot + 1) & (entries.Length - 1))
        {
            ref readonly var there = ref entries[slot];
            if (there.Pair == pair)
                return there.Result;
            if (there.Pair == Empty)
                return None;
        }
    }

    private static ulong Pair(int left, int right) => (ulong)(uint)left << 32 | (uint)right;

    private static ulong Hash(ulong pair) => (pair ^ pair >> 32) * 0x9E3779B97F4A7C15;

    private int Slot(ulong hash) => (int)(hash >> _shift);
}
