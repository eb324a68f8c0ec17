using Syrinx.Tokens;

namespace Syrinx.Models;

/// <summary>A tokenizer as GGUF metadata, whose keys <c>GgufTokenizer.cs</c> tells, such that llama.cpp gives the same tokens.</summary>
internal static class GgufTokenizerWriter
{
    // a pre-tokenizer that llama.cpp does not know by name would silently give other tokens
    private static readonly (string Name, string Pattern, bool IgnoreMerges)[] Known =
    [
        ("qwen2", PreTokenizer.Qwen2Pattern, false), ("llama-bpe", PreTokenizer.Llama3Pattern, true), ("gpt-2", PreTokenizer.Gpt2Pattern, false),
        ("gpt-4o", PreTokenizer.O200kPattern, false),
    ];

    /// <summary>The vocabulary.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="vocabulary">Rows of the model's embedding: what is beyond the tokenizer's tokens becomes unused ones.</param>
    /// <exception cref="InputException">llama.cpp has no name for the tokenizer's pattern.</exception>
    public static IEnumerable<(string Key, object Value)> Write(BpeTokenizer tokenizer, int vocabulary)
    {
        var v = tokenizer.Vocabulary;
        var (texts, kinds) = Tokens(v, vocabulary);
        const string Prefix = GgufTokenizer.Prefix;
        yield return (Prefix + "model", v.SentencePiece is null ? "gpt2" : "llama");
        yield return (Prefix + "pre", v.SentencePiece is null ? PreTokenizerName(v) : "default");
        yield return (Prefix + "tokens", texts);
        yield return (Prefix + "token_type", kinds);
        if (v.SentencePiece is { } rules)
        {
            yield return (Prefix + "scores", Scores(v, vocabulary));
            yield return (Prefix + "add_space_prefix", rules.SpaceBefore);
            yield return (Prefix + "remove_extra_whitespaces", rules.CollapseSpaces);
        }
        else
        {
            yield return (Prefix + "merges", v.Merges.Select(m => $"{texts[m.Left]} {texts[m.Right]}").ToArray());
        }
    }

    private static string PreTokenizerName(BpeVocabulary v)
    {
        foreach (var (name, pattern, ignoreMerges) in Known)
        {
            if (v.Patterns is [var one] && one == pattern && v.IgnoreMerges == ignoreMerges)
                return name;
        }
        throw new InputException(
            $"The tokenizer's pattern ({string.Join(" · ", v.Patterns)}{(v.IgnoreMerges ? ", ignore_merges" : "")}) has no name in llama.cpp, which would cut texts " +
            $"otherwise; those of {string.Join(", ", Known.Select(k => k.Name))} have. export --format hf keeps it.");
    }

    private static (string[] Texts, int[] Kinds) Tokens(BpeVocabulary v, int vocabulary)
    {
        var texts = new string[vocabulary];
        var kinds = new int[vocabulary];
        var bytes = v.SentencePiece?.Bytes ?? [];
        for (int id = 0; id < vocabulary; id++)
        {
            bool hole = id >= v.Tokens.Count || v.Tokens[id].Length == 0;
            int asByte = Array.IndexOf(bytes, id);
            texts[id] = hole ? $"[PAD{id}]"
                : v.SentencePiece is null ? ByteLevel.ToText(v.Tokens[id])
                : TokenizerJsonSpaces.ToText(v.Tokens[id], asByte);
            kinds[id] = (int)(hole ? PieceKind.Unused : asByte >= 0 ? PieceKind.Byte : PieceKind.Normal);
        }
        foreach (var (text, id) in v.Special)
            (texts[id], kinds[id]) = (text, (int)(id == v.SentencePiece?.Unknown || (v.SentencePiece is not null && text == "<unk>") ? PieceKind.Unknown : PieceKind.Control));
        foreach (var (text, id) in v.Added)
            (texts[id], kinds[id]) = (text, (int)PieceKind.UserDefined);
        return (texts, kinds);
    }

    // llama.cpp merges the pair whose result has the highest score; here the result's earliest merge comes first
    private static float[] Scores(BpeVocabulary v, int vocabulary)
    {
        var scores = new float[vocabulary];
        Array.Fill(scores, -(float)v.Merges.Count - 1);
        int rank = 0;
        var seen = new HashSet<int>();
        foreach (var (_, _, merged) in v.Merges)
        {
            if (seen.Add(merged))
                scores[merged] = -(float)rank++;
        }
        foreach (int id in v.Special.Concat(v.Added).Select(s => s.Id).Concat(v.SentencePiece!.Bytes))
            scores[id] = 0;
        return scores;
    }
}
