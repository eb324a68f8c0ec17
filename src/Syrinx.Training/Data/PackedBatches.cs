using Syrinx.Tokens;

namespace Syrinx.Training.Data;

/// <summary>
/// Batches for pretraining whose rows hold whole documents, packed best fit, each of which attention sees alone; a document longer than a row becomes several
/// pieces, cut at another place in each round. Every token is learnt once in a round; the token that ends the document before stands at a piece's beginning,
/// so that first tokens are learnt too. Rows come in a new order each round. All of it is a function of seed and step. Safe to use from several threads.
/// </summary>
internal sealed class PackedBatches : IBatchSource
{
    private const int ValidationRows = 4;
    private const int Block = 1 << 16;

    private readonly TokenShard _train;
    private readonly TrainRecipe _recipe;
    private readonly int _endOfText;
    private readonly long[] _ends;
    private readonly Lock _gate = new();
    private readonly List<long> _firstRows = [0];
    private (int Number, Round Rows) _round;

    /// <summary>Finds the documents.</summary>
    /// <param name="train">Tokens to learn; kept.</param>
    /// <param name="validation">Tokens to validate on; read now.</param>
    /// <param name="endOfText">The token that ends a document.</param>
    /// <param name="fingerprint">Of both.</param>
    /// <param name="recipe">Seed, length, sequences of a batch, validation windows.</param>
    /// <exception cref="InputException">There are fewer tokens than one row.</exception>
    public PackedBatches(TokenShard train, TokenShard validation, int endOfText, string fingerprint, TrainRecipe recipe)
    {
        (_train, _endOfText, Fingerprint, _recipe) = (train, endOfText, fingerprint, recipe);
        if (train.Count < recipe.SequenceLength)
        {
            throw new InputException(
                $"The text to train on has {train.Count} tokens, but one sequence takes {recipe.SequenceLength} (sequence_length). Import more posts, or set a smaller sequence_length.");
        }
        _ends = Ends(train, endOfText);
        _round = (0, new Round(_ends, recipe.SequenceLength, new CounterRandom(recipe.Seed, CounterRandom.Stream.Documents)));
        Validation = ReadValidation(validation);
    }

    public string Fingerprint { get; }

    public IReadOnlyList<Batch> Validation { get; }

    public double Epochs(long steps) => steps * (double)_recipe.BatchSize / At(0).Count;

    public int Targets(long step)
    {
        int targets = 0;
        for (int row = 0; row < _recipe.BatchSize; row++)
        {
            var (round, index) = Find((step * _recipe.BatchSize) + row);
            targets += round.Pieces(index).Sum(p => p.Length);
        }
        return targets;
    }

    public Batch Training(long step, int first = 0, int? rows = null)
    {
        int count = rows ?? _recipe.BatchSize - first;
        return ToBatch(_train, [.. Enumerable.Range(first, count).Select(row => Find((step * _recipe.BatchSize) + row)).Select(r => (r.Round, r.Row))]);
    }

    /// <summary>Where each document ends: after the token that ends it; the last one also without that.</summary>
    private static long[] Ends(TokenShard shard, int endOfText)
    {
        var ends = new List<long>();
        var block = new int[Block];
        for (long begin = 0; begin < shard.Count; begin += Block)
        {
            var tokens = block.AsSpan(0, (int)Math.Min(Block, shard.Count - begin));
            shard.Read(begin, tokens);
            for (int i = 0; i < tokens.Length; i++)
            {
                if (tokens[i] == endOfText)
                    ends.Add(begin + i + 1);
            }
        }
        if (shard.Count > 0 && (ends.Count == 0 || ends[^1] != shard.Count))
            ends.Add(shard.Count);
        return [.. ends];
    }

