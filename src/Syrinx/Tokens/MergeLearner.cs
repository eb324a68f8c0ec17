using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Syrinx.Tokens;

/// <summary>
/// The merging part of BPE training. The distinct pieces lie one after the other in one array, a symbol at the first and at the
/// last of its bytes, so that both neighbours of a symbol are found at once; of each frequent pair the places are known. A
/// merge costs time for its places only, not for the pieces around them.
/// </summary>
internal sealed class MergeLearner
{
    /// <summary>A pair that occurs once teaches nothing.</summary>
    private const long MinimumCount = 2;

    // Beside symbols, the array holds what lies between pieces, and what was a symbol's first byte before it was merged.
    private const int Boundary = -1;
    private const int Inside = -2;

    private const int PrefetchAhead = 12;

    // Pieces begin at multiples of 8, so an eighth as many weights do.
    private const int WeightShift = 3;

    private readonly List<byte[]> _tokens = [.. Enumerable.Range(0, 256).Select(b => new[] { (byte)b })];
    private readonly List<(int Left, int Right, int Merged)> _merges = [];
    private readonly Dictionary<byte[], int> _ids = new(ByteSequence.Comparer);
    private readonly int[] _symbols;
    private readonly long[] _weights;
    private readonly int[] _lengths;
    private readonly int _mostTokens;

    // Pairs that occur at least _floor times; the others cannot be wanted until the floor is lowered.
    private readonly Dictionary<Pair, Occurrences> _pairs = [];
    private readonly PriorityQueue<Pair, Rarity> _heap = new();
    private long _floor;

    // sums by neighbour, for one merge
    private readonly NeighbourPairs _before;
    private readonly NeighbourPairs _after;
    private readonly List<int> _merged = [];
    private readonly List<(int Before, int After)> _neighbours = [];

    /// <param name="tables">The pieces; they may be dropped afterwards.</param>
    /// <param name="mostTokens">Tokens wanted, the 256 bytes included.</param>
    /// <param name="floor">
    /// Pairs that occur less often are left aside at first; null for a guess that is nearly always low enough. The result does
    /// not depend on it.
    /// </param>
    public MergeLearner(IReadOnlyList<PieceTable> tables, int mostTokens, long? floor = null)
    {
        long size = 8;
        foreach (var table in tables)
        {
            for (int i = 0; i < table.Count; i++)
                size += Padded(table.Piece(i, out _).Length);
        }
        _symbols = new int[size];
        _weights = new long[(size >> WeightShift) + 1];
        Array.Fill(_symbols, Boundary);
        int at = 8; // so that there is something before the first
        long total = 0;
        foreach (var table in tables)
        {
            for (int i = 0; i < table.Count; i++)
            {
                var bytes = table.Piece(i, out long weight);
                for (int b = 0; b < bytes.Length; b++)
                    _symbols[at + b] = bytes[b];
                int padded = Padded(bytes.Length);
                _weights.AsSpan(at >> WeightShift, padded >> WeightShift).Fill(weight);
                total += weight * bytes.Length;
                at += padded;
            }
        }
        _mostTokens = mostTokens;
        _lengths = new int[Math.Max(256, mostTokens)];
        Array.Fill(_lengths, 1, 0, 256);
        _before = new NeighbourPairs(_lengths.Length);
        _after = new NeighbourPairs(_lengths.Length);
        _floor = Math.Max(MinimumCount, floor ?? total / mostTokens / 64);
    }

    private readonly record struct Pair(int Left, int Right)
    {
        public override int GetHashCode() => (int)((((ulong)(uint)Left << 32 | (uint)Right) * 0x9E3779B97F4A7C15) >> 32);
    }

    /// <summary>How often a pair occurs, and where it did when it was found; some places may have lost it.</summary>
    private record struct Occurrences(long Count, int[] Places);

    /// <summary>The order of the heap: most frequent first, of equals the pair of the smaller ids.</summary>
    private readonly record struct Rarity(long Count, Pair Pair) : IComparable<Rarity>
    {
        public int CompareTo(Rarity other) => Count != other.Count ? other.Count.CompareTo(Count)
            : Pair.Left != other.Pair.Left ? Pair.Left.CompareTo(other.Pair.Left) : Pair.Right.CompareTo(other.Pair.Right);
    }

