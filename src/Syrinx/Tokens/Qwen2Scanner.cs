namespace Syrinx.Tokens;

/// <summary>
/// <see cref="PreTokenizer.Qwen2Pattern"/>, and Llama 3's, which differs in that up to three digits are a piece: the patterns'
/// alternatives in their order, decided by the classes of two characters.
/// </summary>
internal sealed class Qwen2Scanner(int longestNumber) : PieceScanner
{
    public override void Split(ReadOnlySpan<char> text, int offset, List<int> ends)
    {
        for (int i = 0; i < text.Length;)
        {
            i = End(text, i);
            ends.Add(offset + i);
        }
    }

    private int End(ReadOnlySpan<char> text, int i)
    {
        byte bits = CharacterClass.At(text, i, out int width);
        int next = i + width;
        if ((bits & CharacterClass.Letter) != 0)
            return Run(text, next, CharacterClass.Letter);
        if ((bits & CharacterClass.Number) != 0)
            return longestNumber == 1 ? next : Digits(text, i, longestNumber);
        if (text[i] == '\'' && Contraction(text, i, anyCase: true) is > 0 and int length)
            return i + length;
        byte following = next < text.Length ? CharacterClass.At(text, next, out width) : CharacterClass.Space;
        if ((following & CharacterClass.Letter) != 0 && (bits & CharacterClass.LineEnd) == 0)
            return Run(text, next + width, CharacterClass.Letter);
        if (IsSign(bits) || (text[i] == ' ' && IsSign(following)))
            return Run(text, RunOfSigns(text, next), CharacterClass.LineEnd);
        return EndOfSpace(text, i, lineEndsApart: true);
    }
}
