namespace Syrinx.Ads;

/// <summary>
/// Emoji sequences (Unicode Technical Standard 51): one emoji with its variation selector, skin tone and tags, a keycap, a flag, or
/// several joined by U+200D. X gives each weight 2. Which joined sequences there are is a list that grows every year; here a
/// join counts when its right side is one that such sequences use.
/// </summary>
internal static class EmojiSequence
{
    private const char Joiner = '\u200D', TextStyle = '\uFE0E', EmojiStyle = '\uFE0F', Keycap = '\u20E3';

    // emoji below U+1F000 besides those of the blocks in IsEmoji
    private static readonly HashSet<int> Scattered =
    [
        0x203C, 0x2049, 0x2122, 0x2139, 0x2194, 0x2195, 0x2196, 0x2197, 0x2198, 0x2199, 0x21A9, 0x21AA, 0x231A, 0x231B, 0x2328, 0x23CF,
        0x23E9, 0x23EA, 0x23EB, 0x23EC, 0x23ED, 0x23EE, 0x23EF, 0x23F0, 0x23F1, 0x23F2, 0x23F3, 0x23F8, 0x23F9, 0x23FA, 0x24C2,
        0x25AA, 0x25AB, 0x25B6, 0x25C0, 0x25FB, 0x25FC, 0x25FD, 0x25FE, 0x2934, 0x2935, 0x2B05, 0x2B06, 0x2B07, 0x2B1B, 0x2B1C, 0x2B50,
        0x2B55, 0x3030, 0x303D, 0x3297, 0x3299, 0xA9, 0xAE,
    ];

    // these are emoji only where U+FE0F says so
    private static readonly HashSet<int> TextByDefault = [0xA9, 0xAE, 0x2122, 0x265F];

    // what stands on the right of a join: people, hair, signs of sex and trade, and the few things that have joined forms
    private static readonly HashSet<int> Joined =
    [
        0x2640, 0x2642, 0x2695, 0x2696, 0x2708, 0x2764, 0x26A7, 0x2620, 0x2744, 0x2B1B, 0x27A1, 0x2194, 0x2195,
        0x1F308, 0x1F33E, 0x1F373, 0x1F37C, 0x1F384, 0x1F393, 0x1F3A4, 0x1F3A8, 0x1F3EB, 0x1F3ED, 0x1F466, 0x1F467, 0x1F468, 0x1F469,
        0x1F48B, 0x1F4A5, 0x1F4A8, 0x1F4AB, 0x1F4BB, 0x1F4BC, 0x1F525, 0x1F527, 0x1F52C, 0x1F5E8, 0x1F680, 0x1F692, 0x1F32B, 0x1F7E9,
        0x1F7EB, 0x1F91D, 0x1F9AF, 0x1F9B0, 0x1F9B1, 0x1F9B2, 0x1F9B3, 0x1F9BA, 0x1F9BC, 0x1F9BD, 0x1F9D1, 0x1F9D2, 0x1FA79, 0x1FA70,
    ];

    /// <summary>How many UTF-16 units the emoji at this place has; 0 where there is none.</summary>
    public static int LengthAt(string text, int at)
    {
        if (text[at] < '\u00A9')
            return KeycapLength(text, at);
        int first = CodePoint(text, at);
        if (IsFlagLetter(first))
            return at + 4 <= text.Length && IsFlagLetter(CodePoint(text, at + 2)) ? 4 : 2;
        int end = ElementEnd(text, at);
        while (end > at && end + 1 < text.Length && text[end] == Joiner && Joined.Contains(CodePoint(text, end + 1))
            && ElementEnd(text, end + 1) is var next && next > end + 1)
            end = next;
        return end - at;
    }

    private static int KeycapLength(string text, int at)
    {
        if (text[at] is not (>= '0' and <= '9' or '#' or '*'))
            return 0;
        int end = at + 1;
        if (end < text.Length && text[end] == EmojiStyle)
            end++;
        return end < text.Length && text[end] == Keycap ? end + 1 - at : 0;
    }

    /// <summary>One emoji with what modifies it: the end of it, or <paramref name="at"/> where there is none.</summary>
    private static int ElementEnd(string text, int at)
    {
        int codePoint = CodePoint(text, at), end = at + (codePoint > 0xFFFF ? 2 : 1);
        if (!IsEmoji(codePoint) || end < text.Length && text[end] == TextStyle)
            return at;
        bool styled = end < text.Length && text[end] == EmojiStyle;
        if (TextByDefault.Contains(codePoint) && !styled)
            return at;
        if (styled)
            end++;
        if (end + 1 < text.Length && CodePoint(text, end) is >= 0x1F3FB and <= 0x1F3FF)
            end += 2;
        int tags = end;
        while (tags + 1 < text.Length && CodePoint(text, tags) is >= 0xE0020 and <= 0xE007E)
            tags += 2;
        return tags > end && tags + 1 < text.Length && CodePoint(text, tags) == 0xE007F ? tags + 2 : end;
    }

    private static bool IsEmoji(int c) =>
        c is >= 0x2600 and <= 0x27BF or >= 0x1F300 and <= 0x1F64F or >= 0x1F680 and <= 0x1F6FF or >= 0x1F7E0 and <= 0x1F7F0
            or >= 0x1F900 and <= 0x1FAFF or >= 0x1F170 and <= 0x1F19A or >= 0x1F200 and <= 0x1F251 or 0x1F004 or 0x1F0CF
        || Scattered.Contains(c);

    private static bool IsFlagLetter(int c) => c is >= 0x1F1E6 and <= 0x1F1FF;

    private static int CodePoint(string text, int at) =>
        at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? char.ConvertToUtf32(text[at], text[at + 1])
        : at < text.Length ? text[at] : 0;
}
