using System.Text;

namespace Syrinx.Tokens;

/// <summary>
/// The alphabet of byte-level BPE (GPT-2): tokenizer.json spells a token's bytes as printable characters. A byte that is
/// printable in Latin-1 stands for itself; the other 68, in order, become U+0100, U+0101, …: a space is written Ġ.
/// </summary>
internal static class ByteLevel
{
    private static readonly char[] Spelling = Enumerable.Range(0, 256).Select(Spell).ToArray();
    private static readonly Dictionary<char, byte> Bytes = Enumerable.Range(0, 256).ToDictionary(b => Spelling[b], b => (byte)b);

    /// <summary>Spells bytes as characters.</summary>
    public static string ToText(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (byte b in bytes)
            text.Append(Spelling[b]);
        return text.ToString();
    }

    /// <summary>The bytes that characters spell, or null when one of them spells none.</summary>
    public static byte[]? ToBytes(string text)
    {
        var bytes = new byte[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            if (!Bytes.TryGetValue(text[i], out bytes[i]))
                return null;
        }
        return bytes;
    }

    private static char Spell(int b)
    {
        static bool Printable(int b) => b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
        return Printable(b) ? (char)b : (char)(256 + Enumerable.Range(0, b).Count(x => !Printable(x)));
    }
}
