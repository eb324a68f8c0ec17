// SentencePiece's tokenizer.model, a protobuf message (https://github.com/google/sentencepiece, sentencepiece_model.proto):
//
//   1  pieces, repeated    1 piece: string · 2 score: float · 3 type: PieceKind, Normal when absent
//   2  trainer_spec        3 model_type: 1 unigram, 2 BPE, 3 word, 4 character; unigram when absent
//   3  normalizer_spec     2 precompiled_charsmap: bytes · 3 add_dummy_prefix · 4 remove_extra_whitespaces; both true when
//                          absent
using System.Buffers.Binary;
using System.Text;

namespace Syrinx.Tokens;

/// <summary>Reads SentencePiece's <c>tokenizer.model</c>; the first lines of this file tell its layout.</summary>
internal static class SentencePieceModel
{
    /// <exception cref="InputException">The file is missing, damaged, or of another kind than BPE.</exception>
    public static BpeVocabulary Read(string path)
    {
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read {path}: {e.Message}", e);
        }
        try
        {
            return Read(path, file);
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new InputException($"{path} is not a SentencePiece model, or it is truncated.", e);
        }
    }

    private static BpeVocabulary Read(string path, ReadOnlySpan<byte> file)
    {
        var pieces = new List<ScoredPiece>();
        ulong kind = 1;
        bool spaceBefore = true, collapseSpaces = true, hasTable = false;
        while (Next(ref file, out int field, out ulong number, out var bytes))
        {
            switch (field)
            {
                case 1:
                    pieces.Add(ReadPiece(bytes));
                    break;
                case 2:
                    while (Next(ref bytes, out int f, out number, out _))
                        kind = f == 3 ? number : kind;
                    break;
                case 3:
                    while (Next(ref bytes, out int f, out number, out var table))
                    {
                        hasTable |= f == 2 && table.Length > 0;
                        spaceBefore = f == 3 ? number != 0 : spaceBefore;
                        collapseSpaces = f == 4 ? number != 0 : collapseSpaces;
                    }
                    break;
            }
        }
        if (pieces.Count == 0)
            throw new InputException($"{path} is not a SentencePiece model: it lists no pieces.");
        if (kind != 2)
            throw new InputException($"{path}: its model_type is {kind}, but only 2, BPE, is read.");
        if (hasTable)
            throw new InputException(
                $"{path}: it normalizes text by a table of its own (precompiled_charsmap), which is not read.");
        return SentencePieceVocabulary.Create(pieces, spaceBefore, collapseSpaces, path);
    }

    private static ScoredPiece ReadPiece(ReadOnlySpan<byte> message)
    {
        var piece = new ScoredPiece("", 0, PieceKind.Normal);
        while (Next(ref message, out int field, out ulong number, out var bytes))
        {
            piece = field switch
            {
                1 => piece with { Text = Encoding.UTF8.GetString(bytes) },
                2 => piece with { Score = BitConverter.UInt32BitsToSingle((uint)number) },
                3 => piece with { Kind = (PieceKind)number },
                _ => piece,
            };
        }
        return piece;
    }

    /// <summary>Takes the next field off a message: its number, and what it holds as a number or as bytes.</summary>
    private static bool Next(ref ReadOnlySpan<byte> message, out int field, out ulong number, out ReadOnlySpan<byte> bytes)
    {
        field = 0;
        number = 0;
        bytes = default;
        if (message.IsEmpty)
            return false;
        ulong key = Varint(ref message);
        field = checked((int)(key >> 3));
        switch (key & 7)
        {
            case 0:
                number = Varint(ref message);
                break;
            case 1:
                number = BinaryPrimitives.ReadUInt64LittleEndian(message);
                message = message[8..];
                break;
            case 2:
                int length = checked((int)Varint(ref message));
                bytes = message[..length];
                message = message[length..];
                break;
            case 5:
                number = BinaryPrimitives.ReadUInt32LittleEndian(message);
                message = message[4..];
                break;
            default:
                throw new ArgumentException("no wire type of protobuf");
        }
        return true;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = message[0];
            message = message[1..];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return value;
            if (shift >= 63)
                throw new ArgumentException("a number of more than 64 bits");
        }
    }
}
