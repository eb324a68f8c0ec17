namespace Syrinx.Tokens;

/// <summary><see cref="PreTokenizer.Gpt2Pattern"/> by the classes of characters.</summary>
internal sealed class Gpt2Scanner : PieceScanner
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
        if (text[i] == '\'' && Contraction(text, i, anyCase: false) is > 0 and int length)
            return i + length;
        // a word, a number or signs, with the space before them
        int start = text[i] == ' ' && i + 1 < text.Length ? i + 1 : i;
        byte bits = CharacterClass.At(text, start, out int width);
        if ((bits & CharacterClass.Letter) != 0)
            return Run(text, start + width, CharacterClass.Letter);
        if ((bits & CharacterClass.Number) != 0)
            return Run(text, start + width, CharacterClass.Number);
        return IsSign(bits) ? RunOfSigns(text, start + width) : EndOfSpace(text, i, lineEndsApart: false);
    }
}
