using System.Text;

namespace Syrinx.Ads;

/// <summary>What X makes of a post's text; all positions are inclusive and count UTF-16 units of the text as given.</summary>
/// <param name="WeightedLength">In weighted characters.</param>
/// <param name="Valid">Whether X takes it: not empty, not too long, no forbidden character.</param>
/// <param name="Permillage">Length in thousandths of the limit, rounded down.</param>
/// <param name="DisplayRangeEnd">The last unit; 0 for an empty text.</param>
/// <param name="ValidRangeEnd">The last unit that is still valid; the range begins at 0.</param>
internal readonly record struct XTextResult(int WeightedLength, bool Valid, int Permillage, int DisplayRangeEnd, int ValidRangeEnd);

/// <summary>
/// The weighted length of a post on X, by the rules that X publishes with twitter-text (configuration version 3): 280 in all;
/// code points in four ranges weigh 1, all others 2; an emoji sequence weighs 2 and a link 23, however long they are.
/// </summary>
internal static class XText
{
    public const int Limit = 280;
    public const int LinkWeight = 23;

    /// <param name="text">Any text; broken surrogates count as what they are.</param>
    /// <param name="emojiAsOne">Version 3. Version 2, false, weighs each code point of an emoji sequence.</param>
    public static XTextResult Parse(string text, bool emojiAsOne = true)
    {
        string normal = NormalForm(text);
        int weight = 0, validEnd = 0;
        bool valid = true;
        using var links = XLinks.Find(normal).GetEnumerator();
        bool more = links.MoveNext();
        for (int at = 0, next; at < normal.Length; at = next)
        {
            while (more && links.Current.Start < at)
                more = links.MoveNext();
            if (more && links.Current.Start == at)
            {
                next = at + links.Current.Length;
                weight += LinkWeight;
            }
            else if (emojiAsOne && EmojiSequence.LengthAt(normal, at) is > 0 and var length)
            {
                next = at + length;
                weight += 2;
            }
            else
            {
                int codePoint = CodePoint(normal, at);
                next = at + (codePoint > 0xFFFF ? 2 : 1);
                weight += WeightOf(codePoint);
                valid &= !IsForbidden(codePoint);
            }
            if (valid && weight <= Limit)
                validEnd = next - 1;
        }
        return new(weight, valid && weight is > 0 and <= Limit, weight * 1000 / Limit, Math.Max(0, text.Length - 1),
            validEnd + text.Length - normal.Length);
    }

    /// <summary>A byte order mark and the two non-characters; X refuses a post with one of them.</summary>
    public static bool IsForbidden(int codePoint) => codePoint is 0xFFFE or 0xFEFF or 0xFFFF;

    public static int WeightOf(int codePoint) =>
        codePoint is <= 0x10FF or >= 0x2000 and <= 0x200D or >= 0x2010 and <= 0x201F or >= 0x2032 and <= 0x2037 ? 1 : 2;

    // NFC throws on broken surrogates and non-characters; X does not
    private static string NormalForm(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            var normal = new StringBuilder(text.Length);
            int from = 0;
            for (int i = 0; i <= text.Length; i++)
            {
                if (i < text.Length && !char.IsSurrogate(text[i]) && text[i] < '\uFFFE')
                    continue;
                if (i < text.Length && char.IsSurrogatePair(text, i))
                {
                    i++;
                    continue;
                }
                normal.Append(text[from..i].Normalize(NormalizationForm.FormC));
                if (i < text.Length)
                    normal.Append(text[i]);
                from = i + 1;
            }
            return normal.ToString();
        }
    }

    private static int CodePoint(string text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];
}
