using System.Text;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Decodes the Big5 of Taiwan's BBS: the framework's cp950, and the kana where ETEN put them (C6E7–C7F2), which Big5-UAO keeps.
/// What else Big5-UAO adds (simplified characters, rarer names) becomes U+FFFD, as does cp950's private use.
/// <c>ESC [ … m</c> (colours) is taken out of the bytes first, for a colour may change in the middle of a character.
/// </summary>
internal static class Big5Bbs
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
        var cp950 = CodePagesEncodingProvider.Instance.GetEncoding(950, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\0"))!;
        var table = new char[126 * TrailBytes];
        for (int i = 0; i < table.Length; i++)
        {
            int trail = i % TrailBytes;
            string text = cp950.GetString([(byte)(0x81 + i / TrailBytes), (byte)(trail < 63 ? 0x40 + trail : 0x80 + trail - 63)]);
            table[i] = text.Length == 1 && text[0] is < '\uE000' or > '\uF8FF' ? text[0] : '\0';
        }
        // 83 hiragana, then 86 katakana, in the order of Unicode; trail bytes 40–7E and A1–FE only
        int at = Index(0xC6, 0xE7);
        foreach (char kana in Enumerable.Range(0x3041, 83).Concat(Enumerable.Range(0x30A1, 86)).Select(c => (char)c))
        {
            table[at] = kana;
            at += at % TrailBytes == 62 ? 1 + 0xA1 - 0x80 : 1;
        }
        return table;
    }

    private static int Index(int lead, int trail) => (lead - 0x81) * TrailBytes + (trail <= 0x7E ? trail - 0x40 : trail - 0x80 + 63);
}
