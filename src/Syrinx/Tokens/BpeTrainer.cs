using System.Runtime.InteropServices;
using System.Text;

namespace Syrinx.Tokens;

/// <summary>
/// Learns a byte-level BPE (Sennrich et al. 2016, <see href="https://arxiv.org/abs/1508.07909"/>; on bytes: GPT-2) from
/// texts: starting with the 256 bytes, the most frequent pair of neighbours becomes a token, again and again. Counts of
/// pairs are kept up to date instead of counted anew, and a heap finds the largest. Equal counts: the pair of the smaller
/// ids first. The same texts give the same tokenizer, whatever their order and the number of threads.
/// </summary>
public sealed class BpeTrainer
{
    /// <summary>The special tokens, which come after all others.</summary>
    internal static readonly IReadOnlyList<string> SpecialTokens =
        [BpeTokenizer.EndOfText, BpeTokenizer.MessageStart, BpeTokenizer.MessageEnd];

    /// <summary>The smallest vocabulary: every byte and the special tokens.</summary>
    public const int SmallestVocabulary = 256 + 3;

    /// <summary>The vocabulary when nothing else is said: enough for small models, whose embedding it fills.</summary>
    public const int DefaultVocabulary = 8_192;

    /// <summary>A pair that occurs once teaches nothing.</summary>
    private const int MinimumCount = 2;

    private readonly List<byte[]> _tokens = [.. Enumerable.Range(0, 256).Select(b => new[] { (byte)b })];
    private readonly List<(int Left, int Right, int Merged)> _merges = [];
    private readonly Dictionary<byte[], int> _ids = new(ByteSequence.Comparer);

    // The distinct pieces: their symbols in one array, one piece after the other; a piece shrinks where it stands.
    private readonly int[] _symbols;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private readonly long[] _counts;

    private readonly Dictionary<ulong, long> _pairs = [];
    private readonly Dictionary<ulong, List<int>> _where = []; // pieces that had the pair once; some may have lost it
    private readonly PriorityQueue<ulong, (long NegativeCount, ulong Pair)> _heap = new();

    private BpeTrainer(Dictionary<string, long> pieces)
    {
        _starts = new int[pieces.Count];
        _lengths = new int[pieces.Count];
        _counts = new long[pieces.Count];
        _symbols = new int[pieces.Keys.Sum(p => (long)Encoding.UTF8.GetByteCount(p))];
        Span<byte> bytes = stackalloc byte[4096];
        int at = 0, piece = 0;
        foreach (var (text, count) in pieces)
        {
            int n = Encoding.UTF8.GetBytes(text, bytes);
            (_starts[piece], _lengths[piece], _counts[piece]) = (at, n, count);
            for (int i = 0; i < n; i++)
                _symbols[at++] = bytes[i];
            piece++;
        }
    }

    /// <summary>Trains a tokenizer.</summary>
    /// <param name="texts">The texts, streamed once.</param>
    /// <param name="vocabSize">
    /// Tokens wanted, special ones included, at least <see cref="SmallestVocabulary"/>. Fewer come of texts in which no
    /// further pair occurs twice.
    /// </param>
    /// <param name="threads">Threads that cut and count.</param>
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
        var untrained = new BpeTokenizer(Vocabulary([.. Enumerable.Range(0, 256).Select(b => new[] { (byte)b })], []));
        var counter = new PieceCounter(PreTokenizer.ForQwen2, threads);
        bool any = false;
        counter.Add(
            texts.Select(text =>
            {
                any |= text.Length > 0;
                return untrained.Normalize(text);
            }),
            chars => progress?.Report(new("tokenizer", chars, null, "characters", "counting words")), cancel);
        if (!any)
            throw new InputException("There is no text to train a tokenizer on.");
        var trainer = new BpeTrainer(counter.Counts);
        trainer.Merge(vocabSize - SpecialTokens.Count, progress, cancel);
        return new BpeTokenizer(Vocabulary(trainer._tokens, trainer._merges));
    }

    private static BpeVocabulary Vocabulary(List<byte[]> tokens, List<(int, int, int)> merges)
    {
        var special = SpecialTokens.Select((name, i) => new SpecialToken(name, tokens.Count + i)).ToList();
        return new([.. tokens, .. SpecialTokens.Select(Encoding.UTF8.GetBytes)], merges, special, [PreTokenizer.Qwen2Pattern],
            Nfc: true, IgnoreMerges: false);
    }

    private void Merge(int tokens, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        for (int piece = 0; piece < _starts.Length; piece++)
        {
            var symbols = _symbols.AsSpan(_starts[piece], _lengths[piece]);
            for (int i = 0; i + 1 < symbols.Length; i++)
                Change(symbols[i], symbols[i + 1], _counts[piece], piece);
        }
        foreach (var (pair, count) in _pairs)
            _heap.Enqueue(pair, (-count, pair));

        var changed = new HashSet<ulong>();
        while (_tokens.Count < tokens && _heap.TryDequeue(out ulong pair, out var priority))
        {
            cancel.ThrowIfCancellationRequested();
            if (!_pairs.TryGetValue(pair, out long count) || count < MinimumCount)
                continue;
            if (count != -priority.NegativeCount)
            {
                _heap.Enqueue(pair, (-count, pair)); // it has become rarer since it was queued
                continue;
            }
            int left = (int)(pair >> 32), right = (int)(uint)pair;
            byte[] bytes = [.. _tokens[left], .. _tokens[right]];
            // aa + a and a + aa are two ways to one token
            if (_ids.TryAdd(bytes, _tokens.Count))
                _tokens.Add(bytes);
            int merged = _ids[bytes];
            _merges.Add((left, right, merged));
            changed.Clear();
            foreach (int piece in _where[pair])
                MergeIn(piece, left, right, merged, changed);
            _pairs.Remove(pair);
            _where.Remove(pair);
            // only pairs with the new token can have become more frequent
            foreach (ulong other in changed)
            {
                if (_pairs.TryGetValue(other, out long n) && n >= MinimumCount)
                    _heap.Enqueue(other, (-n, other));
            }
            if (_tokens.Count % 256 == 0)
                progress?.Report(new("tokenizer", _tokens.Count, tokens, "tokens"));
        }
    }

    private void MergeIn(int piece, int left, int right, int merged, HashSet<ulong> changed)
    {
        var symbols = _symbols.AsSpan(_starts[piece], _lengths[piece]);
        long count = _counts[piece];
        int to = 0;
        for (int from = 0; from < symbols.Length; from++, to++)
        {
            symbols[to] = symbols[from];
            if (symbols[from] != left || from + 1 >= symbols.Length || symbols[from + 1] != right)
                continue;
            // what stands before is already merged, what comes after is not yet
            if (to > 0)
            {
                Change(symbols[to - 1], left, -count, piece);
                changed.Add(Change(symbols[to - 1], merged, count, piece));
            }
            if (from + 2 < symbols.Length)
            {
                Change(right, symbols[from + 2], -count, piece);
                changed.Add(Change(merged, symbols[from + 2], count, piece));
            }
            symbols[to] = merged;
            from++;
        }
        _lengths[piece] = to;
    }

    private ulong Change(int left, int right, long by, int piece)
    {
        ulong pair = (ulong)(uint)left << 32 | (uint)right;
        ref long count = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, pair, out _);
        count += by;
        if (by > 0)
        {
            ref var where = ref CollectionsMarshal.GetValueRefOrAddDefault(_where, pair, out _);
            where ??= [];
            if (where.Count == 0 || where[^1] != piece)
                where.Add(piece);
        }
        return pair;
    }
}
