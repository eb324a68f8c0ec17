using System.Buffers;
using System.Text;

namespace Syrinx.Tokens;

/// <summary>
/// What SentencePiece begins to merge: the tokens of characters, and for a character that has none its bytes or the unknown
/// token. Immutable and safe to share between threads.
/// </summary>
internal sealed class SentencePieceAlphabet
{
    private readonly Dictionary<Rune, int> _characters = [];
    private readonly SentencePieceRules _rules;

    public SentencePieceAlphabet(BpeVocabulary vocabulary, SentencePieceRules rules)
    {
        _rules = rules;
        var others = vocabulary.Special.Concat(vocabulary.Added).Select(s => s.Id).Concat(rules.Bytes).ToHashSet();
        for (int id = 0; id < vocabulary.Tokens.Count; id++)
        {
            byte[] token = vocabulary.Tokens[id];
            bool isCharacter = Rune.DecodeFromUtf8(token, out var rune, out int length) == OperationStatus.Done
                && length == token.Length;
            if (isCharacter && !others.Contains(id))
                _characters.TryAdd(rune, id);
        }
    }

    /// <summary>Writes the first tokens of a piece, at most three a UTF-16 unit, and returns how many there are.</summary>
    public int Write(ReadOnlySpan<char> piece, Span<int> tokens)
    {
        int n = 0;
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in piece.EnumerateRunes())
        {
            if (_characters.TryGetValue(rune, out int id))
                tokens[n++] = id;
            else if (_rules.Bytes.Length > 0)
            {
                foreach (byte b in bytes[..rune.EncodeToUtf8(bytes)])
                    tokens[n++] = _rules.Bytes[b];
            }
            else if (n == 0 || tokens[n - 1] != _rules.Unknown)
                tokens[n++] = _rules.Unknown;
        }
        return n;
    }
}
