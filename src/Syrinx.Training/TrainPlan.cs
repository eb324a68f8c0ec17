using System.Diagnostics;
using Syrinx.Models;
using Syrinx.Training.Data;
using Syrinx.Training.Modeling;
using Syrinx.Training.Native;
using Syrinx.Training.Optimization;
using Syrinx.Training.Runs;

namespace Syrinx.Training;

/// <summary>What a training will take, before its first step (<c>train --dry-run</c>).</summary>
public sealed record TrainPlan
{
    /// <summary>The resolved recipe.</summary>
    public required TrainRecipe Recipe { get; init; }

    /// <summary>V.</summary>
    public required int VocabSize { get; init; }

    /// <summary>Number of weights.</summary>
    public required long Params { get; init; }

    /// <summary>Weights in matrices, the output head included.</summary>
    public required long MatrixParams { get; init; }

    /// <summary>Steps; with a budget in minutes, as many as the estimated rate allows.</summary>
    public required long Steps { get; init; }

    /// <summary>Tokens that will be trained on.</summary>
    public required long Tokens { get; init; }

    /// <summary>Rounds over the data.</summary>
    public required double Epochs { get; init; }

    /// <summary>Bytes held at most, by part; estimated.</summary>
    public required MemoryEstimate Memory { get; init; }

    /// <summary>Their sum.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Bytes of one checkpoint on the disk.</summary>
    public required long CheckpointBytes { get; init; }

    /// <summary>FLOP of a trained token; nothing recomputed.</summary>
    public required double FlopsPerToken { get; init; }

    /// <summary>FLOP of the training.</summary>
    public required double Flops { get; init; }

    /// <summary>The machine's best bf16 product, FLOP a second, measured now; of several ranks, this one times their number.</summary>
    public required double GemmPeakFlops { get; init; }

    /// <summary>Share of the peak that is assumed; see <see cref="AssumedMfu"/>.</summary>
    public required double MfuAssumed { get; init; }

    /// <summary>Tokens a second that follow from the two.</summary>
    public required double TokensPerSecondEstimated { get; init; }

    /// <summary>Seconds of the steps that follow, without validation and checkpoints.</summary>
    public required double SecondsEstimated { get; init; }

    /// <summary>
    /// The share of the GEMM peak that training reached on two cores, by width (bench/train.md): 0.27 at 128, 0.48 at 384 and beyond, between them by the
    /// logarithm of the width. Recomputed layers are work that MFU does not count: three quarters of it.
    /// </summary>
    public static double AssumedMfu(int hiddenSize, bool checkpointActivations)
    {
        double share = Math.Clamp(Math.Log2(hiddenSize / 128.0) / Math.Log2(3), -1, 1);
        return (0.27 + (0.21 * share)) * (checkpointActivations ? 0.75 : 1);
    }

    internal static TrainPlan Of(TrainRecipe recipe, ModelConfig config, IBatchSource data, TrainContext context)
    {
        int ranks = context.World.Size;
        var (begin, end) = context.World.Share(recipe.MicroBatches);
        int workers = Math.Max(1, Math.Min(Math.Min(context.Threads, recipe.MicroBatches), end - begin));
        double peak = GemmPeak.Measure(context.Threads, recipe.Device) * ranks;
        double perToken = Modeling.Flops.PerToken(config, recipe.SequenceLength), mfu = AssumedMfu(config.HiddenSize, recipe.CheckpointActivations);
        double rate = peak * mfu / perToken;
        long steps = StepBudget.Of(recipe, data, config.Parameters) ?? Math.Max(1, (long)(recipe.Minutes!.Value * 60 * rate / recipe.TokensPerStep));
        CompileKernels(recipe);
        using var process = Process.GetCurrentProcess();
        var memory = MemoryEstimate.Of(recipe, config, workers, ranks, process.WorkingSet64);
        return new()
        {
            Recipe = recipe,
            VocabSize = config.VocabSize,
            Params = config.Parameters,
            MatrixParams = config.MatrixParameters,
            Steps = steps,
            Tokens = steps * recipe.TokensPerStep,
            Epochs = data.Epochs(steps),
            Memory = memory,
            MemoryBytes = memory.Total,
            CheckpointBytes = memory.CheckpointCopy,
            FlopsPerToken = perToken,
            Flops = steps * recipe.TokensPerStep * perToken,
            GemmPeakFlops = peak,
            MfuAssumed = mfu,
            TokensPerSecondEstimated = rate,
            SecondsEstimated = steps * recipe.TokensPerStep / rate,
        };
    }

    /// <summary>One step of a tiny model: what libraries and runtime compile and keep for training is then in this process's memory.</summary>
    private static void CompileKernels(TrainRecipe recipe)
    {
        var config = new ModelConfig
        {
            VocabSize = 256,
            HiddenSize = 64,
            IntermediateSize = 128,
            NumHiddenLayers = 1,
            NumAttentionHeads = 2,
            NumKeyValueHeads = 2,
            HeadDim = 32,
            MaxPositionEmbeddings = 64,
        };
        using var weights = TransformerWeights.Initialize(config, 1, LibTorch.Device(recipe.Device), recipe.ComputeType);
        using var engine = new StepEngine(weights, 64, 1, 1);
        using var optimizer = new Optimizer(weights.All, recipe, engine);
        var batch = new Batch(1, 64, new int[64], new int[64]);
        engine.Differentiate(batch, batch.TargetCount);
        optimizer.Step(1, 1e-4, 1);
        engine.Loss([batch]);
    }

    /// <summary>The plan in lines for a person.</summary>
    public override string ToString()
    {
        var m = Memory;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"""
            model       {Params:#,0} parameters, {MatrixParams:#,0} in matrices: {Recipe.Layers} layers, width {Recipe.HiddenSize}, {Recipe.Heads} heads of {Recipe.HeadSize}, SwiGLU {Recipe.IntermediateSize}, vocabulary {VocabSize}
            steps       {Steps:#,0} of {Recipe.TokensPerStep:#,0} tokens ({Recipe.BatchSize} sequences of {Recipe.SequenceLength}): {Tokens:#,0} tokens, {Epochs:0.00} rounds over the data
            memory      {Gib(m.Total)} at most (estimated): weights {Gib(m.Weights)}, optimizer {Gib(m.Optimizer)}, gradients {Gib(m.Gradients)}, activations {Gib(m.Activations)}, loss {Gib(m.Loss)}, checkpoint's copy {Gib(m.CheckpointCopy)}, program {Gib(m.Program)} (measured)
            checkpoint  {Gib(CheckpointBytes)} on the disk
            work        {FlopsPerToken / 1e6:0.0} MFLOP a token, {Flops:0.00e+0} FLOP in all
            time        {Duration(SecondsEstimated)} (estimated): {TokensPerSecondEstimated:#,0} tokens/s at an assumed {MfuAssumed:P0} of the GEMM peak, {GemmPeakFlops / 1e9:0} GFLOP/s measured now
            Nothing was trained.
            """);

        static string Duration(double seconds) => TimeSpan.FromSeconds(seconds) is var t && t.TotalDays >= 1
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{t.Days} d {t.Hours} h") : t.ToString(@"h\:mm\:ss", System.Globalization.CultureInfo.InvariantCulture);

        static string Gib(long bytes) => bytes < 1L << 30
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0} MiB")
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.00} GiB");
    }
}
