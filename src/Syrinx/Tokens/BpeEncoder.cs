using System.Runtime.InteropServices;
using System.Text;

namespace Syrinx.Tokens;

/// <summary>
/// Turns pieces of text into tokens: one thread's working memory for <see cref="BpeTokenizer"/>. Words come again and
/// again, so a small cache of pieces, where a new one takes the place of an old one, answers most of them.
/// </summary>
internal sealed class BpeEncoder(BpeTokenizer tokenizer)
{
    private const int Slots = 1 << 15;
    private const int CachedChars = 16;
    private const int CachedTokens = 7;

    // Short pieces merge in place, O(n²) with a small constant; longer ones with a heap, O(n log n), because someone
    // will post a hundred thousand times the same letter.
    private const int LongestInPlace = 48;

    private readonly char[] _keys = new char[Slots * CachedChars];
    private readonly int[] _values = new int[Slots * (CachedTokens + 1)]; // per slot: chars << 8 | tokens, then the tokens
    private readonly List<int> _ends = [];
    private readonly PriorityQueue<(int At, int Left, int Right), (ulong Result, int At)> _queue = new();
    private byte[] _bytes = new byte[256];
    private int[] _tokens = new int[256];
    private ulong[] _merges = new ulong[256];
    private int[] _next = new int[256];
    private int[] _previous = new int[256];

    /// <summary>
    /// Adds the tokens of <paramref name="text"/>, normalised and without lone surrogates, to <paramref
    /// name="destination"/>.
    /// </summary>
    public void Encode(ReadOnlySpan<char> text, List<int> destination)
    {
        tokenizer.PreTokenizer.Split(text, _ends);
        int start = 0;
        foreach (int end in CollectionsMarshal.AsSpan(_ends))
        {
            EncodePiece(text[start..end], destination);
            start = end;
        }
    }

    private void EncodePiece(ReadOnlySpan<char> piece, List<int> destination)
    {
        if (piece.Length > CachedChars)
        {
            destination.AddRange(Merge(piece));
            return;
        }
        int slot = Slot(piece);
        var key = _keys.AsSpan(slot * CachedChars, CachedChars);
        var value = _values.AsSpan(slot * (CachedTokens + 1), CachedTokens + 1);
        if (value[0] >> 8 == piece.Length && piece.SequenceEqual(key[..piece.Length]))
        {
            destination.AddRange(value.Slice(1, value[0] & 0xFF));
            return;
        }
        var tokens = Merge(piece);
        if (tokens.Length <= CachedTokens)
        {
            piece.CopyTo(key);
            value[0] = piece.Length << 8 | tokens.Length;
            tokens.CopyTo(value[1..]);
        }
        destination.AddRange(tokens);
    }

    /// <summary>The tokens of a piece, by merging its bytes; valid until the next call.</summary>
    public ReadOnlySpan<int> Merge(ReadOnlySpan<char> piece)
    {
        int most = piece.Length * 3;
        if (_bytes.Length < most)
        {
            int size = Math.Max(most, _bytes.Length * 2);
            (_bytes, _tokens, _merges) = (new byte[size], new int[size], new ulong[size]);
            (_next, _previous) = (new int[size], new int[size]);
        }
        int n = Encoding.UTF8.GetBytes(piece, _bytes);
        if (tokenizer.WholePiece(_bytes.AsSpan(0, n)) is { } whole)
        {
            _tokens[0] = whole;
            return _tokens.AsSpan(0, 1);
        }
        for (int i = 0; i < n; i++)
            _tokens[i] = tokenizer.ByteTokens[_bytes[i]];
        return _tokens.AsSpan(0, n <= LongestInPlace ? MergeInPlace(n) : MergeByHeap(n));
    }

    private int MergeInPlace(int n)
    {
        var tokens = _tokens.AsSpan(0, n);
        var merges = _merges.AsSpan(0, n); // of each token with the next
        for (int i = 0; i + 1 < n; i++)
            merges[i] = tokenizer.Merges.Find(tokens[i], tokens[i + 1]);
        while (n > 1)
        {
            ulong best = MergeTable.None;
            int at = 0;
            for (int i = 0; i + 1 < n; i++)
            {
                if (merges[i] < best)
                    (best, at) = (merges[i], i);
            }
            if (best == MergeTable.None)
                break;
            tokens[at] = (int)(uint)best;
            tokens[(at + 2)..n].CopyTo(tokens[(at + 1)..]);
            merges[(at + 2)..n].CopyTo(merges[(at + 1)..]);
            n--;
            if (at + 1 < n)
                merges[at] = tokenizer.Merges.Find(tokens[at], tokens[at + 1]);
            if (at > 0)
                merges[at - 1] = tokenizer.Merges.Find(tokens[at - 1], tokens[at]);
        }
        return n;
    }

    private int MergeByHeap(int n)
    {
        var (tokens, next, previous) = (_tokens, _next, _previous);
        _queue.Clear();
        for (int i = 0; i < n; i++)
        {
            next[i] = i + 1;
            previous[i] = i - 1;
        }
        for (int i = 0; i + 1 < n; i++)
            Enqueue(i, i + 1);
        while (_queue.TryDequeue(out var pair, out var priority))
        {
            // an entry is stale when one of its two tokens has merged meanwhile; a swallowed token is −1
            int at = pair.At, right = next[at];
            if (tokens[at] != pair.Left || right >= n || tokens[right] != pair.Right)
                continue;
            tokens[at] = (int)(uint)priority.Result;
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
        int count = 0;
        for (int i = 0; i < n; i = next[i])
            tokens[count++] = tokens[i];
        return count;
    }

    private void Enqueue(int at, int right)
    {
        ulong result = tokenizer.Merges.Find(_tokens[at], _tokens[right]);
        if (result != MergeTable.None)
            _queue.Enqueue((at, _tokens[at], _tokens[right]), (result, at));
    }

    private static int Slot(ReadOnlySpan<char> piece)
    {
        ulong hash = (ulong)piece.Length;
        var words = MemoryMarshal.Cast<char, ulong>(piece);
        foreach (ulong word in words)
            hash = (hash ^ word) * 0x9E3779B97F4A7C15;
        foreach (char c in piece[(words.Length * 4)..])
            hash = (hash ^ c) * 0x9E3779B97F4A7C15;
        return (int)((hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9 >> (64 - 15));
    }
}
