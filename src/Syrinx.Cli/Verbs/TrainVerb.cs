using System.CommandLine;
using System.Text.Json.Nodes;
using Syrinx.Cli.Terminal;
using Syrinx.Models;
using Syrinx.Training;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx train</c>: pretrains a model from scratch, or goes on with one.</summary>
internal static class TrainVerb
{
    private static readonly Option<string> Model = new("--model") { Description = "Name of the model", Required = true, HelpName = "NAME" };
    private static readonly Option<FileInfo?> Recipe = new("--recipe") { Description = "Fields of the recipe to set, as JSON", HelpName = "FILE.json" };
    private static readonly Option<FileInfo?> Input = new("--input") { Description = "Train on this text instead of the corpus", HelpName = "FILE.txt" };
    private static readonly Option<FileInfo?> Val = new("--val") { Description = "Validate on this text (default: the last tenth of --input)", HelpName = "FILE.txt" };
    private static readonly Option<bool> Char = new("--char") { Description = "Characters as tokens; without --depth, nanoGPT's CPU budget" };
    private static readonly Option<int?> Depth = new("--depth") { Description = "The one dial: layers, of width 64 · depth (default: 4)", HelpName = "N" };
    private static readonly Option<long?> Tokens = new("--tokens") { Description = "Budget in tokens", HelpName = "N" };
    private static readonly Option<double?> Minutes = new("--minutes") { Description = "Budget in minutes", HelpName = "M" };
    private static readonly Option<long?> Steps = new("--steps") { Description = "Budget in steps; 0 writes the initialised model", HelpName = "N" };
    private static readonly Option<int?> MicroBatches = new("--micro-batches") { Description = "Parts of a batch, shared among the ranks (mpirun) or computed by one process", HelpName = "N" };
    private static readonly Option<string?> From = new("--from") { Description = "Go on from this model (name, folder or .gguf file)", HelpName = "DIR" };
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on where the run of this name stopped" };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Print shape, memory, steps and time, and train nothing" };

    internal static readonly Option<double> CheckpointEvery = new("--checkpoint-every")
    {
        Description = "Seconds between two checkpoints",
        DefaultValueFactory = _ => 60,
        HelpName = "SECONDS",
    };

    public static Command Create()
    {
        var command = new Command("train",
            "Pretrains a language model on the corpus, or on a text; in several processes under mpirun.\n\nExample: syrinx train --model town --depth 4 --minutes 5\n" +
            "Example: mpirun -n 2 syrinx train --model town --micro-batches 4 --steps 500")
        { Model, Recipe, Input, Val, Char, Depth, Tokens, Minutes, Steps, MicroBatches, From, Resume, CheckpointEvery, DryRun };
        command.RunsInRanks((parse, context) =>
        {
            if (parse.GetValue(Char) && parse.GetValue(Input) is null)
                throw new InputException("--char needs a text: give it with --input FILE.txt.");
            if (parse.GetValue(Val) is not null && parse.GetValue(Input) is null)
                throw new InputException("--val belongs to --input FILE.txt; the corpus has its own validation documents.");
            string? from = parse.GetValue(From) is { } name ? ModelFiles.Find(name, context.Home) : null;
            var settings = new PretrainSettings(parse.GetValue(Model)!, Resolve(parse, context, from),
                parse.GetValue(Input)?.FullName, parse.GetValue(Val)?.FullName, parse.GetValue(Char), From: from);
            if (parse.GetValue(DryRun))
            {
                var plan = Pretrainer.Plan(settings, TrainingContext(parse, context, resume: false));
                return new VerbResult(plan, plan.ToString());
            }
            var report = Pretrainer.Run(settings, TrainingContext(parse, context, parse.GetValue(Resume)));
            return new VerbResult(report, Summary(report));
        });
        return command;
    }

    internal static TrainContext TrainingContext(VerbContext context, bool resume) =>
        new(context.Home, context.Threads, resume, context.Progress, context.Progress.Note, context.Cancel) { World = context.World };

    internal static TrainContext TrainingContext(ParseResult parse, VerbContext context, bool resume)
    {
        double seconds = parse.GetValue(CheckpointEvery);
        if (!(seconds >= 0 && seconds <= 86_400))
            throw new InputException($"--checkpoint-every {seconds} must be between 0 and 86400 seconds.");
        return TrainingContext(context, resume) with { CheckpointEvery = TimeSpan.FromSeconds(seconds) };
    }

    internal static string Summary(TrainReport r) =>
        $"{r.Path}: {r.Params / 1e6:0.00}M parameters, {r.Steps} steps, {r.Tokens} tokens in {r.Seconds:0} s " +
        $"({r.TokensPerSecond:0} tokens/s, MFU {r.Mfu:P0}).\n" +
        $"Loss {r.TrainLoss:0.000}" +
        (r.ValLossBefore is { } before ? $", validation {before:0.000} before and {r.ValLoss:0.000} after" : $", validation {r.ValLoss:0.000}") +
        $" nats a token, {r.ValBpb:0.000} bits a byte.";

    // the dial, then the file, then the options: each sets what the one before left
    private static TrainRecipe Resolve(ParseResult parse, VerbContext context, string? from)
    {
        var file = parse.GetValue(Recipe);
        var fields = file is null ? [] : TrainRecipe.ReadFields(file.FullName);
        int? depth = parse.GetValue(Depth) ?? (fields["depth"] is JsonValue v && v.TryGetValue(out int n) ? n : null);
        var recipe = from is not null ? TrainRecipe.Of(ModelFiles.ReadConfig(from))
            : depth is { } d ? TrainRecipe.ForDepth(d)
            : parse.GetValue(Char) ? TrainRecipe.ForCharacters() : TrainRecipe.ForDepth(TrainRecipe.DefaultDepth);
        if (from is not null && depth is not null)
            throw new InputException("--depth makes a new shape, but --from goes on with a model's own: give one of them.");
        recipe = (recipe with { Seed = context.Seed }).With(fields, file?.FullName ?? "");
        return WithBudget(recipe, parse.GetValue(Steps), parse.GetValue(Tokens), parse.GetValue(Minutes)) with
        {
            MicroBatches = parse.GetValue(MicroBatches) ?? recipe.MicroBatches,
        };
    }

    /// <summary>A budget from the command line replaces the recipe's.</summary>
    internal static TrainRecipe WithBudget(TrainRecipe recipe, long? steps, long? tokens, double? minutes) =>
        steps is null && tokens is null && minutes is null ? recipe : recipe with { Steps = steps, Tokens = tokens, Minutes = minutes };
}
