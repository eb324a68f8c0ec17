using Syrinx.Models;
using Syrinx.Tokens;
using Syrinx.Training.Data;
using Syrinx.Training.Modeling;

namespace Syrinx.Training.Runs;

/// <summary>What a loop works on.</summary>
/// <param name="Stage">What progress calls it: <c>train</c>, <c>tune</c>.</param>
/// <param name="Recipe">The resolved recipe.</param>
/// <param name="Weights">The weights at step 0; changed.</param>
/// <param name="Data">The batches.</param>
/// <param name="Folder">The run's files.</param>
/// <param name="Tokenizer">For bytes of tokens and for samples.</param>
/// <param name="Prompts">What samples begin with, in turn.</param>
/// <param name="ValidateFirst">Whether the validation loss before the first step is wanted.</param>
internal sealed record TrainingTask(
    string Stage, TrainRecipe Recipe, TransformerWeights Weights, IBatchSource Data, RunFolder Folder, BpeTokenizer Tokenizer,
    IReadOnlyList<int[]> Prompts, bool ValidateFirst)
{
    /// <summary>The corpora that the weights have seen once the first step is done.</summary>
    public DataLineage Lineage { get; init; } = new();

    /// <summary>The canaries in the data, or in that of the model that is gone on with.</summary>
    public CanarySet? Canaries { get; init; }
}
