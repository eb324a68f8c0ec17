using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Syrinx.Tokens;

/// <summary>
/// Turns pieces of text into tokens: one thread's working memory for <see cref="BpeTokenizer"/>. Words come again and
/// again, so a cache of pieces, where a new one takes the place of an old one, answers most of them.
/// </summary>
internal sealed class BpeEncoder(BpeTokenizer tokenizer)
{
    // Short pieces merge in place, O(n²) with a small constant; longer ones with a heap, O(n log n), because someone
    // will post a hundred thousand times the same letter.
    private const int LongestInPlace = 256;

    private const int SeekAhead = 8;

    private readonly PieceCache _cache = new();
    private readonly PieceCache.Sought[] _sought = new PieceCache.Sought[SeekAhead];
    private readonly List<int> _ends = [];
    private readonly PriorityQueue<(int At, int Left, int Right), (uint Rank, int At)> _queue = new();
    private byte[] _bytes = new byte[256];
    private int[] _tokens = new int[256];
    private int[] _next = new int[256];
    private int[] _previous = new int[256];
    private readonly uint[] _ranks = new uint[LongestInPlace];
    private readonly int[] _merged = new int[LongestInPlace];
    private int[] _output = new int[1024];
    private int _count;

    /// <summary>The tokens since <see cref="Clear"/>; valid until more are added.</summary>
    public ReadOnlySpan<int> Output => _output.AsSpan(0, _count);

    /// <summary>Begins anew.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a token.</summary>
    public void Add(int token) => Add([token]);

    /// <summary>Adds the tokens of <paramref name="text"/>, normalised and without lone surrogates.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        tokenizer.PreTokenizer.Split(text, _ends);
        var ends = CollectionsMarshal.AsSpan(_ends);
        int start = 0, sought = 0, soughtEnd = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            for (; sought < ends.Length && sought < i + SeekAhead; sought++)
            {
                _sought[sought % SeekAhead] = _cache.Seek(text, soughtEnd, ends[sought]);
                soughtEnd = ends[sought];
            }
            if (_count + PieceCache.MostTokens > _output.Length)
                Array.Resize(ref _output, 2 * _output.Length);
            ref var piece = ref _sought[i % SeekAhead];
            int found = _cache.Read(piece, _output.AsSpan(_count));
            _count += found;
            if (found == 0)
            {
                var tokens = Merge(text[start..ends[i]]);
                _cache.Keep(piece, tokens);
                Add(tokens);
            }
            start = ends[i];
        }
    }

    private void Add(ReadOnlySpan<int> tokens)
    {
        if (_count + tokens.Length > _output.Length)
            Array.Resize(ref _output, Math.Max(_output.Length * 2, _count + tokens.Length));
        tokens.CopyTo(_output.AsSpan(_count));
        _count += tokens.Length;
    }

    /// <summary>The tokens of a piece, by merging its bytes or characters; valid until the next call.</summary>
    public ReadOnlySpan<int> Merge(ReadOnlySpan<char> piece)
    {
        int most = piece.Length * 3;
        if (_bytes.Length < most)
        {
            int size = Math.Max(most, _bytes.Length * 2);
            (_bytes, _tokens) = (new byte[size], new int[size]);
            (_next, _previous) = (new int[size], new int[size]);
        }
        int n;
        if (tokenizer.Alphabet is { } alphabet)
            n = alphabet.Write(piece, _tokens);
        else
        {
            n = Encoding.UTF8.GetBytes(piece, _bytes);
            if (tokenizer.WholePiece(_bytes.AsSpan(0, n)) is { } whole)
            {
                _tokens[0] = whole;
                return _tokens.AsSpan(0, 1);
            }
            for (int i = 0; i < n; i++)
                _tokens[i] = tokenizer.ByteTokens[_bytes[i]];
        }
        for (int i = 0; i < n; i++)
        {
            _next[i] = i + 1;
            _previous[i] = i - 1;
        }
        if (n <= LongestInPlace)
            MergeInPlace(n);
        else
            MergeByHeap(n);
        int count = 0;
        for (int i = 0; i < n; i = _next[i])
            _tokens[count++] = _tokens[i];
        return _tokens.AsSpan(0, count);
    }

    private void MergeInPlace(int n)
    {
        // the rank of each token's merge with the next; of those that have none or are gone, the highest
        var ranks = _ranks.AsSpan(0, (n + 7) & ~7);
        for (int i = 0; i + 1 < n; i++)
            SetRank(i, i + 1);
        ranks[(n - 1)..].Fill(uint.MaxValue);
        while (true)
        {
            var least = Vector256.Create<uint>(ranks);
            for (int i = 8; i < ranks.Length; i += 8)
                least = Vector256.Min(least, Vector256.Create<uint>(ranks[i..]));
            var half = Vector128.Min(least.GetLower(), least.GetUpper());
            half = Vector128.Min(half, Vector128.Shuffle(half, Vector128.Create(2u, 3, 0, 1)));
            uint best = Math.Min(half[0], half[1]);
            if (best == uint.MaxValue)
                return;
            int at = ranks.IndexOf(best); // of equals the leftmost
            int right = _next[at], next = _next[right], previous = _previous[at];
            _tokens[at] = _merged[at];
            ranks[right] = ranks[at] = uint.MaxValue;
            _next[at] = next;
            if (next < n)
            {
                _previous[next] = at;
                SetRank(at, next);
            }
            if (previous >= 0)
                SetRank(previous, at);
        }
    }

    private void SetRank(int at, int right)
    {
        ulong result = tokenizer.Merges.Find(_tokens[at], _tokens[right]);
        _ranks[at] = (uint)(result >> 32);
        _merged[at] = (int)(uint)result;
    }

    private void MergeByHeap(int n)
    {
        var (tokens, next, previous) = (_tokens, _next, _previous);
        _queue.Clear();
        for (int i = 0; i + 1 < n; i++)
            Enqueue(i, i + 1);
        while (_queue.TryDequeue(out var pair, out _))
        {
            // an entry is stale when one of its two tokens has merged meanwhile; a swallowed token is −1
            int at = pair.At, right = next[at];
            if (tokens[at] != pair.Left || right >= n || tokens[right] != pair.Right)
                continue;
            tokens[at] = (int)(uint)tokenizer.Merges.Find(pair.Left, pair.Right);
            tokens[right] = -1;
            next[at] = next[right];
            if (next[at] < n)
            {
                previous[next[at]] = at;
                Enqueue(at, next[at]);
            }
            if (previous[at] >= 0)
                Enqueue(previous[at], at);
        }
    }

    private void Enqueue(int at, int right)
    {
        ulong result = tokenizer.Merges.Find(_tokens[at], _tokens[right]);
        if (result != MergeTable.None)
            _queue.Enqueue((at, _tokens[at], _tokens[right]), ((uint)(result >> 32), at));
    }
}
