using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Syrinx.Tokens;

/// <summary>
/// Remembers the tokens of 65,536 pieces that came lately, of up to 16 characters below U+0100 or 8 of any, with up to 3 tokens, in
/// two megabytes. Half of that costs a tenth of the speed on English, which has that many words. For one thread.
/// </summary>
internal sealed class PieceCache
{
    /// <summary>Tokens that a piece in the cache has at most.</summary>
    public const int MostTokens = 3;

    // Two slots of 32 bytes make a set: 16 bytes of the piece, filled up with zeros; its length, a mark for one byte a character,
    // and the number of tokens; the tokens. A piece is in the set that its hash says, a new one in the first slot.
    private const int SetBits = 15;
    private const int SlotInts = 8;
    private const int Header = 4;
    private const int Narrow = 1 << 8;
    private const int CountShift = 16;

    private readonly int[] _slots = new int[2 * SlotInts << SetBits];

    /// <summary>A piece and where the cache has it, if it does.</summary>
    /// <param name="Key">The piece, one or two bytes a character, filled up with zeros.</param>
    /// <param name="Header">Its length, and whether a character is one byte.</param>
    /// <param name="Set">Its set; −1 for a piece that does not fit.</param>
    public readonly record struct Sought(Vector128<byte> Key, int Header, int Set);

    /// <summary>
    /// Finds where the piece of a text from <paramref name="start"/> to <paramref name="end"/> would be, and asks the memory for it:
    /// to be read a few pieces later, since waiting for it is most of the work.
    /// </summary>
    public Sought Seek(ReadOnlySpan<char> text, int start, int end)
    {
        int length = end - start, header = length;
        if (length > 16)
            return new(default, 0, -1);
        var units = Units(text, start, length);
        Vector128<byte> key;
        if ((units & Vector256.Create((ushort)0xFF00)) == Vector256<ushort>.Zero)
        {
            key = Vector128.Narrow(units.GetLower(), units.GetUpper());
            header |= Narrow;
        }
        else if (length <= 8)
            key = units.GetLower().AsByte();
        else
            return new(default, 0, -1);
        var words = key.AsUInt64();
        ulong hash = (words[0] * 0x9E3779B97F4A7C15 ^ words[1]) * 0xC2B2AE3D27D4EB4F + (ulong)header;
        int set = (int)((hash ^ hash >> 29) * 0xBF58476D1CE4E5B9 >> (64 - SetBits)) * 2 * SlotInts;
        Prefetch(set);
        return new(key, header, set);
    }

    /// <summary>Copies a piece's tokens.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="destination">Gets the tokens; room for <see cref="MostTokens"/>.</param>
    /// <returns>How many tokens it has; 0 when it is not in the cache.</returns>
    public int Read(in Sought piece, Span<int> destination)
    {
        if (piece.Set < 0)
            return 0;
        for (int at = piece.Set; at < piece.Set + 2 * SlotInts; at += SlotInts)
        {
            var slot = _slots.AsSpan(at, SlotInts);
            if ((slot[Header] & 0xFFFF) != piece.Header || Vector128.Create<int>(slot).AsByte() != piece.Key)
                continue;
            slot.Slice(Header + 1, MostTokens).CopyTo(destination);
            return slot[Header] >> CountShift;
        }
        return 0;
    }

    /// <summary>Remembers a piece's tokens.</summary>
    public void Keep(in Sought piece, ReadOnlySpan<int> tokens)
    {
        if (piece.Set < 0 || tokens.Length > MostTokens)
            return;
        var slot = _slots.AsSpan(piece.Set, SlotInts);
        slot.CopyTo(_slots.AsSpan(piece.Set + SlotInts));
        piece.Key.AsInt32().CopyTo(slot);
        slot[Header] = piece.Header | tokens.Length << CountShift;
        tokens.CopyTo(slot[(Header + 1)..]);
    }

    private unsafe void Prefetch(int at)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref _slots[at]));
    }

    // the piece's UTF-16 units and zeros after them
    private static Vector256<ushort> Units(ReadOnlySpan<char> text, int start, int length)
    {
        var units = MemoryMarshal.Cast<char, ushort>(text);
        if (start + 16 <= text.Length)
        {
            var isPiece = Vector256.LessThan(Vector256<ushort>.Indices, Vector256.Create((ushort)length));
            return Vector256.Create(units.Slice(start, 16)) & isPiece;
        }
        Span<ushort> copy = stackalloc ushort[16];
        copy.Clear();
        units.Slice(start, length).CopyTo(copy);
        return Vector256.Create<ushort>(copy);
    }
}
