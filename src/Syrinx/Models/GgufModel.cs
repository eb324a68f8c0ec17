using System.Text.Json;
using Syrinx.Tokens;

namespace Syrinx.Models;

/// <summary>What a GGUF file tells beside shape, weights and vocabulary: which tokens begin and end texts, and our record.</summary>
internal static class GgufModel
{
    /// <summary>Our <c>syrinx.json</c> as a string; llama.cpp ignores it.</summary>
    public const string RecordKey = "syrinx.record";

    // ids that end a text, a message, a file or a repository: all of them end generation in llama.cpp
    private static readonly string[] EndKeys = ["eos", "eot", "eom"];

    // llama.cpp takes these as ends by their names (llama-vocab.cpp, special_eog_ids), whatever the metadata say
    private static readonly string[] EndNames = ["<|eot_id|>", "<|im_end|>", "<|end|>", "<end_of_turn>", "<|endoftext|>", "<|eom_id|>", "<EOT>", "</s>"];

    /// <summary>The token that begins every text, or null.</summary>
    public static int? BeginToken(Gguf file, BpeTokenizer tokenizer)
    {
        // where the file does not say, llama.cpp decides by the kind of tokenizer, and Llama 3's by its pre-tokenizer
        bool sentencePiece = tokenizer.Vocabulary.SentencePiece is not null;
        bool begins = file.Find<bool?>("tokenizer.ggml.add_bos_token")
            ?? (sentencePiece || file.Find<string>("tokenizer.ggml.pre") is "llama-bpe" or "llama3" or "llama-v3");
        return begins ? Token(file, "bos", tokenizer) ?? (sentencePiece ? 1 : null) : null;
    }

    /// <summary>The tokens that end a text.</summary>
    public static HashSet<int> EndTokens(Gguf file, BpeTokenizer tokenizer) =>
        [.. EndKeys.Select(k => Token(file, k, tokenizer)).Concat(EndNames.Select(n => tokenizer.TokenId(n) is { } id && tokenizer.IsSpecial(id) ? (int?)id : null)).OfType<int>()];

    /// <summary>How the model came to be; null where the file does not tell.</summary>
    /// <exception cref="InputException">The record is damaged.</exception>
    public static ModelRecord? ReadRecord(Gguf file)
    {
        if (file.Find<string>(RecordKey) is not { } text)
            return null;
        try
        {
            return JsonSerializer.Deserialize<ModelRecord>(text, ModelConfig.Json);
        }
        catch (JsonException e)
        {
            throw new InputException($"{file.Path}: metadata '{RecordKey}' is damaged: {e.Message}", e);
        }
    }

    private static int? Token(Gguf file, string kind, BpeTokenizer tokenizer)
    {
        string key = $"tokenizer.ggml.{kind}_token_id";
        return GgufConfig.Find(file, key) is not { } id ? null
            : id < tokenizer.VocabSize ? id
            : throw new InputException($"{file.Path}: metadata '{key}' is {id}, but there are only {tokenizer.VocabSize} tokens.");
    }
}
