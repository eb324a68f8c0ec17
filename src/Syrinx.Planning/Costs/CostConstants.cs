namespace Syrinx.Planning.Costs;

/// <summary>
/// The numbers that hold for every run and every accelerator; there is no constant for one run. Two were chosen while looking
/// at published runs (see <see cref="Validation.Calibration"/>); the others are published measurements or assumptions, as said.
/// </summary>
public sealed record CostConstants
{
    /// <summary>The planner's.</summary>
    public static CostConstants Default { get; } = new();

    /// <summary>
    /// Share of an accelerator's best measured matrix multiplication that the matrices of a long run reach: shapes that are not
    /// the best one, power limits, the slowest of many. Calibrated on the published runs.
    /// </summary>
    public double MatmulEfficiency { get; init; } = 0.67;

    /// <summary>
    /// Share of a run's time that is neither a step nor a failure: batches that grow, evaluation, returns to an earlier
    /// checkpoint after a loss spike, tuning. Calibrated on the four runs that publish both step MFU and hours.
    /// </summary>
    public double RunOverhead { get; init; } = 0.02;

    /// <summary>
    /// Best matrix multiplication as a share of the peak where nobody published one. Assumption: B200 reaches 0.78, H100 0.80,
    /// A100 0.87 (ml-engineering).
    /// </summary>
    public double MatmulShare { get; init; } = 0.80;

    /// <summary>Attention core against other matrices. Assumption: FlashAttention-2 publishes 0.5 to 0.7 of peak on A100, 0.35 on H100.</summary>
    public double AttentionShare { get; init; } = 0.55;

    /// <summary>Share of a link's rate that a collective in a node gets. Assumption: NCCL's usual bus bandwidth.</summary>
    public double NodeLinkEfficiency { get; init; } = 0.75;

    /// <summary>Share of a network card's rate that a collective gets. Assumption, as above.</summary>
    public double NetworkEfficiency { get; init; } = 0.75;

    /// <summary>
    /// What a collective behind computation costs nevertheless, as a share of its time: it occupies cores that multiply.
    /// DeepSeek-V3 gives communication 20 of an H800's 132 multiprocessors.
    /// </summary>
    public double HiddenCost { get; init; } = 20 / 132.0;

    /// <summary>Seconds from one kernel to the next. Assumption.</summary>
    public double KernelSeconds { get; init; } = 5e-6;

    /// <summary>Memory of drivers, collectives' buffers and fragmentation, as a share of the whole. Assumption.</summary>
    public double ReserveShare { get; init; } = 0.06;
}
