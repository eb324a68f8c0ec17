using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Syrinx.Ads.Tests.Support;

/// <summary>
/// The slow twin of the counters: written from the words of the platforms' rules, with other means (text elements, named Unicode blocks, one
/// simple pattern for links) and other numbers at hand. It shares no code with what it checks.
/// </summary>
internal static partial class LimitsByTheRules
{
    /// <summary>
    /// X: "280; code points U+0000–10FF, 2000–200D, 2010–201F, 2032–2037 weigh 1, all others 2; an emoji 2; a link 23". Only links that begin
    /// with http are in our copy.
    /// </summary>
    public static int XWeight(string text)
    {
        string normal = text.Normalize(NormalizationForm.FormC);
        int links = Link().Count(normal), weight = links * 23;
        var elements = StringInfo.GetTextElementEnumerator(Link().Replace(normal, ""));
        while (elements.MoveNext())
        {
            var runes = elements.GetTextElement().EnumerateRunes().ToList();
            weight += runes.Any(IsPicture) ? 2 : runes.Sum(r => Light(r.Value) ? 1 : 2);
        }
        return weight;
    }

    /// <summary>Google: "each character in double-width languages counts as two"; so do pictures here.</summary>
    public static int DoubleWidth(string text) =>
        text.Normalize(NormalizationForm.FormC).EnumerateRunes().Sum(r => IsPicture(r) || WideBlock().IsMatch(r.ToString()) ? 2 : 1);

    private static bool Light(int c) => c < 0x1100 || c is > 0x1FFF and < 0x200E || c is > 0x200F and < 0x2020 || c is > 0x2031 and < 0x2038;

    private static bool IsPicture(Rune r) => r.Value > 0x1F000 && Rune.GetUnicodeCategory(r) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol
        || r.Value is >= 0x2600 and < 0x27C0;

    [GeneratedRegex(@"https?://[\x21-\x7e]+")]
    private static partial Regex Link();

    [GeneratedRegex(@"[\p{IsCJKUnifiedIdeographs}\p{IsCJKUnifiedIdeographsExtensionA}\p{IsCJKSymbolsandPunctuation}\p{IsHiragana}\p{IsKatakana}\p{IsBopomofo}\p{IsHangulSyllables}\p{IsHalfwidthandFullwidthForms}\p{IsCJKCompatibility}\p{IsCJKCompatibilityForms}\p{IsEnclosedCJKLettersandMonths}]")]
    private static partial Regex WideBlock();
}
