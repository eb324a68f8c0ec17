namespace Syrinx.Training;

/// <summary>How a training ended; everything in it was measured in this run.</summary>
public sealed record TrainReport
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Where it was written.</summary>
    public required string Path { get; init; }

    /// <summary>Steps done.</summary>
    public required long Steps { get; init; }

    /// <summary>Tokens trained on, repeated ones counted each time.</summary>
    public required long Tokens { get; init; }

    /// <summary>Number of weights.</summary>
    public required long Params { get; init; }

    /// <summary>Mean loss of the last steps in nats, at most 50 and a tenth of all; null without a step.</summary>
    public double? TrainLoss { get; init; }

    /// <summary>Loss on the validation set before the first step, in nats; of tuning only.</summary>
    public double? ValLossBefore { get; init; }

    /// <summary>Loss on the validation set in nats a token; null without validation text.</summary>
    public double? ValLoss { get; init; }

    /// <summary>The same in bits a byte of text, which is comparable between tokenizers.</summary>
    public double? ValBpb { get; init; }

    /// <summary>Tokens that were validated on.</summary>
    public long ValTokens { get; init; }

    /// <summary>Tokens trained on a second, validation and checkpoints not counted.</summary>
    public double TokensPerSecond { get; init; }

    /// <summary>Floating point operations of the training.</summary>
    public double Flops { get; init; }

    /// <summary>Share of the machine's GEMM peak that training reached.</summary>
    public double Mfu { get; init; }

    /// <summary>The machine's best bf16 product, FLOP a second; the sum of what the ranks measured at the same time.</summary>
    public double GemmPeakFlops { get; init; }

    /// <summary>Most memory that the process held, in bytes; of several ranks, rank 0.</summary>
    public long PeakRssBytes { get; init; }

    /// <summary>Seconds of the run, of its parts before a resume too.</summary>
    public double Seconds { get; init; }

    /// <summary>Threads used, by each rank.</summary>
    public int Threads { get; init; }

    /// <summary>Processes that trained together.</summary>
    public int Ranks { get; init; } = 1;

    /// <summary>Seconds of the steps since this process began in which rank 0 moved and added gradients and weights.</summary>
    public double ExchangeSeconds { get; init; }

    /// <summary>Seconds of the same in which rank 0 waited for ranks that were not as far.</summary>
    public double WaitSeconds { get; init; }

    /// <summary>Steps that changed nothing: their loss or gradients were no numbers, or spikes.</summary>
    public long SkippedSteps { get; init; }

    /// <summary>Rounds over the training data.</summary>
    public double Epochs { get; init; }
}
