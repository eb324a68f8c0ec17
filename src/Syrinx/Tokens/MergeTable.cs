using System.Numerics;

namespace Syrinx.Tokens;

/// <summary>
/// What a pair of neighbouring tokens becomes: a hash table with open addressing, several times faster than
/// <see cref="Dictionary{TKey, TValue}"/>, and encoding does little else than ask it. Immutable once built.
/// </summary>
internal sealed class MergeTable
{
    // Most questions are about pairs that do not merge: 32 bits of a pair's hash, never 0, answer these from a small array.
    private readonly uint[] _tags;
    private readonly (ulong Pair, ulong Result)[] _entries;
    private readonly int _shift;

    /// <param name="merges">Left, right and merged token, the first merge first.</param>
    /// <param name="rankByResult">
    /// Whether neighbouring merges with the same result have one rank, so that the leftmost comes first (SentencePiece).
    /// </param>
    public MergeTable(IReadOnlyList<(int Left, int Right, int Merged)> merges, bool rankByResult = false)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, merges.Count * 2));
        _shift = 64 - BitOperations.Log2((uint)size);
        _tags = new uint[size];
        _entries = new (ulong, ulong)[size];
        int rank = -1;
        for (int i = 0; i < merges.Count; i++)
        {
            var (left, right, merged) = merges[i];
            if (!rankByResult || i == 0 || merged != merges[i - 1].Merged)
                rank++;
            ulong pair = Pair(left, right), hash = Hash(pair);
            int slot = (int)(hash >> _shift);
            while (_tags[slot] != 0 && _entries[slot].Pair != pair)
                slot = (slot + 1) & (size - 1);
            if (_tags[slot] != 0)
                continue; // listed twice: the first one counts
            _tags[slot] = (uint)hash | 1;
            _entries[slot] = (pair, (ulong)rank << 32 | (uint)merged);
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
        ulong pair = Pair(left, right), hash = Hash(pair);
        uint tag = (uint)hash | 1;
        var tags = _tags;
        for (int slot = (int)(hash >> _shift); ; slot = (slot + 1) & (tags.Length - 1))
        {
            uint there = tags[slot];
            if (there == 0)
                return None;
            if (there == tag && _entries[slot].Pair == pair)
                return _entries[slot].Result;
        }
    }

    private static ulong Pair(int left, int right) => (ulong)(uint)left << 32 | (uint)right;

    private static ulong Hash(ulong pair)
    {
        ulong hash = pair * 0x9E3779B97F4A7C15;
        return hash ^ hash >> 32;
    }
}
