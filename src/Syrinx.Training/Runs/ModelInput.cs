using Syrinx.Models;
using Syrinx.Tokens;
using Syrinx.Training.Modeling;
using TorchSharp;

namespace Syrinx.Training.Runs;

/// <summary>Reads the model that a run goes on from.</summary>
internal static class ModelInput
{
    /// <summary>The weights, in the recipe's computing type.</summary>
    /// <exception cref="InputException">Recipe, tokenizer and model do not fit.</exception>
    /// <param name="path">The model's folder or GGUF file; quantized weights are unpacked.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="tokenizer">The tokenizer of the data.</param>
    /// <param name="device">Where the weights go.</param>
    public static TransformerWeights Read(string path, TrainRecipe recipe, BpeTokenizer tokenizer, torch.Device device)
    {
        using var model = ModelFiles.Open(path);
        var config = model.Config;
        if (recipe.SequenceLength > config.MaxPositionEmbeddings)
        {
            throw new InputException(
                $"sequence_length {recipe.SequenceLength} is longer than {path} allows: max_position_embeddings is {config.MaxPositionEmbeddings}.");
        }
        if (tokenizer.VocabSize > config.VocabSize)
            throw new InputException($"The tokenizer has {tokenizer.VocabSize} tokens, but {path} says vocab_size {config.VocabSize}.");
        if (config.HiddenSize != recipe.HiddenSize || config.NumHiddenLayers != recipe.Layers || config.IntermediateSize != recipe.IntermediateSize)
        {
            throw new InputException(
                $"The recipe's shape ({recipe.Layers} layers, width {recipe.HiddenSize}, SwiGLU {recipe.IntermediateSize}) is not that of {path} " +
                $"({config.NumHiddenLayers}, {config.HiddenSize}, {config.IntermediateSize}).");
        }
        if (model.Weights.Tensors.Keys.FirstOrDefault(n => n.EndsWith("o_proj.bias", StringComparison.Ordinal)) is { } bias)
            throw new InputException($"{path}: tensor {bias} cannot be trained: only q, k and v may have biases. Such a model can be run and exported.");
        return TransformerWeights.Read(config, model.Weights, device, recipe.ComputeType);
    }

    /// <summary>The canaries that a model has seen; null where it has none, or no record.</summary>
    public static CanarySet? Canaries(string? folder) =>
        folder is not null && new ModelDirectory(folder).RecordPath is var path && File.Exists(path) ? ModelRecord.Read(path).Canaries : null;
}
