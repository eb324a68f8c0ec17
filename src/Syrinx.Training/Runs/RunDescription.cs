using System.Text.Json;
using Syrinx.Training.Distributed;
using Syrinx.Training.Optimization;

namespace Syrinx.Training.Runs;

/// <summary>What a run begins with, in lines for a person: every setting, every quantity that follows from them, and what of the machines will lie idle.</summary>
internal static class RunDescription
{
    /// <param name="task">What is trained.</param>
    /// <param name="totalSteps">Steps, or null where the clock will decide.</param>
    /// <param name="flopsPerToken">FLOP of a trained token.</param>
    /// <param name="peak">The machines' best product, FLOP a second.</param>
    /// <param name="engine">Workers and shares.</param>
    /// <param name="context">Threads and ranks.</param>
    public static string Of(TrainingTask task, long? totalSteps, double flopsPerToken, double peak, StepEngine engine, TrainContext context)
    {
        var (recipe, c) = (task.Recipe, task.Weights.Config);
        string budget = totalSteps is { } steps
            ? $"{steps} steps of {recipe.TokensPerStep} tokens ({task.Data.Epochs(steps):0.00} rounds over the data)"
            : $"{recipe.Minutes:0.###} minutes in steps of {recipe.TokensPerStep} tokens";
        string ranks = context.World.Size > 1 ? $"{context.World.Size} ranks with " : "";
        return $"recipe: {JsonSerializer.Serialize(recipe, RunFolder.Json)}\n" +
            $"model: {c.Parameters:#,0} parameters, {c.MatrixParameters:#,0} in matrices; {c.NumHiddenLayers} layers, width {c.HiddenSize}, " +
            $"{c.NumAttentionHeads} heads of {c.HeadSize}, SwiGLU {c.IntermediateSize}, vocabulary {c.VocabSize}\n" +
            $"budget: {budget}; {flopsPerToken / 1e6:0.0} MFLOP a token; {recipe.MicroBatches} micro-batches on {ranks}{engine.Workers} workers; " +
            $"GEMM peak {peak / 1e9:0} GFLOP/s" + OfRanks(recipe, engine, context);
    }

    private static string OfRanks(TrainRecipe recipe, StepEngine engine, TrainContext context)
    {
        var world = context.World;
        if (world.Size == 1)
            return "";
        int machines = world.Machines.Distinct().Count(), most = (recipe.MicroBatches + world.Size - 1) / world.Size;
        string text = $"\nranks: {world.Size} on {machines} machine{(machines == 1 ? "" : "s")}; {Mpi.Version().Split(',')[0]}";
        if (recipe.MicroBatches % world.Size != 0)
            text += $"\nnote: {recipe.MicroBatches} micro-batches do not share evenly among {world.Size} ranks; a step takes as long as the ranks with {most} need.";
        if (recipe.Device == "cpu" && most * engine.ThreadsEach < context.Threads)
        {
            text += $"\nnote: a rank's {most} micro-batch{(most == 1 ? "" : "es")} keep {most * engine.ThreadsEach} of its {context.Threads} threads busy; " +
                $"--micro-batches {world.Size * context.Threads} would use all.";
        }
        return text;
    }
}
