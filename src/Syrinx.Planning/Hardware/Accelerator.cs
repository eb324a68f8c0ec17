namespace Syrinx.Planning.Hardware;

/// <summary>One kind of accelerator; the data is in <c>accelerators.json</c>. Immutable.</summary>
public sealed record Accelerator
{
    /// <summary>What <c>--accelerator</c> takes; case does not matter.</summary>
    public required string Name { get; init; }

    /// <summary>With its maker.</summary>
    public required string Title { get; init; }

    /// <summary>Other spellings.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Dense 16-bit TFLOP/s of the data sheet; MFU is a share of this.</summary>
    public required double PeakTflops { get; init; }

    /// <summary>The fastest matrix multiplication that was measured, in TFLOP/s; null where nobody published one.</summary>
    public double? MatmulTflops { get; init; }

    /// <summary>Memory in GB of 10⁹ bytes.</summary>
    public required double MemoryGb { get; init; }

    /// <summary>Memory bandwidth in TB/s.</summary>
    public required double MemoryTbs { get; init; }

    /// <summary>Rated power; null where none is published.</summary>
    public double? Watts { get; init; }

    /// <summary>Accelerators that the fast link joins.</summary>
    public required int NodeSize { get; init; }

    /// <summary>GB/s one way between accelerators of a node.</summary>
    public required double NodeLinkGbs { get; init; }

    /// <summary>GB/s one way between nodes, for each accelerator.</summary>
    public required double NetworkGbs { get; init; }

    /// <summary>Fields of this record, in JSON's spelling, that are our assumption.</summary>
    public required IReadOnlyList<string> Assumed { get; init; }

    /// <summary>Where the rest comes from.</summary>
    public required string Note { get; init; }

    /// <summary>FLOP/s of the data sheet.</summary>
    internal double Peak => PeakTflops * 1e12;

    /// <summary>Bytes of memory.</summary>
    internal double MemoryBytes => MemoryGb * 1e9;

    /// <summary>Bytes a second of memory.</summary>
    internal double MemoryBandwidth => MemoryTbs * 1e12;
}
