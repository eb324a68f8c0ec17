using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Syrinx.Models;

namespace Syrinx.Training.Data;

/// <summary>
/// Batches for tuning: several dialogues in each sequence of T tokens, packed best fit, longest first; every sequence begins
/// at a dialogue's beginning. Only what the assistant says is learnt. Rows come in a new order each round. Safe to use
/// from several threads.
/// </summary>
internal sealed class DialogueBatches : IBatchSource
{
    private const int ValidationRows = 4;

    private readonly IReadOnlyList<Row> _rows;
    private readonly TrainRecipe _recipe;
    private readonly int _padding;

    /// <summary>Renders and packs dialogues.</summary>
    /// <param name="dialogues">The dialogues, streamed once.</param>
    /// <param name="template">The chat template.</param>
    /// <param name="padding">Token that fills the rest of a sequence.</param>
    /// <param name="recipe">Length, sequences of a batch, seed, most validation sequences.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="InputException">There is no dialogue to train on.</exception>
    public DialogueBatches(
        IEnumerable<TuningDialogue> dialogues, ChatTemplate template, int padding, TrainRecipe recipe, CancellationToken cancel)
    {
        (_recipe, _padding) = (recipe, padding);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var train = new List<Row>();
        var validation = new List<Row>();
        foreach (var dialogue in dialogues)
        {
            cancel.ThrowIfCancellationRequested();
            var (ids, assistant) = template.RenderForTuning(dialogue.Turns);
            hash.AppendData(MemoryMarshal.AsBytes(ids.AsSpan()));
            hash.AppendData([(byte)(dialogue.Validation ? 1 : 0)]);
            // a window of T + 1 tokens makes T inputs and T targets; what is longer loses its end
            int length = Math.Min(ids.Length, recipe.SequenceLength + 1);
            Cut += length < ids.Length ? 1 : 0;
            var row = new Row([.. ids.Take(length)], [.. assistant.Take(length)]);
            if (row.Assistant.Skip(1).Any(a => a))
                (dialogue.Validation ? validation : train).Add(row);
        }
        if (train.Count == 0)
            throw new InputException("There is no dialogue to tune on: corpus/dialogues.jsonl has none in its train split whose answer fits into a sequence.");
        Fingerprint = Convert.ToHexStringLower(hash.GetHashAndReset());
        Dialogues = train.Count;
        _rows = Pack(train, recipe.SequenceLength + 1);
        var packed = Pack(validation, recipe.SequenceLength + 1);
        int count = recipe.ValidationWindows == 0 ? packed.Count : Math.Min(recipe.ValidationWindows, packed.Count);
        Validation = [.. Enumerable.Range(0, count).Select(i => packed[(int)((long)i * packed.Count / count)])
            .Chunk(ValidationRows).Select(ToBatch)];
    }

    /// <summary>Dialogues to learn from.</summary>
    public int Dialogues { get; }

    /// <summary>Dialogues longer than a sequence, which lost their end.</summary>
    public int Cut { get; }

    public string Fingerprint { get; }

    public IReadOnlyList<Batch> Validation { get; }

    public double Epochs(long steps) => steps * (double)_recipe.BatchSize / _rows.Count;

    public int Targets(long step) => Enumerable.Range(0, _recipe.BatchSize).Sum(i => RowAt(step, i).Targets);

    public Batch Training(long step, int first = 0, int? rows = null) =>
        ToBatch([.. Enumerable.Range(first, rows ?? _recipe.BatchSize - first).Select(i => RowAt(step, i))]);

    private Row RowAt(long step, int row)
    {
        long sequence = (step * _recipe.BatchSize) + row;
        var random = new CounterRandom(_recipe.Seed, CounterRandom.Stream.Dialogues + (ulong)(sequence / _rows.Count));
        return _rows[(int)Shuffle.At(random, sequence % _rows.Count, _rows.Count)];
    }

    private Batch ToBatch(Row[] rows)
    {
        int length = _recipe.SequenceLength;
        var inputs = new int[rows.Length * length];
        var targets = new int[rows.Length * length];
        Array.Fill(inputs, _padding);
        Array.Fill(targets, -1);
        for (int r = 0; r < rows.Length; r++)
        {
            var (ids, assistant) = (rows[r].Ids, rows[r].Assistant);
            for (int i = 0; i + 1 < ids.Length; i++)
            {
                inputs[(r * length) + i] = ids[i];
                if (assistant[i + 1])
                    targets[(r * length) + i] = ids[i + 1];
            }
        }
        return new Batch(rows.Length, length, inputs, targets);
    }

    private static List<Row> Pack(List<Row> dialogues, int room) =>
        [.. BestFit.Pack([.. dialogues.Select(d => d.Ids.Length)], room).Select(row =>
            new Row([.. row.SelectMany(i => dialogues[i].Ids)], [.. row.SelectMany(i => dialogues[i].Assistant)]))];

    private sealed record Row(int[] Ids, bool[] Assistant)
    {
        public int Targets { get; } = Assistant.Skip(1).Count(a => a);
    }
}
