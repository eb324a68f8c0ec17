using Syrinx.Models;
using Syrinx.Tokens;
using Syrinx.Training.Data;
using Syrinx.Training.Distributed;
using Syrinx.Training.Native;
using Syrinx.Training.Runs;

namespace Syrinx.Training;

/// <summary>
/// <c>tune</c>: a pretrained model learns to answer, from dialogues; the loss is on the assistant's tokens only. Any thread may
/// call it; the process should train one model at a time.
/// </summary>
public static class Tuner
{
    /// <summary>Tunes to the end of the recipe's budget and writes <c>models/NAME</c>.</summary>
    /// <param name="settings">Which model, and the recipe.</param>
    /// <param name="dialogues">The dialogues, streamed once.</param>
    /// <param name="context">Home folder, threads, progress, cancellation.</param>
    /// <returns>Its validation losses are over the assistant's tokens of the validation dialogues.</returns>
    /// <exception cref="InputException">There are no dialogues, or recipe or model will not do; or the loss diverges.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a checkpoint was saved, <see cref="TrainContext.Resume"/> goes on from it.</exception>
    public static TrainReport Run(TuneSettings settings, IEnumerable<TuningDialogue> dialogues, TrainContext context)
    {
        var recipe = settings.Recipe.Validated();
        if (recipe.Canaries > 0)
            throw new InputException("The recipe: canaries belong to 'train'; dialogues have none. A tuned model keeps those of the model it came from.");
        var device = LibTorch.Device(recipe.Device);
        RollCall.SameHome(context.World, context.Home);
        var target = new ModelDirectory(context.Home.Model(settings.Name));
        var folder = new RunFolder(context.Home.Run(settings.Name));
        var tokenizer = ModelFiles.ReadTokenizer(settings.From);
        if (!ChatTemplate.Fits(tokenizer))
            throw new InputException($"{settings.From} lacks {BpeTokenizer.MessageStart} and {BpeTokenizer.MessageEnd}, which chats need.");
        var list = dialogues as IReadOnlyList<TuningDialogue> ?? [.. dialogues];
        var template = new ChatTemplate(tokenizer);
        var data = new DialogueBatches(list, template, tokenizer.DocumentEnd, recipe, context.Cancel);
        if (data.Cut > 0)
            context.Note?.Invoke($"{data.Cut} of {list.Count} dialogues are longer than {recipe.SequenceLength} tokens and lose their end.");
        var prompts = list.Where(d => d.Validation).Take(3)
            .Select(d => template.Render(d.Turns.Take(1), addGenerationPrompt: true))
            .Where(p => p.Length < recipe.SequenceLength).ToList();
        using var weights = ModelInput.Read(settings.From, recipe, tokenizer, device);
        var task = new TrainingTask("tune", recipe, weights, data, folder, tokenizer, prompts, ValidateFirst: true)
        {
            Lineage = DataLineage.OfCorpus(context.Home, settings.From),
            Canaries = ModelInput.Canaries(settings.From),
        };
        using var loop = new TrainingLoop(task, context);
        var report = loop.Run() with { Model = settings.Name, Path = target.Path };
        ModelOutput.Write(target, task, loop.Weights, report, settings.From, context.Home, context.World);
        return report;
    }
}
