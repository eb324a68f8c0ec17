using System.Text.RegularExpressions;

namespace Syrinx.Ads;

/// <summary>
/// How different two ads are: one minus the Jaccard index of their words, case, width and punctuation aside. Latin text counts by
/// words, Chinese by pairs of characters; the product's name and the address count not at all.
/// </summary>
internal static partial class Variety
{
    /// <summary>Two variants differ in at least this share of their words.</summary>
    public const double MinDistance = 0.3;

    /// <summary>The words that count.</summary>
    public static HashSet<string> WordsOf(FieldValues<string> fields, AdBrief brief)
    {
        var words = new HashSet<string>();
        foreach (string value in fields.All.SelectMany(f => f.Value))
        {
            string text = brief.Url.Length > 0 ? value.Replace(brief.Url, " ", StringComparison.OrdinalIgnoreCase) : value;
            text = FoldedText.Fold(text).Replace(FoldedText.Fold(brief.Product), " ", StringComparison.Ordinal);
            foreach (Match match in Piece().Matches(text))
            {
                if (match.Value[0] < 0x2E80 || match.Length == 1)
                {
                    words.Add(match.Value);
                    continue;
                }
                for (int i = 0; i + 1 < match.Length; i++)
                    words.Add(match.Value.Substring(i, 2));
            }
        }
        return words;
    }

    /// <summary>0 for the same words, 1 for none in common.</summary>
    public static double Distance(HashSet<string> a, HashSet<string> b)
    {
        int common = a.Count(b.Contains), all = a.Count + b.Count - common;
        return all == 0 ? 0 : 1 - (double)common / all;
    }

    [GeneratedRegex(@"[a-z0-9]+(?:'[a-z]+)?|[\u3400-\u9fff]+")]
    private static partial Regex Piece();
}
