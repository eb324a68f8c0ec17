using System.Buffers;
using System.Globalization;
using System.Text;
using Syrinx.Data.Corpus.Privacy;

namespace Syrinx.Data.Corpus.Text;

/// <summary>
/// The form in which two posts are compared: compatibility forms and case folded away (NFKC, invariant lower case), links and
/// handles at the start removed, punctuation and symbols removed, runs of blanks one blank. Numbers stay: two prices are two
/// posts. Thread-safe.
/// </summary>
internal static class TextNormalizer
{
    // What becomes of a UTF-16 unit: itself folded; or one of these. Only characters that NFKC leaves alone or changes into one
    // other, whatever stands around them, are in the table; a text with any other takes the way through the framework.
    private const char Gap = '\0', Inside = '\u0001', Complex = '\u0002';
    private static readonly char[] Folded = BuildTable();

    /// <summary>Normalises a text; may come out empty.</summary>
    public static string Normalize(string text)
    {
        text = TextCleaner.WithoutLeadingHandles(text);
        var links = Links.Spans(text);
        for (int i = links.Count - 1; i >= 0; i--)
            text = text.Remove(links[i].Start, links[i].End - links[i].Start);
        return Fold(text) ?? FoldSlowly(text);
    }

    /// <summary>Folds by the table; null where a character is not in it.</summary>
    internal static string? Fold(string text)
    {
        char[] kept = ArrayPool<char>.Shared.Rent(text.Length);
        int length = 0;
        bool simple = true;
        foreach (char c in text)
        {
            char to = Folded[c];
            if (to > Complex)
                kept[length++] = to;
            else if (to == Gap && length > 0 && kept[length - 1] != ' ')
                kept[length++] = ' ';
            else if (to == Complex && !(simple = false))
                break;
        }
        if (length > 0 && kept[length - 1] == ' ')
            length--;
        string? folded = simple ? new string(kept, 0, length) : null;
        ArrayPool<char>.Shared.Return(kept);
        return folded;
    }

    /// <summary>Folds any text.</summary>
    internal static string FoldSlowly(string text)
    {
        text = Compose(text);
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || IsKeptMark(rune))
                kept.Append(Rune.ToLowerInvariant(rune));
            else if (kept.Length > 0 && kept[^1] != ' ' && !IsInsideWord(rune))
                kept.Append(' ');
        }
        if (kept.Length > 0 && kept[^1] == ' ')
            kept.Length--;
        return kept.ToString();
    }

    private static char[] BuildTable()
    {
        var table = new char[char.MaxValue + 1];
        for (int i = 0; i < table.Length; i++)
            table[i] = FoldOne((char)i);
        return table;
    }

    private static char FoldOne(char c)
    {
        // conjoining jamo and whatever combines may join what stands before it
        if (char.IsSurrogate(c) || c is >= '\u1100' and <= '\u11FF' || CharUnicodeInfo.GetUnicodeCategory(c) is
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
            return Complex;
        if (c >= '\uFFFE')
            return Gap; // no character, and nothing that the framework normalises
        string composed = c.ToString().Normalize(NormalizationForm.FormKC);
        if (composed.Length != 1)
            return Complex;
        var rune = new Rune(composed[0]);
        if (Rune.IsLetterOrDigit(rune) || IsKeptMark(rune))
            return Rune.ToLowerInvariant(rune) is { Utf16SequenceLength: 1 } lower ? (char)lower.Value : Complex;
        return IsInsideWord(rune) ? Inside : Gap;
    }

    /// <summary>Whether the texts are the same but for the values of numbers in them.</summary>
    public static bool DifferInNumbersOnly(string a, string b)
    {
        if (a == b)
            return false;
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            bool numberA = char.IsDigit(a[i]), numberB = char.IsDigit(b[j]);
            if (numberA != numberB || !numberA && a[i] != b[j])
                return false;
            if (!numberA)
            {
                i++;
                j++;
                continue;
            }
            while (i < a.Length && char.IsDigit(a[i]))
                i++;
            while (j < b.Length && char.IsDigit(b[j]))
                j++;
        }
        return i == a.Length && j == b.Length;
    }

    // Emoji and other symbols of meaning are kept, or every post of emoji alone would be the same.
    private static bool IsKeptMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        && rune.Value is not (>= 0xFE00 and <= 0xFE0F);

    private static bool IsInsideWord(Rune rune) => rune.Value is '\'' or 0x2019 or 0x200D or (>= 0xFE00 and <= 0xFE0F);

    private static string Compose(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException) // a lone surrogate, which runes show as U+FFFD, or no character at all
        {
            return string.Concat(text.EnumerateRunes().Select(r => (r.Value & 0xFFFE) == 0xFFFE ? " " : r.ToString()))
                .Normalize(NormalizationForm.FormKC);
        }
    }
}
