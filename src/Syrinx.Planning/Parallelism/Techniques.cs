namespace Syrinx.Planning.Parallelism;

/// <summary>
/// What a training program can do. A run of the past is predicted with what had been published when it was trained, because
/// that is what it ran with; nothing here is fitted. Immutable.
/// </summary>
/// <param name="FlashAttention">Attention scores never reach memory (Dao et al., May 2022).</param>
/// <param name="SelectiveRecomputation">Together with sequence parallelism (Korthikanti et al., May 2022).</param>
/// <param name="InterleavedPipeline">Several chunks a stage (Narayanan et al., April 2021).</param>
/// <param name="ShardedOptimizer">ZeRO-1 in a released library (DeepSpeed, 2020; after GPT-3 was trained).</param>
/// <param name="FullSharding">ZeRO-3 and FSDP in released libraries (2021).</param>
public sealed record Techniques(
    bool FlashAttention, bool SelectiveRecomputation, bool InterleavedPipeline, bool ShardedOptimizer, bool FullSharding)
{
    /// <summary>All of them: what a run that begins now can use.</summary>
    public static Techniques Today { get; } = At(new DateOnly(2025, 1, 1));

    /// <summary>What had been published.</summary>
    public static Techniques At(DateOnly date) => new(
        FlashAttention: date >= new DateOnly(2022, 6, 1),
        SelectiveRecomputation: date >= new DateOnly(2022, 6, 1),
        InterleavedPipeline: date >= new DateOnly(2021, 5, 1),
        ShardedOptimizer: date >= new DateOnly(2020, 6, 1),
        FullSharding: date >= new DateOnly(2021, 7, 1));

    /// <summary>Activations outside the matrices are shared by the tensor group too; published with selective recomputation.</summary>
    public bool SequenceParallel => SelectiveRecomputation;
}
