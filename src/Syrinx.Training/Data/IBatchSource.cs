namespace Syrinx.Training.Data;

/// <summary>
/// Where batches come from: windows of a token shard, or packed dialogues. A batch is a function of its step alone, so a
/// resumed run needs no cursor. Safe to use from several threads.
/// </summary>
internal interface IBatchSource
{
    /// <summary>The batch of a training step, from 0.</summary>
    Batch Training(long step);

    /// <summary>The validation set, always the same batches.</summary>
    IReadOnlyList<Batch> Validation { get; }

    /// <summary>Changes iff the data does; a run is resumed only on the same data.</summary>
    string Fingerprint { get; }

    /// <summary>How often every training token has been seen after a number of steps.</summary>
    double Epochs(long steps);
}
