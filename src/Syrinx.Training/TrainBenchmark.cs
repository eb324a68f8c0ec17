using System.Diagnostics;
using Syrinx.Models;
using Syrinx.Training.Data;
using Syrinx.Training.Modeling;
using Syrinx.Training.Native;
using Syrinx.Training.Optimization;
using static TorchSharp.torch;

namespace Syrinx.Training;

/// <summary>What <see cref="TrainBenchmark"/> measured.</summary>
/// <param name="TokensPerSecond">Tokens trained on a second: the best of the measured steps.</param>
/// <param name="TokensPerSecondMean">The same over all measured steps.</param>
/// <param name="FlopsPerToken">6 · matrix parameters + 6 · L · D · T; nothing is recomputed.</param>
/// <param name="GemmPeakFlops">The machine's limit: the best bf16 square product.</param>
/// <param name="Mfu">TokensPerSecond · FlopsPerToken / GemmPeakFlops.</param>
/// <param name="Steps">Measured steps.</param>
/// <param name="Threads">Threads used.</param>
/// <param name="PeakRssBytes">Most memory that the process held.</param>
/// <param name="Optimizer"><c>muon</c> or <c>adamw</c>.</param>
/// <param name="GradientSeconds">Of the best step: forward and backward.</param>
/// <param name="OptimizerSeconds">Of the best step: the update. Muon's products are work that MFU does not count.</param>
public sealed record TrainBenchmarkReport(
    double TokensPerSecond, double TokensPerSecondMean, double FlopsPerToken, double GemmPeakFlops, double Mfu, int Steps, int Threads, long PeakRssBytes,
    string Optimizer, double GradientSeconds, double OptimizerSeconds);

/// <summary>
/// <c>bench train</c>: whole training steps, forward, backward and optimizer, of a fixed shape on random tokens: 6 layers,
/// D 384, T 256, 8 sequences, vocabulary 4,096. The limit is measured before and after, since machines are shared.
/// </summary>
public static class TrainBenchmark
{
    /// <summary>Runs the benchmark; about 20 s on two cores.</summary>
    /// <param name="threads">Threads to use.</param>
    /// <param name="microBatches">Parts of the batch of 8.</param>
    /// <param name="steps">Steps to measure, after two that warm up.</param>
    /// <param name="compute"><c>bf16</c> or <c>f32</c>.</param>
    /// <param name="optimizer"><c>muon</c> or <c>adamw</c>.</param>
    /// <param name="progress">Told of the steps.</param>
    /// <param name="cancel">Stops it.</param>
    public static TrainBenchmarkReport Run(
        int threads, int microBatches = 2, int steps = 12, string compute = "bf16", string optimizer = "adamw",
        IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        const int length = 256, rows = 8;
        LibTorch.Prepare();
        var config = new ModelConfig
        {
            VocabSize = 4096,
            HiddenSize = 384,
            IntermediateSize = 1024,
            NumHiddenLayers = 6,
            NumAttentionHeads = 6,
            NumKeyValueHeads = 6,
            HeadDim = 64,
            MaxPositionEmbeddings = length,
        };
        double peak = GemmPeak.Measure(threads);
        using var weights = TransformerWeights.Initialize(config, 42, CPU, compute == "bf16" ? ScalarType.BFloat16 : ScalarType.Float32);
        using var engine = new StepEngine(weights, length, microBatches, threads, optimizer == "muon");
        using var update = new Optimizer(weights.All, TrainRecipe.ForDepth(6) with { Optimizer = optimizer }, engine);
        set_num_threads(threads);
        var random = new CounterRandom(42, CounterRandom.Stream.Samples);
        int[] tokens = [.. Enumerable.Range(0, (rows * length) + 1).Select(i => (int)random.Below((ulong)i, config.VocabSize))];
        var batch = new Batch(rows, length, tokens[..^1], tokens[1..]);
        double best = double.MaxValue, total = 0, gradients = 0;
        for (int step = -2; step < steps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            var clock = Stopwatch.StartNew();
            engine.Differentiate(batch, batch.TargetCount);
            double differentiated = clock.Elapsed.TotalSeconds;
            update.Step(step + 3, 1e-4, 1);
            double seconds = clock.Elapsed.TotalSeconds;
            if (step < 0)
                continue;
            if (seconds < best)
                (best, gradients) = (seconds, differentiated);
            total += seconds;
            progress?.Report(new("bench train", step + 1, steps, "steps", $"{rows * length / seconds:0} tokens/s"));
        }
        double flopsPerToken = Flops.PerToken(config, length);
        double rate = rows * length / best;
        using var process = Process.GetCurrentProcess();
        return new(rate, rows * length * steps / total, flopsPerToken, peak, rate * flopsPerToken / peak, steps, threads, process.PeakWorkingSet64,
            optimizer, gradients, best - gradients);
    }
}
