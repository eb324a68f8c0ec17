using Syrinx.Models;
using Syrinx.Training.Data;
using Syrinx.Training.Modeling;
using Syrinx.Training.Native;
using Syrinx.Training.Runs;
using Syrinx.Tokens;
using TorchSharp;

namespace Syrinx.Training;

/// <summary>
/// <c>train</c>: from the home folder's corpus, or a text, to a model in Hugging Face layout. Any thread may call it; the
/// process should train one model at a time.
/// </summary>
public static class Pretrainer
{
    /// <summary>Trains to the end of the recipe's budget and writes <c>models/NAME</c>.</summary>
    /// <param name="settings">What to train, and from what.</param>
    /// <param name="context">Home folder, threads, progress, cancellation.</param>
    /// <exception cref="InputException">The recipe, the text or the model to go on from will not do; or the loss diverges.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a checkpoint was saved, <see cref="TrainContext.Resume"/> goes on from it.</exception>
    public static TrainReport Run(PretrainSettings settings, TrainContext context)
    {
        var recipe = settings.Recipe.Validated();
        var device = LibTorch.Device(recipe.Device);
        var target = new ModelDirectory(context.Home.Model(settings.Name));
        var folder = new RunFolder(context.Home.Run(settings.Name));
        using var text = TrainingText.Prepare(settings, folder.Tokens, context);
        var tokenizer = text.Tokenizer;
        var compute = recipe.Compute == "bf16" ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32;
        using var weights = settings.From is { } from
            ? ReadWeights(from, recipe, tokenizer, device, compute)
            : TransformerWeights.Initialize(recipe.ToConfig(tokenizer.VocabSize, tokenizer.TokenId(BpeTokenizer.EndOfText)), recipe.Seed, device, compute);
        var data = new WindowBatches(text.Train, text.Validation, text.Fingerprint, recipe);
        var task = new TrainingTask("train", recipe, weights, data, folder, tokenizer, Prompts(text), ValidateFirst: false);
        using var loop = new TrainingLoop(task, context);
        var report = loop.Run() with { Model = settings.Name, Path = target.Path };
        ModelOutput.Write(target, folder, weights, tokenizer, task, report, settings.From);
        return report;
    }

    private static TransformerWeights ReadWeights(
        string from, TrainRecipe recipe, BpeTokenizer tokenizer, torch.Device device, torch.ScalarType compute)
    {
        var directory = new ModelDirectory(from);
        var config = ModelConfig.Read(directory.ConfigPath);
        if (recipe.SequenceLength > config.MaxPositionEmbeddings)
            throw new InputException($"sequence_length {recipe.SequenceLength} is longer than {directory.ConfigPath} allows: max_position_embeddings is {config.MaxPositionEmbeddings}.");
        if (tokenizer.VocabSize > config.VocabSize)
            throw new InputException($"The tokenizer has {tokenizer.VocabSize} tokens, but {directory.ConfigPath} says vocab_size {config.VocabSize}.");
        using var file = Safetensors.Open(directory.WeightsPath);
        return TransformerWeights.Read(config, file, device, compute);
    }

    /// <summary>Beginnings of three validation documents or windows, and the empty text.</summary>
    private static List<int[]> Prompts(TrainingText text)
    {
        int end = text.Tokenizer.RequiredTokenId(BpeTokenizer.EndOfText);
        var prompts = new List<int[]> { new[] { end } };
        const int length = 8;
        for (int i = 0; i < 3 && text.Validation.Count > length; i++)
        {
            var prompt = new int[length];
            text.Validation.Read((text.Validation.Count - length) * i / 3, prompt);
            if (!prompt.Contains(end))
                prompts.Add([end, .. prompt]);
        }
        return prompts;
    }
}
