using System.CommandLine;
using Syrinx.Cli.Terminal;
using Syrinx.Inference;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx bench inference</c>: how fast a model reads and writes, and the memory's limit beside it.</summary>
internal static class BenchInferenceVerb
{
    public static Command Create()
    {
        var batch = new Option<int>("--batch")
        {
            Description = "Sequences at once",
            DefaultValueFactory = _ => 1,
            HelpName = "N",
        };
        var prompt = new Option<int>("--prompt-tokens")
        {
            Description = "Length of each prompt",
            DefaultValueFactory = _ => 128,
            HelpName = "N",
        };
        var fresh = new Option<int>("--new-tokens")
        {
            Description = "Tokens generated after it",
            DefaultValueFactory = _ => 64,
            HelpName = "N",
        };
        var command = new Command("inference",
            "Speed of a model on random tokens, and of this machine's memory.\n\n" +
            "Example: syrinx bench inference --model quickstart --prompt-tokens 256 --new-tokens 128")
        {
            ModelOptions.Model, ModelOptions.Quant, batch, prompt, fresh,
        };
        command.Runs((parse, context) =>
        {
            using var model = ModelOptions.Load(parse, context);
            var report = InferenceBenchmark.Measure(
                model, parse.GetValue(batch), parse.GetValue(prompt), parse.GetValue(fresh), context.Seed, context.Cancel);
            return new VerbResult(report,
                $"{report.Parameters / 1e6:0.0}M parameters, {report.Threads} threads, {report.Isa}: prefill " +
                $"{report.PrefillTokensPerSecond:0} tokens/s, " +
                $"decode {report.DecodeTokensPerSecond:0.0} tokens/s, {report.BytesReadPerToken / 1e6:0.0} MB a token; " +
                $"memory {report.MemoryBandwidthBytesPerSecond / 1e9:0.0} GB/s");
        });
        return command;
    }
}
