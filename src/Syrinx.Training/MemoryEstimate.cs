using Syrinx.Models;
using Syrinx.Training.Modeling;
using Syrinx.Training.Modeling.Fused;

namespace Syrinx.Training;

/// <summary>
/// Bytes that training will hold at most, by part: counted from the shapes of what the trainer keeps, not fitted to measurements (bench/train.md has how far
/// off it is). Of one rank on a CPU.
/// </summary>
public sealed record MemoryEstimate
{
    /// <summary>fp32 masters, and the copy in the computing type.</summary>
    public required long Weights { get; init; }

    /// <summary>AdamW's two moments, Muon's momentum.</summary>
    public required long Optimizer { get; init; }

    /// <summary>fp32 sums over micro-batches, and the gradients of the micro-batches that are computed at the same time.</summary>
    public required long Gradients { get; init; }

    /// <summary>What the backward pass reads, of all micro-batches that are computed at the same time.</summary>
    public required long Activations { get; init; }

    /// <summary>Logits of a chunk, the gradients that come from them.</summary>
    public required long Loss { get; init; }

    /// <summary>The copy that is written into a checkpoint while training goes on.</summary>
    public required long CheckpointCopy { get; init; }

    /// <summary>The program and its libraries: this process's memory as measured after a step of a tiny model.</summary>
    public required long Program { get; init; }

    /// <summary>The sum.</summary>
    public long Total => Weights + Optimizer + Gradients + Activations + Loss + CheckpointCopy + Program;

    /// <summary>Counts.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="c">The model's shape.</param>
    /// <param name="workers">Micro-batches that are computed at the same time.</param>
    /// <param name="ranks">Ranks, which share the optimizer's state and the copy's making, though rank 0 holds all of the copy.</param>
    /// <param name="program">Bytes of the program itself.</param>
    internal static MemoryEstimate Of(TrainRecipe recipe, ModelConfig c, int workers, int ranks, long program)
    {
        long bytes = recipe.Compute == "bf16" ? 2 : 4, length = recipe.SequenceLength;
        long ends = (long)c.VocabSize * c.HiddenSize, layers = c.MatrixParameters - ends, all = c.Parameters;
        long tokens = recipe.BatchSize / recipe.MicroBatches * length; // N of a micro-batch
        long heads = (long)c.NumAttentionHeads * c.HeadSize, shared = (long)c.NumKeyValueHeads * c.HeadSize;
        bool matrix = length <= FusedCausalAttention.LongestSequence;
        // x, its norm, the same before the MLP · q and k before and all three after the rotation, attention's result · gate, up and their product · T×T
        long layer = bytes * tokens * ((4L * c.HiddenSize) + (5 * heads) + shared + (3L * c.IntermediateSize) + (matrix ? c.NumAttentionHeads * length : 0));
        long stream = bytes * tokens * c.HiddenSize;
        // gradients inside the layer that is being differentiated
        long backward = (bytes * tokens * 3 * c.IntermediateSize) + (2 * stream);
        bool muon = recipe.Optimizer == "muon";
        long moments = (muon ? 4 * layers : 8 * layers) + (8 * (all - layers));
        int sums = Math.Max(1, (int)Math.Ceiling(Math.Log2(recipe.MicroBatches)));
        bool chunks = tokens * c.VocabSize > LinearCrossEntropy.ChunkLogits;
        long head = ends * (chunks ? 4 : bytes);
        return new()
        {
            Weights = (4 * all) + (bytes == 2 ? 2 * (all - (c.NumHiddenLayers * 2L * c.HiddenSize)) : 0),
            Optimizer = moments / ranks,
            Gradients = (4 * all * sums) + (recipe.MicroBatches > 1 ? 4 * ends : 0) + (workers * ((bytes * layers) + head + stream)),
            Activations = workers * (recipe.CheckpointActivations ? layer + ((c.NumHiddenLayers + 1) * stream) + backward : (c.NumHiddenLayers * layer) + backward),
            Loss = workers * ((bytes * Math.Min(LinearCrossEntropy.ChunkLogits, tokens * c.VocabSize)) + (chunks ? ends * bytes : 0) + (2 * stream)),
            CheckpointCopy = (4 * all) + moments,
            Program = program,
        };
    }
}