    /// <summary>Learns the merges.</summary>
    /// <returns>
    /// The tokens' bytes, and what they were merged of; fewer tokens than wanted when no further pair occurs twice.
    /// </returns>
    public (List<byte[]> Tokens, List<(int Left, int Right, int Merged)> Merges) Learn(
        IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        FindPairs();
        while (_tokens.Count < _mostTokens)
        {
            cancel.ThrowIfCancellationRequested();
            if (!_heap.TryDequeue(out var pair, out var rarity))
            {
                if (_floor == MinimumCount)
                    break;
                _floor = Math.Max(MinimumCount, _floor / 8);
                FindPairs();
                continue;
            }
            if (!_pairs.TryGetValue(pair, out var occurrences) || occurrences.Count < _floor)
                continue;
            if (occurrences.Count != rarity.Count)
            {
                _heap.Enqueue(pair, new(occurrences.Count, pair)); // it has become rarer since it was queued
                continue;
            }
            Merge(pair, occurrences.Places);
            if (_tokens.Count % 256 == 0)
                progress?.Report(new("tokenizer", _tokens.Count, _mostTokens, "tokens"));
        }
        return (_tokens, _merges);
    }

    private void Merge(Pair pair, int[] places)
    {
        byte[] bytes = [.. _tokens[pair.Left], .. _tokens[pair.Right]];
        bool isNew = _ids.TryAdd(bytes, _tokens.Count);
        int token = _ids[bytes];
        if (isNew)
        {
            _lengths[token] = bytes.Length;
            _tokens.Add(bytes);
        }
        _merges.Add((pair.Left, pair.Right, token));
        _merged.Clear();
        var symbols = _symbols;
        int leftLength = _lengths[pair.Left], rightLength = _lengths[pair.Right];
        for (int i = 0; i < places.Length; i++) // ascending: in aaa, the first two
        {
            if (i + PrefetchAhead < places.Length)
                Prefetch(places[i + PrefetchAhead]);
            int at = places[i];
            int second = at + leftLength;
            if (symbols[at] != pair.Left || symbols[second] != pair.Right)
                continue;
            int end = second + rightLength;
            long weight = _weights[at >> WeightShift];
            int before = symbols[at - 1], after = symbols[end];
            if (before >= 0 && before != token) // the pair with a token of this merge was the right one of that
                _before.Add(before, weight);
            if (after >= 0)
                _after.Add(after, weight);
            symbols[second] = Inside;
            symbols[at] = symbols[end - 1] = token;
            _merged.Add(at);
        }
        foreach (int before in _before.Found)
            Lessen(new(before, pair.Left), _before.Weight(before));
        foreach (int after in _after.Found)
            Lessen(new(pair.Right, after), _after.Weight(after));
        _pairs.Remove(pair);
        _before.Clear();
        _after.Clear();
        if (!isNew)
            Forget(token); // aa + a and a + aa are two ways to one token, whose pairs are counted anew
        AddPairs(token);
    }

    private void Lessen(Pair pair, long by)
    {
        ref var there = ref CollectionsMarshal.GetValueRefOrNullRef(_pairs, pair);
        if (!Unsafe.IsNullRef(ref there))
            there.Count -= by;
    }

    /// <summary>The pairs of a token with its neighbours, at the places <see cref="_merged"/>.</summary>
    private void AddPairs(int token)
    {
        int length = _lengths[token];
        _neighbours.Clear();
        foreach (int at in _merged)
        {
            long weight = _weights[at >> WeightShift];
            int before = _symbols[at - 1], after = _symbols[at + length];
            if (before == token) // that pair is the one before's
                before = Boundary;
            if (before >= 0)
                _before.Add(before, weight);
            if (after >= 0)
                _after.Add(after, weight);
            _neighbours.Add((before, after));
        }
        _before.MakeRoom(_floor);
        _after.MakeRoom(_floor);
        for (int i = 0; i < _merged.Count; i++)
        {
            var (before, after) = _neighbours[i];
            if (before >= 0)
                _before.AddPlace(before, _merged[i] - _lengths[before]);
            if (after >= 0)
                _after.AddPlace(after, _merged[i]);
        }
        foreach (int before in _before.Found)
            Set(new(before, token), _before.Weight(before), _before.Places(before));
        foreach (int after in _after.Found)
            Set(new(token, after), _after.Weight(after), _after.Places(after));
        _before.Clear();
        _after.Clear();
    }

