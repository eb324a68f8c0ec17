using System.Globalization;
using System.Text;

namespace Syrinx.Search.Analysis;

/// <summary>
/// Cuts a post of any language into index terms. Words are folded and stemmed; runs of Han, Kana, Hangul, Bopomofo and the
/// scripts of South-East Asia, which are written without spaces, become overlapping pairs of characters; a web address
/// counts by the labels of its domain only; an emoji is a term. Stop words are kept, so that phrases can be found;
/// a query leaves them out. The same rules cut queries. Thread-safe.
/// </summary>
internal static class TextTokenizer
{
    /// <summary>Longer words are cut: nobody searches for them, and they are mostly junk.</summary>
    private const int MaxWord = 64;

    /// <summary>Cuts <paramref name="text"/> and appends its tokens, in the text's order.</summary>
    public static void Tokenize(ReadOnlySpan<char> text, List<Token> tokens)
    {
        int i = 0;
        while (i < text.Length)
        {
            char c = CharacterFolding.Fold(text[i]);
            if (c is 'h' or 'w' && (i == 0 || !IsWord(text[i - 1])) && AddressLength(text[i..]) is > 0 and var length)
            {
                AddDomain(text, i, i + length, tokens);
                i += length;
            }
            else if (UnspacedLength(text, i) > 0)
            {
                i = AddRun(text, i, tokens);
            }
            else if (IsWord(c))
            {
                i = AddWord(text, i, text.Length, tokens);
            }
            else
            {
                i = AddSymbol(text, i, tokens);
            }
        }
    }

    /// <summary>The tokens of <paramref name="text"/>.</summary>
    public static List<Token> Tokenize(ReadOnlySpan<char> text)
    {
        var tokens = new List<Token>(text.Length / 3 + 1);
        Tokenize(text, tokens);
        return tokens;
    }

    /// <summary>How many UTF-16 units at <paramref name="i"/> make a character of a script without spaces; 0: none.</summary>
    public static int UnspacedLength(ReadOnlySpan<char> text, int i)
    {
        char c = text[i];
        if (c < 0x0E00)
            return 0;
        if (char.IsHighSurrogate(c))
            return i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
                && char.ConvertToUtf32(c, text[i + 1]) is >= 0x20000 and <= 0x3FFFF ? 2 : 0;
        return c is >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF' or >= '\uF900' and <= '\uFAFF'
            or >= '\u3041' and <= '\u3096' or >= '\u30A1' and <= '\u30FA' or '\u30FC' or '\u3005' or '\u3007'
            or >= '\u31F0' and <= '\u31FF' or >= '\uFF66' and <= '\uFF9D'
            or >= '\u3105' and <= '\u312F' or >= '\u31A0' and <= '\u31BF'
            or >= '\uAC00' and <= '\uD7A3' or >= '\u1100' and <= '\u11FF'
            or >= '\u0E01' and <= '\u0E4E' or >= '\u0E81' and <= '\u0ECD' or >= '\u1000' and <= '\u109F'
            or >= '\u1780' and <= '\u17D3' ? 1 : 0;
    }

    private static bool IsWord(char c) =>
        c < 0x80 ? char.IsAsciiLetterOrDigit(c) || c == '_' : IsWordCategory(char.GetUnicodeCategory(c));

    private static bool IsWordCategory(UnicodeCategory category) => category
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark
        or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber;

    /// <summary>A word up to <paramref name="limit"/>: <c>don't</c> → <c>dont</c>, <c>Amy's</c> → <c>ami</c>.</summary>
    private static int AddWord(ReadOnlySpan<char> text, int start, int limit, List<Token> tokens)
    {
        Span<char> word = stackalloc char[MaxWord];
        int length = 0;
        int i = start;
        int possessive = -1;
        for (; i < limit && UnspacedLength(text, i) == 0; i++)
        {
            char c = CharacterFolding.Fold(text[i]);
            if (c == '\'' && i > start && i + 1 < limit && IsWord(text[i + 1]) && UnspacedLength(text, i + 1) == 0)
            {
                possessive = length;
                continue;
            }
            if (!IsWord(c))
                break;
            if (length < MaxWord)
                word[length++] = c;
        }
        if (possessive > 0 && length == possessive + 1 && word[possessive] == 's')
            length = possessive;
        tokens.Add(new(Stemmer.Stem(word[..length]), start, i, TokenKind.Word));
        return i;
    }

    /// <summary>A run of characters as overlapping pairs; a lone one as itself.</summary>
    private static int AddRun(ReadOnlySpan<char> text, int start, List<Token> tokens)
    {
        Span<char> pair = stackalloc char[4];
        int previous = start;
        int previousLength = UnspacedLength(text, start);
        int i = start + previousLength;
        int length;
        bool alone = true;
        for (; i < text.Length && (length = UnspacedLength(text, i)) > 0; i += length)
        {
            int n = FoldInto(text.Slice(previous, previousLength), pair);
            n += FoldInto(text.Slice(i, length), pair[n..]);
            tokens.Add(new(Stemmer.Stem(pair[..n]), previous, i + length, TokenKind.Bigram));
            (previous, previousLength, alone) = (i, length, false);
        }
        if (alone)
            tokens.Add(new(Stemmer.Stem(pair[..FoldInto(text.Slice(start, previousLength), pair)]), start, i, TokenKind.Bigram));
        return i;
    }

    private static int FoldInto(ReadOnlySpan<char> character, Span<char> target)
    {
        if (character.Length == 1)
            target[0] = CharacterFolding.Fold(character[0]);
        else
            character.CopyTo(target);
        return character.Length;
    }

    private static int AddSymbol(ReadOnlySpan<char> text, int i, List<Token> tokens)
    {
        Rune.DecodeFromUtf16(text[i..], out var rune, out int length);
        if (rune.Value > 0x7F && rune != Rune.ReplacementChar)
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category == UnicodeCategory.OtherSymbol && rune.Value is not (0xA9 or 0xAE or 0x2122))
                tokens.Add(new(rune.ToString(), i, i + length, TokenKind.Symbol));
            else if (rune.Value > 0xFFFF && IsWordCategory(category))
                tokens.Add(new(Rune.ToLowerInvariant(rune).ToString(), i, i + length, TokenKind.Word));
        }
        return i + length;
    }

    /// <summary>Length of the web address that the text begins with, or 0.</summary>
    internal static int AddressLength(ReadOnlySpan<char> text)
    {
        int domain = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
            : text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : text.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? 4 : 0;
        if (domain == 0 || domain >= text.Length || !IsWord(text[domain]))
            return 0;
        int i = domain;
        while (i < text.Length && text[i] is > ' ' and < '\u2000' and not ('"' or '<' or '>' or '\u00A0'))
            i++;
        return i;
    }

    /// <summary>The labels of the address's domain as words, without <c>www</c>.</summary>
    private static void AddDomain(ReadOnlySpan<char> text, int start, int end, List<Token> tokens)
    {
        int i = start;
        int scheme = text[start..end].IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
            i += scheme + 3;
        if (text[i..end].StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            i += 4;
        int limit = text[i..end].IndexOfAny('/', '?', '#');
        limit = limit < 0 ? end : i + limit;
        while (i < limit)
        {
            if (IsWord(text[i]) && UnspacedLength(text, i) == 0)
                i = AddWord(text, i, limit, tokens);
            else
                i++;
        }
    }
}
