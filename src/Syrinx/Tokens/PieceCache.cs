using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
    private Vector128<byte> _key;
    private int _header;
    private int _set = -1; // of the piece that was sought last; −1 when it does not fit

    /// <summary>Looks for the piece of a text from <paramref name="start"/> to <paramref name="end"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the piece begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="destination">Gets the tokens; room for <see cref="MostTokens"/>.</param>
    /// <returns>How many tokens it has; 0 when it is not in the cache.</returns>
    public int Find(ReadOnlySpan<char> text, int start, int end, Span<int> destination)
    {
        int length = end - start;
        _set = -1;
        if (length > 16)
            return 0;
        var units = Units(text, start, length);
        if ((units & Vector256.Create((ushort)0xFF00)) == Vector256<ushort>.Zero)
            (_key, _header) = (Vector128.Narrow(units.GetLower(), units.GetUpper()), length | Narrow);
        else if (length <= 8)
            (_key, _header) = (units.GetLower().AsByte(), length);
        else
            return 0;
        var words = _key.AsUInt64();
        ulong hash = (words[0] * 0x9E3779B97F4A7C15 ^ words[1]) * 0xC2B2AE3D27D4EB4F + (ulong)_header;
        _set = (int)((hash ^ hash >> 29) * 0xBF58476D1CE4E5B9 >> (64 - SetBits)) * 2 * SlotInts;
        for (int at = _set; at < _set + 2 * SlotInts; at += SlotInts)
        {
            var slot = _slots.AsSpan(at, SlotInts);
            if ((slot[Header] & 0xFFFF) != _header || Vector128.Create<int>(slot).AsByte() != _key)
                continue;
            slot.Slice(Header + 1, MostTokens).CopyTo(destination);
            return slot[Header] >> CountShift;
        }
        return 0;
    }

    /// <summary>Remembers the tokens of the piece that was sought last.</summary>
    public void Keep(ReadOnlySpan<int> tokens)
    {
        if (_set < 0 || tokens.Length > MostTokens)
            return;
        var slot = _slots.AsSpan(_set, SlotInts);
        slot.CopyTo(_slots.AsSpan(_set + SlotInts));
        _key.AsInt32().CopyTo(slot);
        slot[Header] = _header | tokens.Length << CountShift;
        tokens.CopyTo(slot[(Header + 1)..]);
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
