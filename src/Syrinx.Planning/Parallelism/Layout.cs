namespace Syrinx.Planning.Parallelism;

/// <summary>What of the activations is computed again in the backward pass instead of kept.</summary>
public enum Recomputation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Norms, the activation function and, without flash attention, the attention core: cheap and large.</summary>
    Selective,

    /// <summary>Whole layers; only their inputs are kept.</summary>
    Full,
}

/// <summary>What data-parallel ranks share instead of each holding it.</summary>
public enum Sharding
{
    /// <summary>Nothing: 18 bytes a parameter.</summary>
    None,

    /// <summary>The optimizer's state (ZeRO-1, distributed optimizer): 6 + 12/d.</summary>
    Optimizer,

    /// <summary>Everything (ZeRO-3, FSDP): 16/d, and weights travel for every micro-batch.</summary>
    Everything,
}

/// <summary>How one training step is laid over the accelerators. Immutable.</summary>
/// <param name="Tensor">Accelerators that share each matrix.</param>
/// <param name="Context">Accelerators that share each sequence.</param>
/// <param name="Pipeline">Stages that share the layers.</param>
/// <param name="Data">Copies that share the batch.</param>
/// <param name="MicroBatch">Sequences that pass through the pipeline together.</param>
/// <param name="Interleave">Chunks of layers a stage holds; 1 is plain 1F1B.</param>
/// <param name="Recomputation">What is computed again.</param>
/// <param name="Sharding">What the copies share.</param>
public sealed record Layout(
    int Tensor, int Context, int Pipeline, int Data, int MicroBatch, int Interleave, Recomputation Recomputation, Sharding Sharding)
{
    /// <summary>Accelerators that work.</summary>
    public int Accelerators => Tensor * Context * Pipeline * Data;

    /// <summary>Micro-batches of a step in each copy.</summary>
    /// <param name="batch">Sequences of a step.</param>
    public int MicroBatches(int batch) => (batch + Data * MicroBatch - 1) / (Data * MicroBatch);
}
