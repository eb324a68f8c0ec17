using System.Globalization;
using System.Numerics;
using Syrinx.Data.Corpus.Privacy;

namespace Syrinx.Data.Corpus.Signals;

/// <summary>
/// Simple measurements of a text that say whether one can learn from it. Counted in <em>weighted letters</em>: a Chinese
/// character, kana or hangul weighs 2.5, as much as it says. Thread-safe.
/// </summary>
/// <param name="Weight">Weighted letters and digits.</param>
/// <param name="SymbolShare">Share of symbols and masks, 0…1.</param>
/// <param name="RepeatedShare">Share of 8-grams that stand more than once, 0…1.</param>
/// <param name="Shouting">Share of capitals among the letters, where there are a few; 0…1.</param>
/// <param name="LatinShare">Share of letters that are of an alphabet, by weight; 0…1.</param>
internal readonly record struct TextQuality(
    double Weight, double SymbolShare, double RepeatedShare, double Shouting, double LatinShare)
{
    private const byte Nothing = 0, Symbol = 1, Digit = 2, LowerLetter = 3, UpperLetter = 4, Heavy = 5, MaskStart = 6;

    private static readonly byte[] Kinds = BuildKinds();

    [ThreadStatic]
    private static uint[]? _seen;

    /// <summary>Measures a text; masks such as <c>[link]</c> and <c>@user</c> count as symbols.</summary>
    public static TextQuality Of(string text) => WithoutRepetition(text) with { RepeatedShare = Repetition(text) };

    /// <summary>The same without <see cref="RepeatedShare"/>, which costs as much as all else.</summary>
    public static TextQuality WithoutRepetition(string text)
    {
        int heavy = 0, digits = 0, lower = 0, upper = 0, symbols = 0;
        for (int i = 0; i < text.Length; i++)
        {
            switch (Kinds[text[i]])
            {
                case LowerLetter:
                    lower++;
                    break;
                case Heavy:
                    heavy++;
                    break;
                case UpperLetter:
                    upper++;
                    break;
                case Digit:
                    digits++;
                    break;
                case Symbol:
                    symbols++;
                    break;
                case MaskStart:
                    int length = Math.Max(1, PersonalDataMask.LengthAt(text, i));
                    symbols += length;
                    i += length - 1;
                    break;
            }
        }
        double latin = lower + upper, weight = 2.5 * heavy + latin + digits;
        double symbolShare = weight + symbols == 0 ? 1 : symbols / (weight + symbols);
        return new(weight, symbolShare, 0, latin >= 12 ? upper / latin : 0,
            latin == 0 ? 0 : latin / (latin + 2.5 * heavy));
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
        // open addressing, half full at most; 0 is an empty place
        int places = (int)BitOperations.RoundUpToPowerOf2((uint)count * 2);
        if (_seen is null || _seen.Length < places)
            _seen = new uint[places];
        var seen = _seen.AsSpan(0, places);
        seen.Clear();
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
            // the newest character is in the low bits only: multiplied, it is in all
            uint key = (uint)(hash * 0xD6E8FEB86659FD93UL >> 32) | 1;
            int at = (int)(key >> 1) & (places - 1);
            while (seen[at] != 0 && seen[at] != key)
                at = at + 1 & (places - 1);
            repeated += seen[at] == key ? 1 : 0;
            seen[at] = key;
            if (i + 1 >= count)
                break;
            hash = (hash - text[i] * power) * Base + text[i + Size];
        }
        return (double)repeated / count;
    }

    private static byte[] BuildKinds()
    {
        var kinds = new byte[char.MaxValue + 1];
        for (int i = 0; i < kinds.Length; i++)
        {
            char c = (char)i;
            kinds[i] = c is '[' or '@' ? MaskStart
                : c >= '\u1100' && char.IsLetter(c) ? Heavy
                : char.IsUpper(c) ? UpperLetter
                : char.IsLetter(c) ? LowerLetter
                : char.IsDigit(c) ? Digit
                : char.IsWhiteSpace(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.SpacingCombiningMark ? Nothing
                : Symbol;
        }
        return kinds;
    }
}
