namespace Syrinx.Training.Data;

/// <summary>
/// Where batches come from: windows of a token shard, or packed dialogues. A batch is a function of its step alone, so a
/// resumed run needs no cursor. Safe to use from several threads.
/// </summary>
internal interface IBatchSource
{
    /// <summary>Sequences of the batch of a training step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="first">The first sequence.</param>
    /// <param name="rows">How many; all from the first on by default.</param>
    Batch Training(long step, int first = 0, int? rows = null);

    /// <summary>Targets of a training step's whole batch, which a rank that computes a part of it must know.</summary>
    int Targets(long step);

    /// <summary>The validation set, always the same batches.</summary>
    IReadOnlyList<Batch> Validation { get; }

    /// <summary>Changes iff the data does; a run is resumed only on the same data.</summary>
    string Fingerprint { get; }

    /// <summary>How often every training token has been seen after a number of steps.</summary>
    double Epochs(long steps);
}
