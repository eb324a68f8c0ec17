using Syrinx.Training.Modeling;

namespace Syrinx.Training.Data;

/// <summary>Sequences to learn from, side by side.</summary>
/// <param name="Rows">B: number of sequences.</param>
/// <param name="Length">T: tokens of each.</param>
/// <param name="Inputs">B·T tokens, sequence after sequence.</param>
/// <param name="Targets">B·T: the token that follows each input; −1 where it is not to be learnt.</param>
/// <param name="Starts">B·T: the first position of its row that each token looks at, where rows hold several documents; null: 0.</param>
internal sealed record Batch(int Rows, int Length, int[] Inputs, int[] Targets, int[]? Starts = null)
{
    /// <summary>The documents' borders for the attention, or null.</summary>
    public DocumentBorders? Borders { get; } = Starts is null ? null : new DocumentBorders(Starts, Length);

    /// <summary>How many targets are to be learnt.</summary>
    public int TargetCount { get; } = Targets.Count(t => t >= 0);

    /// <summary>Part <paramref name="index"/> of <paramref name="count"/> equal ones, in order.</summary>
    public Batch Part(int index, int count)
    {
        if (Rows % count != 0)
            throw new ArgumentException($"{Rows} sequences do not make {count} equal parts.", nameof(count));
        int rows = Rows / count;
        int begin = index * rows * Length, end = begin + (rows * Length);
        return new Batch(rows, Length, Inputs[begin..end], Targets[begin..end], Starts?[begin..end]);
    }
}
