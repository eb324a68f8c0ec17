using System.Globalization;

namespace Syrinx.Data.Corpus.Signals;

/// <summary>
/// Simple measurements of a text that say whether one can learn from it. Counted in <em>weighted letters</em>: a Chinese
/// character, kana or hangul weighs 2.5, as much as it says. Thread-safe.
/// </summary>
internal readonly record struct TextQuality(double Weight, double SymbolShare, double RepeatedShare, double Shouting)
{
    /// <summary>Measures a text; masks such as <c>[link]</c> and <c>@user</c> count as symbols.</summary>
    public static TextQuality Of(string text)
    {
        double weight = 0, symbols = 0, upper = 0, latin = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '[' or '@' && MaskLength(text, i) is > 0 and int length)
            {
                symbols += length;
                i += length - 1;
            }
            else if (c >= '\u1100' && char.IsLetter(c))
            {
                weight += 2.5;
            }
            else if (char.IsLetterOrDigit(c))
            {
                weight++;
                latin += char.IsLetter(c) ? 1 : 0;
                upper += char.IsUpper(c) ? 1 : 0;
            }
            else if (!char.IsWhiteSpace(c) && CharUnicodeInfo.GetUnicodeCategory(c) is not (
                UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
            {
                symbols++;
            }
        }
        double symbolShare = weight + symbols == 0 ? 1 : symbols / (weight + symbols);
        return new(weight, symbolShare, Repetition(text), latin >= 12 ? upper / latin : 0);
    }

    /// <summary>
    /// One number in 0…1: short, symbol-laden, repetitive or shouted texts score low. The shape: full marks from 120 weighted
    /// letters, under 25 % symbols, under 20 % repetition.
    /// </summary>
    public double Score =>
        Math.Min(1, Math.Sqrt(Weight / 120))
        * (1 - Math.Clamp((SymbolShare - 0.25) / 0.5, 0, 1))
        * (1 - Math.Clamp((RepeatedShare - 0.2) / 0.6, 0, 1))
        * (Shouting > 0.7 ? 0.6 : 1);

    /// <summary>
    /// Share of the 8-grams of characters that stand in the text more than once (after Gopher's duplicate n-grams, in
    /// characters because Chinese has no blanks). 0 for texts too short to repeat themselves.
    /// </summary>
    private static double Repetition(string text)
    {
        const int Size = 8;
        int count = text.Length - Size + 1;
        if (count < 2 * Size)
            return 0;
        // a long text is judged by its first 20,000 characters
        count = Math.Min(count, 20_000);
        var seen = new HashSet<ulong>(count);
        int repeated = 0;
        ulong hash = 0;
        const ulong Base = 0x9E3779B97F4A7C15UL;
        ulong power = 1;
        for (int i = 0; i < Size; i++)
        {
            hash = hash * Base + text[i];
            power *= i < Size - 1 ? Base : 1;
        }
        for (int i = 0; ; i++)
        {
            if (!seen.Add(hash))
                repeated++;
            if (i + 1 >= count)
                break;
            hash = (hash - text[i] * power) * Base + text[i + Size];
        }
        return (double)repeated / count;
    }

    private static int MaskLength(string text, int at)
    {
        foreach (string mask in (ReadOnlySpan<string>)["[link]", "@user", "[email]", "[phone]", "[id]", "[card]", "[ip]"])
        {
            if (string.CompareOrdinal(text, at, mask, 0, mask.Length) == 0)
                return mask.Length;
        }
        return 0;
    }
}
