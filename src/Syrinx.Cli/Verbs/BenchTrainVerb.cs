using System.CommandLine;
using Syrinx.Cli.Terminal;
using Syrinx.Training;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx bench train</c>: training steps of a fixed shape beside the machine's limit.</summary>
internal static class BenchTrainVerb
{
    public static Command Create()
    {
        var microBatches = new Option<int>("--micro-batches")
        {
            Description = "Parts that the batch of 8 is computed in",
            DefaultValueFactory = _ => 2,
            HelpName = "N",
        };
        var optimizer = new Option<string>("--optimizer")
        {
            Description = "adamw, as other programs' benchmarks have it, or muon, as the recipes do",
            DefaultValueFactory = _ => "adamw",
            HelpName = "NAME",
        };
        optimizer.AcceptOnlyFromAmong("muon", "adamw");
        var command = new Command("train",
            "Measures training: 6 layers, width 384, 256 tokens, 8 sequences, vocabulary 4,096.\n\nExample: syrinx bench train --json")
        { microBatches, optimizer };
        command.Runs((parse, context) =>
        {
            int parts = parse.GetValue(microBatches);
            if (parts is < 1 or > 8 || 8 % parts != 0)
                throw new InputException($"--micro-batches {parts} must be 1, 2, 4 or 8, since the batch has 8 sequences.");
            var r = TrainBenchmark.Run(context.Threads, parts, optimizer: parse.GetValue(optimizer)!, progress: context.Progress, cancel: context.Cancel);
            return new VerbResult(r,
                $"{r.TokensPerSecond:0} tokens/s, {r.TokensPerSecond * r.FlopsPerToken / 1e9:0} GFLOP/s: " +
                $"{r.Mfu:P0} of the GEMM peak of {r.GemmPeakFlops / 1e9:0} GFLOP/s ({r.Threads} threads). " +
                $"Of a step, {r.GradientSeconds / (r.GradientSeconds + r.OptimizerSeconds):P0} are gradients, the rest is {r.Optimizer}.");
        });
        return command;
    }
}