    private void Set(Pair pair, long count, int[]? places)
    {
        if (places is null)
            return;
        _pairs[pair] = new(count, places);
        _heap.Enqueue(pair, new(count, pair));
    }

    // forgets a token's pairs, and finds all its places
    private void Forget(int token)
    {
        foreach (var pair in _pairs.Keys.Where(p => p.Left == token || p.Right == token).ToList())
            _pairs.Remove(pair);
        _merged.Clear();
        for (int at = 8; at < _symbols.Length; at += _symbols[at] < 0 ? 1 : _lengths[_symbols[at]])
        {
            if (_symbols[at] == token)
                _merged.Add(at);
        }
    }

    /// <summary>Counts all pairs anew and keeps those that occur often enough.</summary>
    private void FindPairs()
    {
        _pairs.Clear();
        _heap.Clear();
        // at first there are bytes only, and arrays are faster
        if (_tokens.Count == 256)
            FindBytePairs();
        else
        {
            var counts = new Dictionary<Pair, (long Weight, int Places)>();
            foreach (var (pair, at) in PairsInPlace())
            {
                ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, pair, out _);
                count = (count.Weight + _weights[at >> WeightShift], count.Places + 1);
            }
            foreach (var (pair, (weight, places)) in counts.Where(c => c.Value.Weight >= _floor))
                Set(pair, weight, new int[places]);
            var filled = new Dictionary<Pair, int>();
            foreach (var (pair, at) in PairsInPlace())
            {
                if (_pairs.TryGetValue(pair, out var there))
                    there.Places[CollectionsMarshal.GetValueRefOrAddDefault(filled, pair, out _)++] = at;
            }
        }
    }

    private void FindBytePairs()
    {
        var weights = new long[1 << 16];
        var counts = new int[1 << 16];
        var places = new int[1 << 16][];
        var symbols = _symbols;
        for (int at = 8; at + 1 < symbols.Length; at++)
        {
            if ((symbols[at] | symbols[at + 1]) < 0)
                continue;
            int pair = symbols[at] << 8 | symbols[at + 1];
            weights[pair] += _weights[at >> WeightShift];
            counts[pair]++;
        }
        for (int pair = 0; pair < places.Length; pair++)
        {
            if (weights[pair] < _floor)
                continue;
            places[pair] = new int[counts[pair]];
            counts[pair] = 0;
            Set(new(pair >> 8, pair & 0xFF), weights[pair], places[pair]);
        }
        for (int at = 8; at + 1 < symbols.Length; at++)
        {
            if ((symbols[at] | symbols[at + 1]) < 0)
                continue;
            int pair = symbols[at] << 8 | symbols[at + 1];
            if (places[pair] is { } there)
                there[counts[pair]++] = at;
        }
    }

    private IEnumerable<(Pair Pair, int At)> PairsInPlace()
    {
        for (int at = 8; at < _symbols.Length;)
        {
            int left = _symbols[at];
            if (left < 0)
            {
                at++;
                continue;
            }
            int next = at + _lengths[left];
            if (_symbols[next] >= 0)
                yield return (new(left, _symbols[next]), at);
            at = next;
        }
    }

    // the places of a pair are scattered over memory, and waiting for it is most of the work
    private unsafe void Prefetch(int at)
    {
        if (!Sse.IsSupported)
            return;
        Sse.Prefetch0(Unsafe.AsPointer(ref _symbols[at]));
        Sse.Prefetch0(Unsafe.AsPointer(ref _weights[at >> WeightShift]));
    }

    private static int Padded(int length) => (length + 8) & ~7; // a boundary at least after each piece
}
