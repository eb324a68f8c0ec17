using System.CommandLine;
using Syrinx.Cli.Terminal;
using Syrinx.Data.Corpus;
using Syrinx.Models;
using Syrinx.Training;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx tune</c>: a model learns to answer, from the corpus' dialogues.</summary>
internal static class TuneVerb
{
    private static readonly Option<string> Model = new("--model") { Description = "Name of the tuned model", Required = true, HelpName = "NAME" };
    private static readonly Option<string> From = new("--from") { Description = "The model to tune (name, folder or .gguf file)", Required = true, HelpName = "NAME" };
    private static readonly Option<FileInfo?> Recipe = new("--recipe") { Description = "Fields of the recipe to set, as JSON", HelpName = "FILE.json" };
    private static readonly Option<long?> Tokens = new("--tokens") { Description = "Budget in tokens", HelpName = "N" };
    private static readonly Option<double?> Minutes = new("--minutes") { Description = "Budget in minutes", HelpName = "M" };
    private static readonly Option<long?> Steps = new("--steps") { Description = "Budget in steps", HelpName = "N" };
    private static readonly Option<int?> MicroBatches = new("--micro-batches") { Description = "Parts of a batch, shared among the ranks (mpirun) or computed by one process", HelpName = "N" };
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on where the run of this name stopped" };

    public static Command Create()
    {
        var command = new Command("tune",
            "Tunes a model on the corpus' dialogues; the loss is on the assistant's words only.\n\nExample: syrinx tune --model town-chat --from town")
        { Model, From, Recipe, Tokens, Minutes, Steps, MicroBatches, Resume, TrainVerb.CheckpointEvery };
        command.RunsInRanks((parse, context) =>
        {
            string from = ModelFiles.Find(parse.GetValue(From)!, context.Home);
            var recipe = TrainRecipe.ForTuning(ModelFiles.ReadConfig(from)) with { Seed = context.Seed };
            if (parse.GetValue(Recipe) is { } file)
                recipe = recipe.With(TrainRecipe.ReadFields(file.FullName), file.FullName);
            recipe = TrainVerb.WithBudget(recipe, parse.GetValue(Steps), parse.GetValue(Tokens), parse.GetValue(Minutes)) with
            {
                MicroBatches = parse.GetValue(MicroBatches) ?? recipe.MicroBatches,
            };
            var settings = new TuneSettings(parse.GetValue(Model)!, from, recipe);
            var report = Tuner.Run(settings, Dialogues(context), TrainVerb.TrainingContext(parse, context, parse.GetValue(Resume)));
            return new VerbResult(report, TrainVerb.Summary(report));
        });
        return command;
    }

    /// <summary>The corpus' dialogues as the tuner takes them.</summary>
    internal static IEnumerable<TuningDialogue> Dialogues(VerbContext context) =>
        CorpusFiles.ReadDialogues(context.Home.Corpus, context.Cancel).Select(d =>
            new TuningDialogue([.. d.Turns.Select(t => new ChatTurn(t.Role, t.Text))], d.Split == "val"));
}
