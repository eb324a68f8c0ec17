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
    /// <summary>Normalises a text; may come out empty.</summary>
    public static string Normalize(string text)
    {
        text = Links.LeadingHandles().Replace(text, "");
        var links = Links.Spans(text);
        for (int i = links.Count - 1; i >= 0; i--)
            text = text.Remove(links[i].Start, links[i].End - links[i].Start);
        if (!Ascii.IsValid(text))
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
        catch (ArgumentException) // a lone surrogate
        {
            return string.Concat(text.EnumerateRunes().Select(r => r.ToString())).Normalize(NormalizationForm.FormKC);
        }
    }
}
