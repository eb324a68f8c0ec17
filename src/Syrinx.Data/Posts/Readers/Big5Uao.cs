using System.IO.Compression;
using System.Text;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Decodes Big5-UAO (Unicode-at-on 2.50), the encoding of Taiwan's BBS: Big5 with kana, simplified characters and more in
/// places where cp950 has others or nothing. The resource is the character set's table: for lead bytes 81–FE and trail bytes
/// 40–7E, 80–FE in order, the UTF-16 unit, or 0. <c>ESC [ … m</c> (colours) is taken out of the bytes first, for a colour may
/// change in the middle of a character.
/// </summary>
internal static class Big5Uao
{
    private const int TrailBytes = 63 + 127;
    private static readonly Lazy<char[]> Table = new(Load);

    /// <summary>Decodes; bytes that are no character become U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var table = Table.Value;
        var text = new StringBuilder(bytes.Length);
        byte lead = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            byte b = bytes[i];
            if (b == 0x1B)
            {
                i = EndOfEscape(bytes, i);
            }
            else if (lead != 0)
            {
                int trail = b is >= 0x40 and <= 0x7E ? b - 0x40 : b is >= 0x80 and <= 0xFE ? b - 0x80 + 63 : -1;
                char c = trail < 0 ? '\0' : table[(lead - 0x81) * TrailBytes + trail];
                text.Append(c == 0 ? '\uFFFD' : c);
                if (trail < 0)
                    i--; // the byte may stand for itself
                lead = 0;
            }
            else if (b is >= 0x81 and <= 0xFE)
            {
                lead = b;
            }
            else
            {
                text.Append(b < 0x80 ? (char)b : '\uFFFD');
            }
        }
        if (lead != 0)
            text.Append('\uFFFD');
        return text.ToString();
    }

    /// <summary>The last byte of the escape sequence that starts at <paramref name="at"/>.</summary>
    private static int EndOfEscape(ReadOnlySpan<byte> bytes, int at)
    {
        if (at + 1 >= bytes.Length || bytes[at + 1] != (byte)'[')
            return at;
        int i = at + 2;
        while (i < bytes.Length && bytes[i] is (>= (byte)'0' and <= (byte)'9') or (byte)';')
            i++;
        return Math.Min(i, bytes.Length - 1);
    }

    private static char[] Load()
    {
        using var resource = typeof(Big5Uao).Assembly.GetManifestResourceStream("big5-uao.deflate")!;
        using var plain = new BinaryReader(new DeflateStream(resource, CompressionMode.Decompress));
        var table = new char[126 * TrailBytes];
        for (int i = 0; i < table.Length; i++)
            table[i] = (char)plain.ReadUInt16();
        return table;
    }
}
