using Syrinx.Models;
using Syrinx.Tokens;
using Syrinx.Training.Data;
using Syrinx.Training.Distributed;
using Syrinx.Training.Modeling;
using Syrinx.Training.Native;
using Syrinx.Training.Runs;

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
        RollCall.SameHome(context.World, context.Home);
        var target = new ModelDirectory(context.Home.Model(settings.Name));
        var folder = new RunFolder(context.Home.Run(settings.Name));
        using var text = TrainingText.Prepare(settings, folder.Tokens, context);
        var tokenizer = text.Tokenizer;
        using var weights = settings.From is { } from
            ? ModelInput.Read(from, recipe, tokenizer, device)
            : TransformerWeights.Initialize(recipe.ToConfig(tokenizer.VocabSize, tokenizer.TokenId(BpeTokenizer.EndOfText)), recipe.Seed, device, recipe.ComputeType);
        var data = Batches(text, recipe);
        var task = new TrainingTask("train", recipe, weights, data, folder, tokenizer, Prompts(text), ValidateFirst: false)
        {
            Lineage = settings.Input is null ? DataLineage.OfCorpus(context.Home, settings.From) : DataLineage.OfModel(settings.From),
            Canaries = recipe.CanarySet ?? ModelInput.Canaries(settings.From),
        };
        using var loop = new TrainingLoop(task, context);
        var report = loop.Run() with { Model = settings.Name, Path = target.Path };
        ModelOutput.Write(target, task, loop.Weights, report, settings.From, context.Home, context.World);
        return report;
    }

    /// <summary>What <see cref="Run"/> would do, without a step of it; tokens that are missing are made, since steps and shape depend on them.</summary>
    /// <param name="settings">As for <see cref="Run"/>.</param>
    /// <param name="context">As for <see cref="Run"/>.</param>
    /// <exception cref="InputException">The recipe, the text or the model to go on from will not do.</exception>
    public static TrainPlan Plan(PretrainSettings settings, TrainContext context)
    {
        var recipe = settings.Recipe.Validated();
        LibTorch.Device(recipe.Device);
        using var text = TrainingText.Prepare(settings, new RunFolder(context.Home.Run(settings.Name)).Tokens, context);
        return TrainPlan.Of(recipe, Config(), Batches(text, recipe), context);

        ModelConfig Config()
        {
            if (settings.From is not { } from)
                return recipe.ToConfig(text.Tokenizer.VocabSize, text.Tokenizer.TokenId(BpeTokenizer.EndOfText));
            using var model = ModelFiles.Open(from);
            return model.Config;
        }
    }

    private static IBatchSource Batches(TrainingText text, TrainRecipe recipe) => recipe.Packing == "documents"
        ? new PackedBatches(text.Train, text.Validation, text.Tokenizer.RequiredTokenId(BpeTokenizer.EndOfText), text.Fingerprint, recipe)
        : new WindowBatches(text.Train, text.Validation, text.Fingerprint, recipe);

    /// <summary>Beginnings of three validation documents or windows, and the empty text.</summary>
    private static List<int[]> Prompts(TrainingText text)
    {
        int end = text.Tokenizer.DocumentEnd;
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
