using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Syrinx.Tokens;

/// <summary>
/// What the pre-tokenizers' patterns ask of a character, one bit each, in a table of the 65,536 first ones: asking it takes
/// a nanosecond, where a regular expression works out the category each time.
/// </summary>
internal static class CharacterClass
{
    /// <summary><c>\p{L}</c></summary>
    public const byte Letter = 1;

    /// <summary><c>\p{N}</c></summary>
    public const byte Number = 2;

    /// <summary><c>\s</c></summary>
    public const byte Space = 4;

    /// <summary><c>[\r\n]</c></summary>
    public const byte LineEnd = 8;

    /// <summary><c>[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]</c>: what a word of o200k begins with.</summary>
    public const byte Head = 16;

    /// <summary><c>[\p{Ll}\p{Lm}\p{Lo}\p{M}]</c>: what a word of o200k goes on with.</summary>
    public const byte Tail = 32;

    /// <summary>A half of a character beyond U+FFFF; <see cref="At"/> tells what the whole is.</summary>
    public const byte Surrogate = 64;

    /// <summary>Whether a text of such characters alone is surely in form C: each is, and composes with none before it.</summary>
    public const byte Composed = 128;

    private static readonly byte[] Table = BuildTable();

    /// <summary>The bits of a UTF-16 unit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Of(char c) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Table), c);

    /// <summary>The bits of the character that begins at <paramref name="i"/>, and the UTF-16 units that it takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte At(ReadOnlySpan<char> text, int i, out int width)
    {
        byte bits = Of(text[i]);
        width = 1;
        return bits == Surrogate ? Whole(text, i, ref width) : bits;
    }

    /// <summary>Whether a text is well-formed and surely in form C: true for nearly all text, and quickly found.</summary>
    public static bool IsComposed(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            byte bits = Of(text[i]);
            if ((bits & Composed) != 0)
                continue;
            // emoji and their kin, U+1F000 to U+1FBFF, neither compose nor decompose
            bool pictograph = text[i] is >= '\uD83C' and <= '\uD83E' && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (!pictograph)
                return false;
            i++;
        }
        return true;
    }

    private static byte Whole(ReadOnlySpan<char> text, int i, ref int width)
    {
        if (!char.IsHighSurrogate(text[i]) || i + 1 >= text.Length || !char.IsLowSurrogate(text[i + 1]))
            return 0;
        width = 2;
        return Of(CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(text[i], text[i + 1])));
    }

    private static byte Of(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => Letter | Head,
        UnicodeCategory.LowercaseLetter => Letter | Tail,
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => Letter | Head | Tail,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => Head | Tail,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Number,
        _ => 0,
    };

    private static byte[] BuildTable()
    {
        var table = new byte[1 << 16];
        for (int c = 0; c < table.Length; c++)
        {
            int bits = char.IsSurrogate((char)c) ? Surrogate : Of(char.GetUnicodeCategory((char)c));
            if (char.IsWhiteSpace((char)c))
                bits |= Space;
            if ((char)c is '\r' or '\n')
                bits |= LineEnd;
            if (IsComposed((char)c))
                bits |= Composed;
            table[c] = (byte)bits;
        }
        return table;
    }

    // Whole blocks without characters that form C replaces and without marks: Latin, Cyrillic, punctuation, symbols,
    // boxes, CJK punctuation, kana, bopomofo, Han, Hangul syllables, full-width forms.
    private static bool IsComposed(char c) => c is <= '\u02FF' or (>= '\u0400' and <= '\u0482') or (>= '\u2002' and <= '\u2027')
        or (>= '\u2030' and <= '\u205E') or (>= '\u2190' and <= '\u22FF') or (>= '\u2460' and <= '\u27BF')
        or (>= '\u3000' and <= '\u3029') or (>= '\u3041' and <= '\u3096') or (>= '\u30A1' and <= '\u30FE')
        or (>= '\u3105' and <= '\u312F') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3')
        or (>= '\uFF01' and <= '\uFFEE');
}
