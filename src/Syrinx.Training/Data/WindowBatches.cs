using Syrinx.Tokens;

namespace Syrinx.Training.Data;

/// <summary>
/// Batches for pretraining: windows of T + 1 tokens of a shard, every window once in a round, in a new order each round and
/// beginning at another token, so that the model doesn't see the same cuts again. All of it is computed from seed and
/// step. Safe to use from several threads.
/// </summary>
internal sealed class WindowBatches : IBatchSource
{
    private const int ValidationRows = 4;

    private readonly TokenShard _train;
    private readonly ulong _seed;
    private readonly int _rows;
    private readonly int _length;
    private readonly long _windows;

    /// <summary>Prepares the windows.</summary>
    /// <param name="train">Tokens to learn; kept.</param>
    /// <param name="validation">Tokens to validate on; read now.</param>
    /// <param name="fingerprint">Of both.</param>
    /// <param name="recipe">Seed, length, sequences of a batch, validation windows.</param>
    /// <exception cref="InputException">There are fewer tokens than one window.</exception>
    public WindowBatches(TokenShard train, TokenShard validation, string fingerprint, TrainRecipe recipe)
    {
        (_train, _seed, _rows, _length, Fingerprint) = (train, recipe.Seed, recipe.BatchSize, recipe.SequenceLength, fingerprint);
        if (train.Count < _length + 1)
        {
            throw new InputException(
                $"The text to train on has {train.Count} tokens, but one sequence takes {_length + 1} (sequence_length + 1). Import more posts, or set a smaller sequence_length.");
        }
        // one window fewer than fit leaves room to begin anywhere in the first one
        _windows = Math.Max(1, ((train.Count - 1) / _length) - 1);
        Validation = ReadValidation(validation, recipe.ValidationWindows);
    }

    public string Fingerprint { get; }

    public IReadOnlyList<Batch> Validation { get; }

    public double Epochs(long steps) => steps * (double)_rows * _length / _train.Count;

    public int Targets(long step) => _rows * _length;

    public Batch Training(long step, int first = 0, int? rows = null)
    {
        int count = rows ?? _rows - first;
        var inputs = new int[count * _length];
        var targets = new int[count * _length];
        var window = new int[_length + 1];
        for (int row = 0; row < count; row++)
        {
            long sequence = (step * _rows) + first + row;
            long round = sequence / _windows;
            var random = new CounterRandom(_seed, CounterRandom.Stream.Windows + (ulong)round);
            long room = Math.Min(_length, _train.Count - 1 - (_windows * _length) + 1);
            long begin = random.Below(ulong.MaxValue, room) + (Shuffle.At(random, sequence % _windows, _windows) * _length);
            _train.Read(begin, window);
            window.AsSpan(0, _length).CopyTo(inputs.AsSpan(row * _length));
            window.AsSpan(1, _length).CopyTo(targets.AsSpan(row * _length));
        }
        return new Batch(count, _length, inputs, targets);
    }

    /// <summary>Windows that do not overlap, spread evenly; shorter ones where the whole set is shorter than one.</summary>
    private Batch[] ReadValidation(TokenShard shard, int wanted)
    {
        if (shard.Count < 2)
            return [];
        int length = (int)Math.Min(_length, shard.Count - 1);
        long fit = (shard.Count - 1) / length;
        long count = wanted == 0 ? fit : Math.Min(wanted, fit);
        var window = new int[length + 1];
        var batches = new List<Batch>();
        for (long first = 0; first < count; first += ValidationRows)
        {
            int rows = (int)Math.Min(ValidationRows, count - first);
            var inputs = new int[rows * length];
            var targets = new int[rows * length];
            for (int row = 0; row < rows; row++)
            {
                shard.Read((first + row) * fit / count * length, window);
                window.AsSpan(0, length).CopyTo(inputs.AsSpan(row * length));
                window.AsSpan(1, length).CopyTo(targets.AsSpan(row * length));
            }
            batches.Add(new Batch(rows, length, inputs, targets));
        }
        return [.. batches];
    }
}
