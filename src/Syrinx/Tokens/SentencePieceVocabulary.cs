using System.Globalization;
using System.Text;

namespace Syrinx.Tokens;

/// <summary>What a piece of a SentencePiece vocabulary is; GGUF has the same numbers.</summary>
internal enum PieceKind
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}

/// <summary>A piece of a SentencePiece vocabulary; its place in the list is its id.</summary>
/// <param name="Text">Its text, a space spelt ▁; of a byte, <c>&lt;0xE4&gt;</c>.</param>
/// <param name="Score">Of two possible merges the one into the piece with the higher score comes first.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct ScoredPiece(string Text, float Score, PieceKind Kind);

/// <summary>What SentencePiece does otherwise than byte-level BPE.</summary>
/// <param name="Bytes">The token of each byte that a character without a token is spelt with; empty when there are none.</param>
/// <param name="Unknown">The token of a run of characters that have none, where there are no bytes; −1 for none.</param>
/// <param name="SpaceBefore">Whether a text is begun with a space (<c>add_dummy_prefix</c>).</param>
/// <param name="CollapseSpaces">Whether runs of spaces become one and those at the ends go.</param>
/// <param name="RankByResult">
/// Whether merges into the same token have one rank: so SentencePiece has it, but not tokenizer.json.
/// </param>
internal sealed record SentencePieceRules(int[] Bytes, int Unknown, bool SpaceBefore, bool CollapseSpaces, bool RankByResult)
{
    /// <summary>How SentencePiece spells a space.</summary>
    public const char Space = '\u2581';

    /// <summary>What is encoded instead of a text. Spaces stay spaces; the tokens' bytes have them, too.</summary>
    public string Apply(string text)
    {
        if (CollapseSpaces)
            text = string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        text = text.Replace(Space, ' ');
        return SpaceBefore && text.Length > 0 ? " " + text : text;
    }

    /// <summary>The byte that a token such as <c>&lt;0xE4&gt;</c> stands for, or null.</summary>
    public static byte? ByteOf(string token) =>
        token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>' && byte.TryParse(
            token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte b) ? b : null;
}

/// <summary>
/// Makes a vocabulary of SentencePiece BPE (Kudo and Richardson 2018, <see href="https://arxiv.org/abs/1808.06226"/>), which
/// merges characters, of the scored pieces that <c>tokenizer.model</c> and GGUF list.
/// </summary>
internal static class SentencePieceVocabulary
{
    /// <param name="pieces">The pieces, in the order of their ids.</param>
    /// <param name="spaceBefore">Whether a text is begun with a space.</param>
    /// <param name="collapseSpaces">Whether runs of spaces become one.</param>
    /// <param name="where">The file, for errors.</param>
    /// <exception cref="InputException">Some texts could not be encoded.</exception>
    public static BpeVocabulary Create(IReadOnlyList<ScoredPiece> pieces, bool spaceBefore, bool collapseSpaces, string where)
    {
        var bytes = new int[256];
        Array.Fill(bytes, -1);
        int unknown = -1;
        var normal = new Dictionary<string, int>();
        var special = new List<SpecialToken>();
        var added = new List<SpecialToken>();
        for (int id = 0; id < pieces.Count; id++)
        {
            string text = pieces[id].Text;
            switch (pieces[id].Kind)
            {
                case PieceKind.Normal:
                    normal.TryAdd(text, id);
                    break;
                case PieceKind.UserDefined when text.Length > 0:
                    added.Add(new(text.Replace(SentencePieceRules.Space, ' '), id));
                    break;
                case PieceKind.Byte:
                    bytes[SentencePieceRules.ByteOf(text) ?? throw new InputException(
                        $"{where}: token {id} is a byte, but it is called '{text}' instead of <0x00> to <0xFF>.")] = id;
                    break;
                default:
                    unknown = pieces[id].Kind == PieceKind.Unknown && unknown < 0 ? id : unknown;
                    special.Add(new(text, id));
                    break;
            }
        }
        bool allBytes = Array.IndexOf(bytes, -1) < 0;
        if (!allBytes && unknown < 0)
            throw new InputException(
                $"{where}: it has neither a token for each byte nor one for what is unknown, so not every text could be " +
                $"encoded.");
        var rules = new SentencePieceRules(allBytes ? bytes : [], unknown, spaceBefore, collapseSpaces, RankByResult: true);
        return new(
            [.. pieces.Select(Bytes)], Merges(pieces, normal), special, Patterns: [], Nfc: false, IgnoreMerges: false, added,
            rules);
    }

    private static byte[] Bytes(ScoredPiece piece) => piece.Kind switch
    {
        PieceKind.Byte => [SentencePieceRules.ByteOf(piece.Text)!.Value],
        PieceKind.Normal or PieceKind.UserDefined => Encoding.UTF8.GetBytes(piece.Text.Replace(SentencePieceRules.Space, ' ')),
        _ => Encoding.UTF8.GetBytes(piece.Text),
    };

    // every two pieces that make a third one together: the highest score first, as converters to tokenizer.json list them
    private static List<(int, int, int)> Merges(IReadOnlyList<ScoredPiece> pieces, Dictionary<string, int> normal)
    {
        var merges = new List<(int, int, int)>();
        var lookup = normal.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (text, id) in normal.OrderByDescending(p => pieces[p.Value].Score).ThenBy(p => p.Value))
        {
            int first = merges.Count;
            for (int i = 1; i < text.Length; i++)
            {
                if (!char.IsLowSurrogate(text[i]) && lookup.TryGetValue(text.AsSpan(0, i), out int left)
                    && lookup.TryGetValue(text.AsSpan(i), out int right))
                    merges.Add((left, right, id));
            }
            merges.Sort(first, merges.Count - first, null);
        }
        return merges;
    }
}
