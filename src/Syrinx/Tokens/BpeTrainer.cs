using System.Text;

namespace Syrinx.Tokens;

/// <summary>
/// Learns a byte-level BPE (Sennrich et al. 2016, <see href="https://arxiv.org/abs/1508.07909"/>; on bytes: GPT-2) from
/// texts: starting with the 256 bytes, the most frequent pair of neighbours becomes a token, again and again. Equal counts:
/// the pair of the smaller ids first. The same texts give the same tokenizer, whatever their order and the number of threads.
/// Memory is bounded: see <see cref="PieceTable"/>.
/// </summary>
public static class BpeTrainer
{
    /// <summary>The special tokens that documents and chats need.</summary>
    internal static readonly IReadOnlyList<string> ChatTokens =
        [BpeTokenizer.EndOfText, BpeTokenizer.MessageStart, BpeTokenizer.MessageEnd];

    /// <summary>
    /// The special tokens, which come after all others. A platform's own are there from the beginning, since a vocabulary that
    /// grows later has embeddings that were never trained with the others.
    /// </summary>
    internal static readonly IReadOnlyList<string> SpecialTokens =
        [.. ChatTokens, BpeTokenizer.PostStart, BpeTokenizer.PostEnd, BpeTokenizer.Reply];

    /// <summary>The smallest vocabulary: every byte and the special tokens.</summary>
    public const int SmallestVocabulary = 256 + 6;

    /// <summary>The vocabulary when nothing else is said: enough for small models, whose embedding it fills.</summary>
    public const int DefaultVocabulary = 8_192;

    /// <summary>Trains a tokenizer.</summary>
    /// <param name="texts">The texts, streamed once.</param>
    /// <param name="vocabSize">
    /// Tokens wanted, special ones included, at least <see cref="SmallestVocabulary"/>. Fewer come of texts in which no
    /// further pair occurs twice.
    /// </param>
    /// <param name="threads">Threads that cut and count, beside the one that reads.</param>
    /// <param name="progress">Told of characters read, then of merges.</param>
    /// <param name="cancel">Stops the training.</param>
    /// <exception cref="InputException">The vocabulary is too small, or there is no text.</exception>
    public static BpeTokenizer Train(
        IEnumerable<string> texts, int vocabSize, int threads, IProgress<StageProgress>? progress = null,
            CancellationToken cancel = default)
    {
        if (vocabSize < SmallestVocabulary)
            throw new InputException(
                $"A vocabulary of {vocabSize} is too small: 256 bytes and {SpecialTokens.Count} special tokens take " +
                $"{SmallestVocabulary}.");
        var learner = Prepare(texts, vocabSize - SpecialTokens.Count, threads, progress, cancel);
        var (tokens, merges) = learner.Learn(progress, cancel);
        return new BpeTokenizer(Vocabulary(tokens, merges, SpecialTokens));
    }

    /// <summary>A vocabulary of ours: Qwen2's pattern, form C, the special tokens last.</summary>
    internal static BpeVocabulary Vocabulary(
        IReadOnlyList<byte[]> tokens, IReadOnlyList<(int Left, int Right, int Merged)> merges, IReadOnlyList<string> names)
    {
        var special = names.Select((name, i) => new SpecialToken(name, tokens.Count + i)).ToList();
        return new([.. tokens, .. names.Select(Encoding.UTF8.GetBytes)], merges, special, [PreTokenizer.Qwen2Pattern],
            Nfc: true, IgnoreMerges: false, Added: []);
    }

    // a method of its own, so that the tables of pieces can go before the merging begins
    private static MergeLearner Prepare(
        IEnumerable<string> texts, int tokens, int threads, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var counter = new PieceCounter(PreTokenizer.ForQwen2, threads, PieceCounter.DefaultRoom, cancel);
        counter.Add(texts, chars => progress?.Report(new("tokenizer", chars, null, "characters", "counting words")));
        if (counter.Characters == 0)
            throw new InputException("There is no text to train a tokenizer on.");
        return new MergeLearner(counter.Tables, tokens);
    }
}
