using Syrinx.Planning.Hardware;
using Syrinx.Planning.Parallelism;
using Syrinx.Planning.Shapes;

namespace Syrinx.Planning.Validation;

/// <summary>A training run that others published; the data is in <c>published-runs.json</c>. Immutable.</summary>
internal sealed record PublishedRun
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>About when; decides what the program could do.</summary>
    public required DateOnly Trained { get; init; }

    /// <summary>Where the figures are from.</summary>
    public required string Source { get; init; }

    /// <summary>The model.</summary>
    public required ModelShape Shape { get; init; }

    /// <summary>Tokens trained on.</summary>
    public required double Tokens { get; init; }

    /// <summary>Tokens of a sequence.</summary>
    public required int Sequence { get; init; }

    /// <summary>Sequences of a step.</summary>
    public required int Batch { get; init; }

    /// <summary>A name of <see cref="Accelerators"/>.</summary>
    public required string Accelerator { get; init; }

    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>The count was not published and is our guess.</summary>
    public bool CountAssumed { get; init; }

    /// <summary>GB/s between nodes for each accelerator, where this cluster's is known to differ.</summary>
    public double? NetworkGbs { get; init; }

    /// <summary>The layout, as far as it was published.</summary>
    public LayoutGiven Given { get; init; } = new();

    /// <summary>Chip-hours of the run; null where none are published.</summary>
    public double? Hours { get; init; }

    /// <summary>The hours are throughput times tokens: no restarts are in them.</summary>
    public bool HoursIdeal { get; init; }

    /// <summary>Published MFU of a step.</summary>
    public double? StepMfu { get; init; }

    /// <summary>Published seconds of a step.</summary>
    public double? StepSeconds { get; init; }

    /// <summary>Power that was measured, in watts an accelerator with its share of the host.</summary>
    public double? WattsMeasured { get; init; }

    /// <summary>What to know about the row.</summary>
    public string? Note { get; init; }

    /// <summary>The accelerator, with this cluster's network.</summary>
    internal Accelerator Machine
    {
        get
        {
            var known = Accelerators.Find(Accelerator);
            return NetworkGbs is { } network ? known with { NetworkGbs = network } : known;
        }
    }
}
