namespace Syrinx.Tokens;

/// <summary>
/// SentencePiece has no pre-tokenizer: a text is one piece. Where no token has a space after something else, no merge crosses
/// such a place, and cutting there changes nothing but the speed.
/// </summary>
internal sealed class SpaceScanner(bool cuts) : PieceScanner
{
    public override void Split(ReadOnlySpan<char> text, int offset, List<int> ends)
    {
        for (int i = 1; cuts && i < text.Length; i++)
        {
            if (text[i] == ' ' && text[i - 1] != ' ')
                ends.Add(offset + i);
        }
        if (text.Length > 0)
            ends.Add(offset + text.Length);
    }

    public static SpaceScanner For(IEnumerable<byte[]> tokens) => new(!tokens.Any(HasInnerSpace));

    private static bool HasInnerSpace(byte[] token)
    {
        int words = token.AsSpan().IndexOfAnyExcept((byte)' ');
        return words >= 0 && token.AsSpan(words).Contains((byte)' ');
    }
}
