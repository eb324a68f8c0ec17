namespace Syrinx.Tokens;

/// <summary>One step of a pre-tokenizer: cuts a text, or a piece of the step before. Immutable and safe to share.</summary>
internal abstract class PieceScanner
{
    /// <summary>Adds where the pieces of <paramref name="text"/> end, in order; the last ends where the text does.</summary>
    /// <param name="text">Text without lone surrogates.</param>
    /// <param name="offset">Where the text begins in the whole; added to each end.</param>
    /// <param name="ends">Gets the ends.</param>
    public abstract void Split(ReadOnlySpan<char> text, int offset, List<int> ends);

    /// <summary>
    /// The scanner of a pattern: written by hand for those of the well-known tokenizers, which is many times faster, else .NET's
    /// regular expressions.
    /// </summary>
    /// <exception cref="ArgumentException">The pattern is not a regular expression that .NET knows.</exception>
    public static PieceScanner For(string pattern) => pattern switch
    {
        PreTokenizer.Qwen2Pattern => new Qwen2Scanner(longestNumber: 1),
        PreTokenizer.Llama3Pattern => new Qwen2Scanner(longestNumber: 3),
        PreTokenizer.Gpt2Pattern => new Gpt2Scanner(),
        PreTokenizer.O200kPattern => new O200kScanner(),
        _ => new RegexScanner(pattern),
    };

    /// <summary>Where a run of characters ends that have one of the <paramref name="bits"/>.</summary>
    protected static int Run(ReadOnlySpan<char> text, int i, byte bits)
    {
        while (i < text.Length)
        {
            byte has = CharacterClass.Of(text[i]);
            int width = 1;
            if (has == CharacterClass.Surrogate)
                has = CharacterClass.At(text, i, out width);
            if ((has & bits) == 0)
                break;
            i += width;
        }
        return i;
    }

    /// <summary>Where a run of signs ends: neither space nor letter nor number.</summary>
    protected static int RunOfSigns(ReadOnlySpan<char> text, int i)
    {
        while (i < text.Length && IsSign(CharacterClass.At(text, i, out int width)))
            i += width;
        return i;
    }

    /// <summary><c>[^\s\p{L}\p{N}]</c></summary>
    protected static bool IsSign(byte bits) =>
        (bits & (CharacterClass.Space | CharacterClass.Letter | CharacterClass.Number)) == 0;

    /// <summary>Where at most <paramref name="most"/> digits end.</summary>
    protected static int Digits(ReadOnlySpan<char> text, int i, int most)
    {
        for (; most > 0 && i < text.Length && (CharacterClass.At(text, i, out int width) & CharacterClass.Number) != 0; most--)
            i += width;
        return i;
    }

    /// <summary>
    /// Length of the English contraction at <paramref name="i"/>, 0 when there is none: <c>'s 't 're 've 'm 'll 'd</c>.
    /// </summary>
    protected static int Contraction(ReadOnlySpan<char> text, int i, bool anyCase)
    {
        if (text[i] != '\'' || i + 1 >= text.Length)
            return 0;
        char first = Plain(text[i + 1], anyCase);
        if (first is 's' or 't' or 'm' or 'd')
            return 2;
        if (i + 2 >= text.Length)
            return 0;
        return (first, Plain(text[i + 2], anyCase)) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3 : 0;
    }

    /// <summary>
    /// Where the piece of white space that begins at <paramref name="i"/> ends:
    /// <c>\s*[\r\n]+|\s+(?!\S)|\s+</c>, or without its first alternative.
    /// </summary>
    protected static int EndOfSpace(ReadOnlySpan<char> text, int i, bool lineEndsApart)
    {
        int end = i, afterLineEnd = -1;
        for (; end < text.Length; end++)
        {
            byte bits = CharacterClass.Of(text[end]);
            if ((bits & CharacterClass.Space) == 0)
                break;
            if ((bits & CharacterClass.LineEnd) != 0)
                afterLineEnd = end + 1;
        }
        if (lineEndsApart && afterLineEnd > 0)
            return afterLineEnd;
        // the last space belongs to what follows
        return end == text.Length || end == i + 1 ? end : end - 1;
    }

    // Hugging Face's and OpenAI's case-insensitive s is also U+017F, the long s.
    private static char Plain(char c, bool anyCase) =>
        !anyCase ? c : c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c == '\u017F' ? 's' : c;
}