    private (Round Round, int Row) Find(long sequence)
    {
        lock (_gate)
        {
            // rounds may have different numbers of rows, so those before must be known
            while (_firstRows[^1] <= sequence)
                _firstRows.Add(_firstRows[^1] + At(_firstRows.Count - 1).Count);
            int number = _firstRows.BinarySearch(sequence);
            number = number >= 0 ? number : ~number - 1;
            var round = At(number);
            var random = new CounterRandom(_recipe.Seed, CounterRandom.Stream.Windows + (ulong)number);
            return (round, (int)Shuffle.At(random, sequence - _firstRows[number], round.Count));
        }
    }

    private Round At(int number)
    {
        lock (_gate)
        {
            if (_round.Number != number)
                _round = (number, new Round(_ends, _recipe.SequenceLength, new CounterRandom(_recipe.Seed, CounterRandom.Stream.Documents + (ulong)number)));
            return _round.Rows;
        }
    }

    private Batch[] ReadValidation(TokenShard shard)
    {
        if (shard.Count < 1)
            return [];
        var all = new Round(Ends(shard, _endOfText), _recipe.SequenceLength, cuts: null);
        int count = _recipe.ValidationWindows == 0 ? all.Count : Math.Min(_recipe.ValidationWindows, all.Count);
        return [.. Enumerable.Range(0, count).Select(i => (all, (int)((long)i * all.Count / count))).Chunk(ValidationRows).Select(rows => ToBatch(shard, rows))];
    }

    private Batch ToBatch(TokenShard shard, (Round Round, int Row)[] rows)
    {
        int length = _recipe.SequenceLength;
        int[] inputs = new int[rows.Length * length], targets = new int[rows.Length * length], starts = new int[rows.Length * length];
        Array.Fill(inputs, _endOfText);
        Array.Fill(targets, -1);
        var window = new int[length + 1];
        for (int r = 0; r < rows.Length; r++)
        {
            int at = 0;
            foreach (var (begin, count) in rows[r].Round.Pieces(rows[r].Row))
            {
                int here = (r * length) + at;
                var tokens = window.AsSpan(0, count + 1);
                tokens[0] = _endOfText; // of the first document; the others have one before them
                shard.Read(Math.Max(0, begin - 1), begin == 0 ? tokens[1..] : tokens);
                tokens[..count].CopyTo(inputs.AsSpan(here));
                tokens[1..].CopyTo(targets.AsSpan(here));
                starts.AsSpan(here, count).Fill(at);
                at += count;
            }
            // what is left over sees itself and is not learnt
            starts.AsSpan((r * length) + at, length - at).Fill(at);
        }
        return new Batch(rows.Length, length, inputs, targets, starts);
    }

    /// <summary>The rows of one round.</summary>
    private sealed class Round
    {
        private readonly (long Begin, int Length)[] _pieces;
        private readonly int[] _rowEnds;

        /// <param name="ends">Where documents end.</param>
        /// <param name="length">T.</param>
        /// <param name="cuts">Where documents that are longer are cut first; null: at T.</param>
        public Round(long[] ends, int length, CounterRandom? cuts)
        {
            var pieces = new List<(long Begin, int Length)>(ends.Length);
            long begin = 0;
            for (int document = 0; document < ends.Length; document++)
            {
                long end = ends[document];
                if (end - begin > length)
                {
                    int first = cuts is { } random ? 1 + (int)random.Below((ulong)document, length) : length;
                    pieces.Add((begin, first));
                    begin += first;
                }
                for (; begin < end; begin += pieces[^1].Length)
                    pieces.Add((begin, (int)Math.Min(length, end - begin)));
            }
            var rows = BestFit.Pack([.. pieces.Select(p => p.Length)], length);
            _pieces = [.. rows.SelectMany(r => r).Select(i => pieces[i])];
            _rowEnds = new int[rows.Count];
            for (int row = 0, at = 0; row < rows.Count; row++)
                _rowEnds[row] = at += rows[row].Count;
        }

        public int Count => _rowEnds.Length;

        public (long Begin, int Length)[] Pieces(int row) => _pieces[(row == 0 ? 0 : _rowEnds[row - 1]).._rowEnds[row]];
    }
}
