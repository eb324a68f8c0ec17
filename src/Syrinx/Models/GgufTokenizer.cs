// The tokenizer in a GGUF file's metadata:
//
//   tokenizer.ggml.model         "gpt2": byte-level BPE; "llama": SentencePiece BPE
//   tokenizer.ggml.pre           the pre-tokenizer of byte-level BPE by its name, such as qwen2
//   tokenizer.ggml.tokens        strings, spelt as in tokenizer.json or tokenizer.model
//   tokenizer.ggml.token_type    int32 each, PieceKind
//   tokenizer.ggml.merges        strings "LEFT RIGHT" (gpt2)
//   tokenizer.ggml.scores        float32 each (llama)
//   tokenizer.ggml.add_space_prefix, .remove_extra_whitespaces   bool (llama)
using System.Text;
using Syrinx.Tokens;

namespace Syrinx.Models;

/// <summary>Reads the tokenizer inside a GGUF file; the first lines of this file tell its metadata.</summary>
public static class GgufTokenizer
{
    internal const string Prefix = "tokenizer.ggml.";

    /// <summary>Reads the tokenizer.</summary>
    /// <exception cref="InputException">It is missing, malformed, or of another kind; the message names file and key.</exception>
    public static BpeTokenizer Read(Gguf file)
    {
        string model = file.Required<string>(Prefix + "model");
        string[] tokens = file.Required<string[]>(Prefix + "tokens");
        int[] types = file.Find<int[]>(Prefix + "token_type")
            ?? [.. Enumerable.Repeat((int)PieceKind.Normal, tokens.Length)];
        if (types.Length != tokens.Length)
            throw new InputException($"{file.Path}: {Prefix}token_type has {types.Length} entries for {tokens.Length} tokens.");
        return model switch
        {
            "gpt2" => new(ByteLevel(file, tokens, types)),
            "llama" => new(SentencePiece(file, tokens, types)),
            _ => throw new InputException(
                $"{file.Path}: {Prefix}model is '{model}', but only 'gpt2' (byte-level BPE) and 'llama' (SentencePiece) are " +
                $"read."),
        };
    }

    private static BpeVocabulary SentencePiece(Gguf file, string[] tokens, int[] types)
    {
        float[] scores = file.Required<float[]>(Prefix + "scores");
        if (scores.Length != tokens.Length)
            throw new InputException($"{file.Path}: {Prefix}scores has {scores.Length} entries for {tokens.Length} tokens.");
        var pieces = tokens.Select((text, id) => new ScoredPiece(text, scores[id], (PieceKind)types[id])).ToList();
        return SentencePieceVocabulary.Create(
            pieces, file.Find<bool?>(Prefix + "add_space_prefix") ?? true,
            file.Find<bool?>(Prefix + "remove_extra_whitespaces") ?? false, file.Path);
    }

    private static BpeVocabulary ByteLevel(Gguf file, string[] texts, int[] types)
    {
        var (pattern, nfc, ignoreMerges) = PreTokenizerNamed(file);
        var special = new List<SpecialToken>();
        var added = new List<SpecialToken>();
        var known = new Dictionary<string, int>();
        var tokens = new byte[texts.Length][];
        for (int id = 0; id < texts.Length; id++)
        {
            var kind = (PieceKind)types[id];
            tokens[id] = Encoding.UTF8.GetBytes(texts[id]);
            if (kind == PieceKind.UserDefined && texts[id].Length > 0)
                added.Add(new(texts[id], id));
            else if (kind != PieceKind.Normal)
                special.Add(new(texts[id], id));
            else if (Tokens.ByteLevel.ToBytes(texts[id]) is { } bytes && known.TryAdd(texts[id], id))
                tokens[id] = bytes;
            else
                throw new InputException(
                    $"{file.Path}: {Prefix}tokens, entry {id}: '{texts[id]}' is not spelt in the byte-level alphabet, or listed " +
                    $"twice.");
        }
        for (int b = 0; b < 256; b++)
        {
            if (!known.ContainsKey(Tokens.ByteLevel.ToText([(byte)b])))
                throw new InputException(
                    $"{file.Path}: {Prefix}tokens lacks the token of the single byte 0x{b:X2}, so not every text could be " +
                    $"encoded.");
        }
        var merges = new List<(int, int, int)>();
        foreach (string merge in file.Required<string[]>(Prefix + "merges"))
        {
            string[] pair = merge.Split(' ');
            if (pair.Length != 2 || !known.TryGetValue(pair[0], out int left) || !known.TryGetValue(pair[1], out int right)
                || !known.TryGetValue(pair[0] + pair[1], out int merged))
            {
                throw new InputException(
                    $"{file.Path}: {Prefix}merges, entry {merges.Count}: '{merge}' must be two tokens whose concatenation is one, " +
                    $"too.");
            }
            merges.Add((left, right, merged));
        }
        return new(tokens, merges, special, [pattern], nfc, ignoreMerges, added);
    }

    // the names that llama.cpp's converter gives; form C is what the models' own tokenizer.json asks for
    private static (string Pattern, bool Nfc, bool IgnoreMerges) PreTokenizerNamed(Gguf file)
    {
        string name = file.Required<string>(Prefix + "pre");
        return name switch
        {
            "qwen2" or "deepseek-r1-qwen" => (PreTokenizer.Qwen2Pattern, true, false),
            "llama-bpe" or "llama3" or "llama-v3" => (PreTokenizer.Llama3Pattern, false, true),
            "gpt-2" => (PreTokenizer.Gpt2Pattern, false, false),
            "gpt-4o" => (PreTokenizer.O200kPattern, false, false),
            _ => throw new InputException(
                $"{file.Path}: {Prefix}pre is '{name}', but only qwen2, llama-bpe, gpt-2 and gpt-4o are read."),
        };
    }
}
