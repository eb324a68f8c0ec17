using System.Globalization;
using Syrinx.Planning.Hardware;
using Syrinx.Planning.Reliability;

namespace Syrinx.Planning;

/// <summary>What is to be planned. Immutable.</summary>
public sealed record PlanRequest
{
    /// <summary>The most accelerators that can be asked about.</summary>
    public const int MostAccelerators = 100_000;

    /// <summary>Smallest and largest <see cref="Parameters"/>.</summary>
    public static (double Least, double Most) ParametersRange => (1e6, 1e14);

    /// <summary>Smallest and largest <see cref="Tokens"/>.</summary>
    public static (double Least, double Most) TokensRange => (1e6, 1e16);

    /// <summary>Smallest and largest <see cref="Count"/>.</summary>
    public static (double Least, double Most) CountRange => (1, MostAccelerators);

    /// <summary>Smallest and largest <see cref="Sequence"/>.</summary>
    public static (double Least, double Most) SequenceRange => (128, 1_048_576);

    /// <summary>Smallest and largest <see cref="PricePerGpuHour"/>.</summary>
    public static (double Least, double Most) PriceRange => (0, 1e6);

    /// <summary>Parameters of a dense decoder, a million to 10¹⁴.</summary>
    public required double Parameters { get; init; }

    /// <summary>Tokens to train on, a million to 10¹⁶.</summary>
    public required double Tokens { get; init; }

    /// <summary>Which accelerator.</summary>
    public required Accelerator Accelerator { get; init; }

    /// <summary>How many, 1 to 100,000.</summary>
    public required int Count { get; init; }

    /// <summary>Tokens of a sequence; null: 8,192, and 2,048 below a billion parameters.</summary>
    public int? Sequence { get; init; }

    /// <summary>Sequences of a step; null: <see cref="DefaultBatch"/>.</summary>
    public int? Batch { get; init; }

    /// <summary>What an accelerator costs for an hour, in the operator's currency; null: no cost is planned.</summary>
    public double? PricePerGpuHour { get; init; }

    /// <summary>Failures, restarts and storage.</summary>
    public ReliabilitySettings Reliability { get; init; } = new();

    /// <summary>Power usage effectiveness: what the building draws for a watt of its computers. Published: GPT-3 1.10, PaLM 1.08.</summary>
    public double Pue { get; init; } = 1.10;

    /// <summary>The sequence in force.</summary>
    public int SequenceInForce => Sequence ?? (Parameters >= 1e9 ? 8192 : 2048);

    /// <summary>The batch in force.</summary>
    internal int BatchInForce => Batch ?? DefaultBatch(Parameters, Tokens, SequenceInForce);

    /// <summary>
    /// 0.292·C^0.3271 tokens (DeepSeek LLM's fit of the best batch, 2024), rounded down to a power of two of sequences; at most 16M
    /// tokens, the largest of the published runs, and at most a hundredth of the tokens.
    /// </summary>
    internal static int DefaultBatch(double parameters, double tokens, int sequence)
    {
        double best = Math.Min(0.292 * Math.Pow(6 * parameters * tokens, 0.3271), Math.Min(1 << 24, tokens / 100));
        return (int)Math.Pow(2, Math.Max(0, Math.Floor(Math.Log2(best / sequence))));
    }

    /// <summary>This request, if it can be planned.</summary>
    /// <exception cref="InputException">A value is out of its range; the message says which range.</exception>
    public PlanRequest Validated()
    {
        Check("--params", Parameters, ParametersRange);
        Check("--tokens", Tokens, TokensRange);
        Check("--count", Count, CountRange);
        Check("--seq", SequenceInForce, SequenceRange);
        Check("--price-per-gpu-hour", PricePerGpuHour ?? 0, PriceRange);
        Check("--pue", Pue, (1, 3));
        Check("--gpu-years-per-failure", Reliability.YearsPerFailure, (0.01, 1e6));
        Check("--restart-minutes", Reliability.RestartSeconds / 60, (0, 1440));
        Check("--storage-gbs", (Reliability.StorageBytesPerSecond ?? 1e9) / 1e9, (0.001, 1e6));
        if (BatchInForce < 1)
            throw new InputException($"--batch {BatchInForce} must be at least 1 sequence.");
        if ((double)BatchInForce * SequenceInForce > Tokens)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture,
                $"--batch {BatchInForce}: a step of {BatchInForce:N0} sequences of {SequenceInForce:N0} tokens is more than the {Tokens:N0} tokens to train on."));
        }
        return this;
    }

    private static void Check(string option, double value, (double Least, double Most) range)
    {
        if (!(value >= range.Least && value <= range.Most))
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{option} {value} must be between {range.Least} and {range.Most}."));
    }
}
