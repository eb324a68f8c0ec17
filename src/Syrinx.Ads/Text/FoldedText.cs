using System.Globalization;
using System.Text;

namespace Syrinx.Ads;

/// <summary>
/// A text as the rules read it, with the way back to the text as it was written: compatibility forms, width, case and accents
/// are folded, characters that are not seen are dropped, look-alikes become the Latin letters they look like, simplified
/// characters that the word lists need become traditional. What differs only to a machine reads the same.
/// </summary>
internal sealed class FoldedText
{
    private readonly int[] _starts;

    private FoldedText(string original, string text, int[] starts) => (Original, Text, _starts) = (original, text, starts);

    /// <summary>As it was written.</summary>
    public string Original { get; }

    /// <summary>As it is read: lower case.</summary>
    public string Text { get; }

    /// <summary>The piece of the original that folded to a range of <see cref="Text"/>.</summary>
    public string OriginalOf(int start, int end) => Original[_starts[start].._starts[end]].Trim();

    /// <summary>Where a place of <see cref="Text"/> lies in the original.</summary>
    public int OriginalAt(int at) => _starts[at];

    public static FoldedText Of(string original)
    {
        var text = new StringBuilder(original.Length);
        var starts = new List<int>(original.Length + 1);
        int at = 0;
        foreach (var rune in original.EnumerateRunes())
        {
            int before = text.Length;
            Fold(rune, text);
            for (int i = before; i < text.Length; i++)
                starts.Add(at);
            at += rune.Utf16SequenceLength;
        }
        starts.Add(original.Length);
        return new(original, text.ToString(), [.. starts]);
    }

    /// <summary>The folded text alone.</summary>
    public static string Fold(string original) => Of(original).Text;

    private static void Fold(Rune rune, StringBuilder into)
    {
        if (rune.IsAscii)
        {
            into.Append(char.ToLowerInvariant((char)rune.Value));
            return;
        }
        if (IsUnseen(rune))
            return;
        string decomposed;
        try
        {
            decomposed = rune.ToString().Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            return; // a non-character
        }
        foreach (var part in decomposed.EnumerateRunes())
        {
            if (IsUnseen(part))
                continue;
            // a capital may look like another letter than its small one does (Greek Η and η)
            string folded = LookAlikes.Find(part) ?? LookAlikes.Fold(Rune.ToLowerInvariant(part));
            if (decomposed.Contains('\u2044', StringComparison.Ordinal) && part.Value == decomposed[0] && into.Length > 0 && char.IsAsciiDigit(into[^1]))
                into.Append(' '); // 1½ is no 11⁄2
            foreach (char c in folded)
                into.Append(char.ToLowerInvariant(c));
        }
    }

    /// <summary>Joiners, direction marks, soft hyphens, variation selectors, tags, accents and enclosing marks.</summary>
    private static bool IsUnseen(Rune rune) =>
        rune.Value is 0x00AD or 0x034F or 0x061C or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x180B or 0x180C or 0x180D or 0x180E
            or 0x3164 or 0xFEFF or 0xFFA0 or 0x2122 or 0x00AE or 0x00A9 or 0x2120
            or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or (>= 0xFE00 and <= 0xFE0F)
            or (>= 0xE0000 and <= 0xE0FFF)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format;
}
