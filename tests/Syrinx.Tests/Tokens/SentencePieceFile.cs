using System.Buffers.Binary;
using System.Text;
using Syrinx.Tokens;

namespace Syrinx.Tests.Tokens;

/// <summary>Makes small SentencePiece vocabularies and writes them as <c>tokenizer.model</c>.</summary>
internal static class SentencePieceFile
{
    /// <summary>
    /// Llama 2's layout: unknown, begin, end, 256 bytes, then merged pieces with falling scores, then characters.
    /// </summary>
    public static List<ScoredPiece> Pieces()
    {
        var trained = BpeTrainer.Train(Enumerable.Range(0, 200).Select(TestText.Paragraph).Concat(Languages.Sentences), 900, threads: 1);
        var pieces = new List<ScoredPiece> { new("<unk>", 0, PieceKind.Unknown), new("<s>", 0, PieceKind.Control), new("</s>", 0, PieceKind.Control) };
        pieces.AddRange(Enumerable.Range(0, 256).Select(b => new ScoredPiece($"<0x{b:X2}>", 0, PieceKind.Byte)));
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        var texts = new List<string> { "  ", "    ", "aa", "aaa", "===" };
        for (int id = 256; id < trained.VocabSize - BpeTrainer.SpecialTokens.Count; id++)
        {
            try
            {
                texts.Add(strict.GetString(trained.TokenBytes(id)));
            }
            catch (DecoderFallbackException)
            {
                // half a character
            }
        }
        // no piece has a space after something else, as in Llama 2's vocabulary
        var merged = texts.Where(t => t.EnumerateRunes().Count() > 1 && !t.TrimStart(' ').Contains(' ')).Distinct().ToList();
        var characters = merged.SelectMany(t => t.EnumerateRunes()).Select(r => r.ToString()).Distinct();
        float score = 0;
        foreach (string text in merged.Concat(characters))
            pieces.Add(new(text.Replace(' ', '▁'), score--, PieceKind.Normal));
        return pieces;
    }

    public static byte[] Write(IEnumerable<ScoredPiece> pieces, int kind = 2, bool spaceBefore = true, bool collapseSpaces = false, byte[]? table = null)
    {
        var file = new List<byte>();
        foreach (var piece in pieces)
        {
            List<byte> message = [];
            Bytes(message, 1, Encoding.UTF8.GetBytes(piece.Text));
            message.Add(2 << 3 | 5);
            var score = new byte[4];
            BinaryPrimitives.WriteSingleLittleEndian(score, piece.Score);
            message.AddRange(score);
            Number(message, 3, (ulong)piece.Kind);
            Bytes(file, 1, message);
        }
        List<byte> trainer = [];
        Number(trainer, 3, (ulong)kind);
        Number(trainer, 35, 1);
        Bytes(file, 2, trainer);
        List<byte> normalizer = [];
        Bytes(normalizer, 1, Encoding.UTF8.GetBytes("identity"));
        if (table is not null)
            Bytes(normalizer, 2, table);
        Number(normalizer, 3, spaceBefore ? 1u : 0);
        Number(normalizer, 4, collapseSpaces ? 1u : 0);
        Number(normalizer, 5, 1);
        Bytes(file, 3, normalizer);
        return [.. file];
    }

    private static void Bytes(List<byte> to, int field, IReadOnlyCollection<byte> bytes)
    {
        Varint(to, (ulong)field << 3 | 2);
        Varint(to, (ulong)bytes.Count);
        to.AddRange(bytes);
    }

    private static void Number(List<byte> to, int field, ulong value)
    {
        Varint(to, (ulong)field << 3);
        Varint(to, value);
    }

    private static void Varint(List<byte> to, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            to.Add((byte)(value | 0x80));
        to.Add((byte)value);
    }
}
