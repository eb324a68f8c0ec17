namespace Syrinx.Tokens;

/// <summary>
/// <see cref="PreTokenizer.O200kPattern"/>, GPT-4o's, by the classes of characters. Its words are runs of capitals and then small
/// letters; letters without case, and marks, are both.
/// </summary>
internal sealed class O200kScanner : PieceScanner
{
    public override void Split(ReadOnlySpan<char> text, int offset, List<int> ends)
    {
        for (int i = 0; i < text.Length;)
        {
            i = End(text, i);
            ends.Add(offset + i);
        }
    }

    private static int End(ReadOnlySpan<char> text, int i)
    {
        byte bits = CharacterClass.At(text, i, out int width);
        int next = i + width;
        // one sign or space may stand before a word; a mark may be that sign or begin the word itself
        bool mayLead = (bits & (CharacterClass.LineEnd | CharacterClass.Letter | CharacterClass.Number)) == 0;
        int end = mayLead ? SmallWord(text, next) : -1;
        if (end < 0)
            end = SmallWord(text, i);
        if (end < 0 && mayLead)
            end = LargeWord(text, next);
        if (end < 0)
            end = LargeWord(text, i);
        if (end > 0)
            return end < text.Length ? end + Contraction(text, end, anyCase: true) : end;
        if ((bits & CharacterClass.Number) != 0)
            return Digits(text, i, 3);
        byte following = next < text.Length ? CharacterClass.At(text, next, out _) : CharacterClass.Space;
        if (IsSign(bits) || (text[i] == ' ' && IsSign(following)))
        {
            end = RunOfSigns(text, next);
            while (end < text.Length && text[end] is '\r' or '\n' or '/')
                end++;
            return end;
        }
        return EndOfSpace(text, i, lineEndsApart: true);
    }

    // [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+, or −1
    private static int SmallWord(ReadOnlySpan<char> text, int start)
    {
        int i = start, afterBoth = -1;
        while (i < text.Length)
        {
            byte bits = CharacterClass.At(text, i, out int width);
            if ((bits & CharacterClass.Head) == 0)
                break;
            i += width;
            if ((bits & CharacterClass.Tail) != 0)
                afterBoth = i;
        }
        int end = Run(text, i, CharacterClass.Tail);
        // without a small letter after them, the heads give back as much as they must: up to the last that is a tail, too
        return end > i ? end : afterBoth;
    }

    // [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*, or −1
    private static int LargeWord(ReadOnlySpan<char> text, int start)
    {
        int heads = Run(text, start, CharacterClass.Head);
        return heads > start ? Run(text, heads, CharacterClass.Tail) : -1;
    }
}
