using System.Numerics;
using System.Text;

namespace Syrinx.Tokens;

/// <summary>
/// Distinct pieces of text and how often each occurs, in bounded memory. Where the pieces outgrow it, a sample of the long ones
/// stands for all: a Chinese sentence is one piece and rarely comes twice, so there are as many of them as there is text. A
/// piece's hash says whether it is in the sample, hence the sample depends neither on order nor on threads, and what is in it is
/// counted exactly. For one thread at a time.
/// </summary>
/// <param name="room">Bytes of pieces, with <see cref="PerPiece"/> for each, that the table holds at most.</param>
internal sealed class PieceTable(long room)
{
    /// <summary>What a piece costs beside its bytes.</summary>
    public const int PerPiece = 16;

    // A piece of this many bytes is halved from the first level on; one byte shorter, from one level later on. Short pieces are
    // the common words, and there are few of them.
    private const int Long = 20;

    private Entry[] _entries = new Entry[256];
    private int[] _slots = new int[1024]; // number of the entry + 1
    private byte[] _bytes = new byte[4096];
    private int _bytesUsed;
    private long _roomUsed;

    private struct Entry
    {
        public ulong Hash;
        public long Count;
        public int Start;
        public int Length;
    }

    /// <summary>How often the sample was halved: a long piece is in it with probability 2^−level.</summary>
    public int Level { get; private set; }

    /// <summary>Pieces.</summary>
    public int Count { get; private set; }

    /// <summary>A piece's bytes, and its occurrences and those of the pieces that it stands for.</summary>
    public ReadOnlySpan<byte> Piece(int piece, out long weight)
    {
        ref var entry = ref _entries[piece];
        weight = entry.Count << Halvings(entry.Length);
        return _bytes.AsSpan(entry.Start, entry.Length);
    }

    /// <summary>Counts a piece.</summary>
    /// <param name="piece">The piece, well-formed.</param>
    /// <param name="hash">Its hash; the same piece, the same hash.</param>
    /// <param name="count">How often it occurred.</param>
    public void Add(ReadOnlySpan<char> piece, ulong hash, long count)
    {
        Span<byte> bytes = stackalloc byte[3 * PieceCounter.LongestPiece];
        bytes = bytes[..Encoding.UTF8.GetBytes(piece, bytes)];
        if (!IsKept(hash, bytes.Length))
            return;
        int slot = Slot(hash);
        for (; _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            ref var there = ref _entries[_slots[slot] - 1];
            if (there.Hash == hash && bytes.SequenceEqual(_bytes.AsSpan(there.Start, there.Length)))
            {
                there.Count += count;
                return;
            }
        }
        if (_bytesUsed + bytes.Length > _bytes.Length)
            Array.Resize(ref _bytes, 2 * _bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_bytesUsed));
        if (Count == _entries.Length)
            Array.Resize(ref _entries, 2 * _entries.Length);
        _entries[Count++] = new Entry { Hash = hash, Count = count, Start = _bytesUsed, Length = bytes.Length };
        _slots[slot] = Count;
        _bytesUsed += bytes.Length;
        _roomUsed += bytes.Length + PerPiece;
        if (_roomUsed > room)
            Thin();
        else if (2 * Count > _slots.Length)
            Index(2 * _slots.Length);
    }

    private int Halvings(int length) => Math.Max(0, Level - Math.Max(0, Long - length));

    private bool IsKept(ulong hash, int length) => BitOperations.TrailingZeroCount(hash) >= Halvings(length);

    private void Thin()
    {
        while (_roomUsed > room)
        {
            Level++;
            int kept = 0;
            _bytesUsed = 0;
            _roomUsed = 0;
            foreach (var entry in _entries.AsSpan(0, Count))
            {
                if (!IsKept(entry.Hash, entry.Length))
                    continue;
                _bytes.AsSpan(entry.Start, entry.Length).CopyTo(_bytes.AsSpan(_bytesUsed));
                _entries[kept++] = entry with { Start = _bytesUsed };
                _bytesUsed += entry.Length;
                _roomUsed += entry.Length + PerPiece;
            }
            Count = kept;
        }
        Index(_slots.Length);
    }

    private void Index(int slots)
    {
        _slots = new int[slots];
        for (int i = 0; i < Count; i++)
        {
            int slot = Slot(_entries[i].Hash);
            while (_slots[slot] != 0)
                slot = (slot + 1) & (slots - 1);
            _slots[slot] = i + 1;
        }
    }

    // the lowest bits choose the sample, the highest four the table
    private int Slot(ulong hash) => (int)(hash >> 28) & (_slots.Length - 1);
}
