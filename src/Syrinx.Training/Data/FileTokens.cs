using Syrinx.Tokens;

namespace Syrinx.Training.Data;

/// <summary>A text file as token shards: one document, the last tenth for validation where no other file is given.</summary>
internal static class FileTokens
{
    /// <summary>Writes <c>train.bin</c> and <c>val.bin</c>.</summary>
    /// <param name="input">Text to train on, or JSON lines with a field <c>text</c>, each a document.</param>
    /// <param name="validation">Text to validate on, or null.</param>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="directory">Where the shards go.</param>
    /// <param name="cancel">Stops the work; unfinished shards leave nothing.</param>
    public static void Write(string input, string? validation, BpeTokenizer tokenizer, string directory, CancellationToken cancel)
    {
        int end = tokenizer.DocumentEnd;
        using var train = new TokenShardWriter(Path.Combine(directory, "train.bin"), tokenizer.VocabSize, end);
        using var val = new TokenShardWriter(Path.Combine(directory, "val.bin"), tokenizer.VocabSize, end);
        var tokens = Encode(input, tokenizer, cancel);
        if (validation is null)
        {
            int cut = tokens.Count - (tokens.Count / 10);
            Append(train, tokens, 0, cut);
            Append(val, tokens, cut, tokens.Count);
        }
        else
        {
            Append(train, tokens, 0, tokens.Count);
            tokens = Encode(validation, tokenizer, cancel);
            Append(val, tokens, 0, tokens.Count);
        }
        train.Complete();
        val.Complete();
    }

    private static List<int> Encode(string path, BpeTokenizer tokenizer, CancellationToken cancel)
    {
        bool lines = Path.GetExtension(path).Equals(".jsonl", StringComparison.OrdinalIgnoreCase);
        int end = tokenizer.DocumentEnd;
        var tokens = new List<int>();
        foreach (string part in TextFile.ReadDocuments(path))
        {
            cancel.ThrowIfCancellationRequested();
            if (lines && tokens.Count > 0)
                tokens.Add(end);
            tokenizer.EncodeTo(part, tokens);
        }
        return tokens;
    }

    // the shard's writer ends each document, so the whole list is one; marks between JSON lines are in it already
    private static void Append(TokenShardWriter writer, List<int> tokens, int begin, int end)
    {
        if (end > begin)
            writer.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tokens)[begin..end]);
    }
}
