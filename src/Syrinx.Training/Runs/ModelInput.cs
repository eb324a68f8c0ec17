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
    public static TransformerWeights Read(ModelDirectory directory, TrainRecipe recipe, BpeTokenizer tokenizer, torch.Device device)
    {
        var config = ModelConfig.Read(directory.ConfigPath);
        if (recipe.SequenceLength > config.MaxPositionEmbeddings)
        {
            throw new InputException(
                $"sequence_length {recipe.SequenceLength} is longer than {directory.ConfigPath} allows: max_position_embeddings is {config.MaxPositionEmbeddings}.");
        }
        if (tokenizer.VocabSize > config.VocabSize)
            throw new InputException($"The tokenizer has {tokenizer.VocabSize} tokens, but {directory.ConfigPath} says vocab_size {config.VocabSize}.");
        if (config.HiddenSize != recipe.HiddenSize || config.NumHiddenLayers != recipe.Layers || config.IntermediateSize != recipe.IntermediateSize)
        {
            throw new InputException(
                $"The recipe's shape ({recipe.Layers} layers, width {recipe.HiddenSize}, SwiGLU {recipe.IntermediateSize}) is not that of {directory.ConfigPath} " +
                $"({config.NumHiddenLayers}, {config.HiddenSize}, {config.IntermediateSize}).");
        }
        using var file = Safetensors.Open(directory.WeightsPath);
        return TransformerWeights.Read(config, file, device, recipe.ComputeType);
    }

    /// <summary>The canaries that a model has seen; null where it has none, or no record.</summary>
    public static CanarySet? Canaries(string? folder) =>
        folder is not null && new ModelDirectory(folder).RecordPath is var path && File.Exists(path) ? ModelRecord.Read(path).Canaries : null;
}
