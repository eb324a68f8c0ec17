using System.Text;

namespace Syrinx.Tokens;

/// <summary>
/// Turns tokens into text one by one. A character's bytes may lie in several tokens: what is not yet a whole character is
/// held back until the rest comes. For one thread.
/// </summary>
public sealed class StreamingDecoder
{
    private readonly BpeTokenizer _tokenizer;
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();
    private char[] _chars = new char[64];

    internal StreamingDecoder(BpeTokenizer tokenizer) => _tokenizer = tokenizer;

    /// <summary>The text that this token completes; empty for a special token, or while a character is incomplete.</summary>
    public string Append(int token) => _tokenizer.IsSpecial(token) ? "" : Convert(_tokenizer.TokenBytes(token), false);

    /// <summary>What was held back: U+FFFD for a character that never became whole. Ready for a new text afterwards.</summary>
    public string Flush() => Convert([], true);

    private string Convert(ReadOnlySpan<byte> bytes, bool flush)
    {
        int most = Encoding.UTF8.GetMaxCharCount(bytes.Length);
        if (_chars.Length < most)
            _chars = new char[most];
        return new string(_chars, 0, _utf8.GetChars(bytes, _chars, flush));
    }
}
