namespace Syrinx.Tokens;

/// <summary>A token that is no result of merging.</summary>
/// <param name="Text">Its name, such as <c>&lt;|endoftext|&gt;</c>.</param>
/// <param name="Id">Its id.</param>
internal sealed record SpecialToken(string Text, int Id);

/// <summary>
/// All that a BPE tokenizer is: what <c>tokenizer.json</c> holds and <see cref="BpeTrainer"/> makes.
/// </summary>
/// <param name="Tokens">The bytes of each token by id; of a special token, its name in UTF-8.</param>
/// <param name="Merges">Left, right and merged token, first merge first.</param>
/// <param name="Special">Tokens that no text becomes.</param>
/// <param name="Patterns">The pre-tokenizer's regular expressions, each applied to the pieces of the one before.</param>
/// <param name="Nfc">Whether text is brought to Unicode's form C first.</param>
/// <param name="IgnoreMerges">Whether a piece that is a token is taken whole.</param>
/// <param name="Added">Tokens that their own text becomes, before it is cut into pieces.</param>
/// <param name="SentencePiece">How the tokenizer differs where it merges characters as SentencePiece does, else null.</param>
internal sealed record BpeVocabulary(
    IReadOnlyList<byte[]> Tokens,
    IReadOnlyList<(int Left, int Right, int Merged)> Merges,
    IReadOnlyList<SpecialToken> Special,
    IReadOnlyList<string> Patterns,
    bool Nfc,
    bool IgnoreMerges,
    IReadOnlyList<SpecialToken> Added,
    SentencePieceRules? SentencePiece = null);

/// <summary>Compares byte arrays by content, also against spans.</summary>
internal sealed class ByteSequence : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public static ByteSequence Comparer { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] bytes) => GetHashCode(bytes.AsSpan());

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

    public int GetHashCode(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
