using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Syrinx.Models;
using TorchSharp;

namespace Syrinx.Training;

/// <summary>
/// Every setting of a training run that changes its result; saved beside it. Immutable. Made by <see cref="ForDepth"/>,
/// <see cref="ForCharacters"/> or <see cref="ForTuning"/>, changed by <see cref="With"/>, checked by <see cref="Validated"/>.
/// </summary>
public sealed record TrainRecipe
{
    /// <summary>The one dial, from which the others were derived; 0 where the shape came from elsewhere.</summary>
    public int Depth { get; init; }

    /// <summary>The dial where nobody turned it: the best for minutes on two cores.</summary>
    public const int DefaultDepth = 4;

    /// <summary>L: layers.</summary>
    public required int Layers { get; init; }

    /// <summary>D: width of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>F: width of the SwiGLU.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>H: query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>K: key and value heads.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>S: width of a head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Base of the rotary embedding.</summary>
    public double RopeTheta { get; init; } = 10_000;

    /// <summary>Standard deviation of the initial weights.</summary>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>T: tokens of a sequence.</summary>
    public required int SequenceLength { get; init; }

    /// <summary>B: sequences of a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>
    /// Parts that a batch is computed in, side by side on the threads and one after the other beyond that. With at least as
    /// many as threads, the result does not depend on the number of threads.
    /// </summary>
    public int MicroBatches { get; init; } = 4;

    /// <summary>The highest learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Share of the learning rate that is left at the end.</summary>
    public double FinalLearningRateShare { get; init; }

    /// <summary>Steps in which the learning rate rises from near 0.</summary>
    public int WarmupSteps { get; init; } = 20;

    /// <summary>
    /// How it falls after that, until the last step: <c>linear</c>, <c>cosine</c>, or <c>wsd</c>: it stays, and falls linearly in the last
    /// <see cref="DecayShare"/> of the steps. A run of the last kind can go on to more steps from the end of its stable phase.
    /// </summary>
    public string Decay { get; init; } = "linear";

    /// <summary>Share of the steps in which <c>wsd</c> falls; 0.1 to 0.2 did best in Hägele et al. 2024, https://arxiv.org/abs/2405.18392.</summary>
    public double DecayShare { get; init; } = 0.2;

    /// <summary><c>adamw</c>; or <c>muon</c>, which takes the layers' matrices and leaves the rest to AdamW.</summary>
    public string Optimizer { get; init; } = "adamw";

    /// <summary>The highest learning rate of what Muon leaves to AdamW: embedding, head, norms, biases; null: <see cref="LearningRate"/>.</summary>
    public double? AdamwLearningRate { get; init; }

    /// <summary>Muon's momentum.</summary>
    public double MuonMomentum { get; init; } = 0.95;

    /// <summary>AdamW's decay of matrices; norms and biases do not decay.</summary>
    public double WeightDecay { get; init; } = 0.1;

    /// <summary>AdamW's β₁.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>AdamW's β₂.</summary>
    public double Beta2 { get; init; } = 0.95;

    /// <summary>AdamW's ε.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Largest Euclidean norm of the gradients; longer ones are scaled down. 0: any.</summary>
    public double GradientClip { get; init; } = 1;

    /// <summary>
    /// Coefficient of the z-loss (ln² of the softmax' denominator), which keeps the logits of a long training small; PaLM took 1e-4. 0: none. It is in no
    /// loss that is reported.
    /// </summary>
    public double ZLoss { get; init; }

    /// <summary>
    /// Whether the backward pass computes each layer anew instead of keeping what is in it: much less memory, a third more products, the same result to the
    /// bit.
    /// </summary>
    public bool CheckpointActivations { get; init; }

    /// <summary>
    /// A spike changes nothing and is reported: a step whose loss lies more than so many standard deviations above the mean of the last 128 steps, or the
    /// logarithm of whose gradient norm does; there less than 0.25 counts as 0.25, so that 6 are at least 4.5 times the usual norm. 0: none is skipped but those that are no numbers.
    /// </summary>
    public double SpikeDeviations { get; init; } = 6;

    /// <summary>
    /// How texts become sequences: <c>windows</c> of the text, document after document; or <c>documents</c>, packed best fit, each seeing only itself.
    /// </summary>
    public string Packing { get; init; } = "windows";

    /// <summary>Newest checkpoints that are kept. It does not change the result, and may be another when a run is resumed.</summary>
    public int KeepCheckpoints { get; init; } = 2;

    /// <summary>Hours of training of which one checkpoint each is kept beside the newest; 0: none. As <see cref="KeepCheckpoints"/>.</summary>
    public double KeepEveryHours { get; init; }

    /// <summary>Budget in steps, or null. One of the three is given, or none: then <see cref="MaxEpochs"/> and the model's size decide.</summary>
    public long? Steps { get; init; }

    /// <summary>Budget in tokens, or null.</summary>
    public long? Tokens { get; init; }

    /// <summary>Budget in minutes, or null: the first steps' throughput fixes a number of steps.</summary>
    public double? Minutes { get; init; }

    /// <summary>Without a budget: 20 tokens for each weight, but no more rounds over the data than this.</summary>
    public double MaxEpochs { get; init; } = 8;

    /// <summary>Seed of weights, order of data and samples.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>
    /// Canaries for each number of <see cref="CanarySet.Repetitions"/> that are put between the documents to pretrain on, to see what the
    /// model repeats of what it read (<c>syrinx eval model</c>); 0: none. They are invented, and of <see cref="Seed"/>.
    /// </summary>
    public int Canaries { get; init; }

    /// <summary>Type that products are computed in: <c>bf16</c>, or <c>f32</c>. Master weights are always fp32.</summary>
    public string Compute { get; init; } = "bf16";

    /// <summary><c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Steps between two validations; 0: five in a run. The last step is always validated.</summary>
    public int EvaluateEvery { get; init; }

    /// <summary>Sequences to validate on, spread evenly over the validation set; 0: all that do not overlap.</summary>
    public int ValidationWindows { get; init; } = 64;

    /// <summary>Texts generated along the way.</summary>
    public int Samples { get; init; } = 3;

    /// <summary>Type of the saved weights: <c>float32</c> or <c>bfloat16</c>.</summary>
    public string SavedType { get; init; } = "float32";

    /// <summary>Tokens of a step.</summary>
    [JsonIgnore]
    public long TokensPerStep => (long)BatchSize * SequenceLength;

    internal CanarySet? CanarySet => Canaries > 0 ? new(Seed, Canaries) : null;

    internal torch.ScalarType ComputeType => Compute == "bf16" ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32;

    /// <summary>
    /// From scratch, by one dial: depth layers of width 64 · depth, heads of 64, F = 8/3 · D to the next 64. Values
    /// were searched on two cores with 75 s of training (docs/train.md has what was found); the learning rate falls with the
    /// width, as 1/√D does, which is a guess beyond the widths that were tried (128 to 256).
    /// </summary>
    public static TrainRecipe ForDepth(int depth)
    {
        if (depth is < 1 or > 128)
            throw new InputException($"--depth {depth} must be between 1 and 128.");
        int width = 64 * depth;
        return new TrainRecipe
        {
            Depth = depth,
            Layers = depth,
            HiddenSize = width,
            IntermediateSize = RoundTo64(width * 8 / 3.0),
            Heads = depth,
            KeyValueHeads = depth,
            HeadSize = 64,
            SequenceLength = depth < 8 ? 256 : depth < 16 ? 512 : 1024,
            BatchSize = depth < 8 ? 8 : 16,
            LearningRate = 3e-3 * Math.Sqrt(256.0 / width),
            Optimizer = "muon",
            Packing = "documents",
            SavedType = depth < 16 ? "float32" : "bfloat16",
        };
    }

    /// <summary>
    /// nanoGPT's budget for Tiny Shakespeare by character on a CPU: 4 layers, 4 heads, width 128, T 64, 12 sequences, 2,000
    /// steps, at most 0.85M parameters; validated on all windows that do not overlap. Learning rates were searched with that many tokens (bench/train.md).
    /// </summary>
    public static TrainRecipe ForCharacters() => new()
    {
        Layers = 4,
        HiddenSize = 128,
        IntermediateSize = 320,
        Heads = 4,
        KeyValueHeads = 4,
        HeadSize = 32,
        SequenceLength = 64,
        BatchSize = 12,
        Steps = 2000,
        Optimizer = "muon",
        LearningRate = 8e-3,
        AdamwLearningRate = 4e-3,
        WarmupSteps = 100,
        EvaluateEvery = 1000,
        ValidationWindows = 0,
    };

    /// <summary>Tuning a model of a shape: small steps, few rounds.</summary>
    public static TrainRecipe ForTuning(ModelConfig config) => Of(config) with
    {
        BatchSize = 8,
        Optimizer = "adamw",
        LearningRate = 5e-4 * Math.Sqrt(256.0 / config.HiddenSize),
        WarmupSteps = 5,
        WeightDecay = 0.01,
        MaxEpochs = 2,
    };

    /// <summary>Going on from a model: its shape, and the rest as for its depth.</summary>
    public static TrainRecipe Of(ModelConfig config) => ForDepth(Math.Clamp((config.HiddenSize + 63) / 64, 1, 128)) with
    {
        Depth = 0,
        Layers = config.NumHiddenLayers,
        HiddenSize = config.HiddenSize,
        IntermediateSize = config.IntermediateSize,
        Heads = config.NumAttentionHeads,
        KeyValueHeads = config.NumKeyValueHeads,
        HeadSize = config.HeadSize,
        RopeTheta = config.RopeTheta,
        InitializerRange = config.InitializerRange,
        SequenceLength = Math.Min(config.MaxPositionEmbeddings, 1024),
    };

    /// <summary>The shape that the recipe makes.</summary>
    /// <param name="vocabSize">V.</param>
    /// <param name="endOfText">Token that ends a text.</param>
    public ModelConfig ToConfig(int vocabSize, int? endOfText) => new ModelConfig
    {
        VocabSize = vocabSize,
        HiddenSize = HiddenSize,
        IntermediateSize = IntermediateSize,
        NumHiddenLayers = Layers,
        NumAttentionHeads = Heads,
        NumKeyValueHeads = KeyValueHeads,
        HeadDim = HeadSize,
        MaxPositionEmbeddings = SequenceLength,
        RopeTheta = RopeTheta,
        InitializerRange = InitializerRange,
        EosTokenId = endOfText,
        TorchDtype = SavedType,
    }.Validated("the recipe");

    /// <summary>The recipe with some fields changed.</summary>
    /// <param name="fields">Fields of the recipe in snake_case.</param>
    /// <param name="where">File they come from, for messages.</param>
    /// <exception cref="InputException">A field is not known, or its value is of another type.</exception>
    public TrainRecipe With(JsonObject fields, string where)
    {
        var all = (JsonObject)JsonSerializer.SerializeToNode(this, Json)!;
        var known = typeof(TrainRecipe).GetProperties().Where(p => p.CanWrite).Select(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name)).ToHashSet();
        foreach (var (name, value) in fields)
        {
            if (!known.Contains(name))
                throw new InputException($"{where}: a recipe has no field '{name}'. It has {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
            all[name] = value?.DeepClone();
        }
        try
        {
            return all.Deserialize<TrainRecipe>(Json)!;
        }
        catch (JsonException e)
        {
            throw new InputException($"{where}: {e.Message}", e);
        }
    }

    /// <summary>Reads the fields of a recipe file, for <see cref="With"/>.</summary>
    /// <exception cref="InputException">The file is not there or not a JSON object.</exception>
    public static JsonObject ReadFields(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new JsonException("it is not an object");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} must be a JSON object of recipe fields such as {{\"learning_rate\": 0.002}}: {e.Message}", e);
        }
    }

    /// <summary>Checks that the values fit together.</summary>
    /// <exception cref="InputException">One does not; the message names it and what would be right.</exception>
    public TrainRecipe Validated()
    {
        string? problem = this switch
        {
            { Layers: < 1 } or { HiddenSize: < 1 } or { IntermediateSize: < 1 } or { Heads: < 1 } or { KeyValueHeads: < 1 } or { HeadSize: < 2 } =>
                "layers, hidden_size, intermediate_size, heads, key_value_heads must be at least 1 and head_size at least 2",
            { SequenceLength: < 2 } => $"sequence_length {SequenceLength} must be at least 2",
            { BatchSize: < 1 } => $"batch_size {BatchSize} must be at least 1",
            { MicroBatches: < 1 } => $"micro_batches {MicroBatches} must be at least 1",
            _ when BatchSize % MicroBatches != 0 => $"batch_size {BatchSize} must be a multiple of micro_batches {MicroBatches}",
            _ when !(LearningRate > 0 && double.IsFinite(LearningRate)) => $"learning_rate {LearningRate} must be above 0",
            { AdamwLearningRate: { } rate } when !(rate > 0 && double.IsFinite(rate)) => $"adamw_learning_rate {rate} must be above 0",
            { FinalLearningRateShare: < 0 or > 1 } => $"final_learning_rate_share {FinalLearningRateShare} must be between 0 and 1",
            { WarmupSteps: < 0 } => $"warmup_steps {WarmupSteps} must not be negative",
            { Decay: not ("linear" or "cosine" or "wsd") } => $"decay '{Decay}' must be linear, cosine or wsd",
            _ when !(DecayShare > 0 && DecayShare <= 1) => $"decay_share {DecayShare} must be above 0 and at most 1",
            { Optimizer: not ("adamw" or "muon") } => $"optimizer '{Optimizer}' must be adamw or muon",
            _ when !(MuonMomentum >= 0 && MuonMomentum < 1) => $"muon_momentum {MuonMomentum} must be in [0, 1)",
            { Beta1: < 0 or >= 1 } or { Beta2: < 0 or >= 1 } => $"beta1 {Beta1} and beta2 {Beta2} must be in [0, 1)",
            _ when !(ZLoss >= 0 && ZLoss < 1) => $"z_loss {ZLoss} must be in [0, 1)",
            _ when !(Epsilon > 0) || !(WeightDecay >= 0) || !(GradientClip >= 0) => "epsilon must be above 0, weight_decay and gradient_clip not below",
            _ when !(SpikeDeviations >= 0) => $"spike_deviations {SpikeDeviations} must not be negative",
            { Packing: not ("windows" or "documents") } => $"packing '{Packing}' must be windows or documents",
            { KeepCheckpoints: < 1 } => $"keep_checkpoints {KeepCheckpoints} must be at least 1",
            _ when !(KeepEveryHours >= 0) => $"keep_every_hours {KeepEveryHours} must not be negative",
            { Steps: < 0 } => $"steps {Steps} must not be negative",
            { Tokens: < 1 } => $"tokens {Tokens} must be at least 1",
            { Minutes: { } m } when !(m > 0 && m < 1e7) => $"minutes {m} must be above 0",
            _ when (Steps is null ? 0 : 1) + (Tokens is null ? 0 : 1) + (Minutes is null ? 0 : 1) > 1 => "only one of steps, tokens and minutes can be given",
            _ when !(MaxEpochs > 0) => $"max_epochs {MaxEpochs} must be above 0",
            { Canaries: < 0 or > CanarySet.Most } => $"canaries {Canaries} must be between 0 and {CanarySet.Most}",
            { Compute: not ("bf16" or "f32") } => $"compute '{Compute}' must be bf16 or f32",
            { EvaluateEvery: < 0 } or { ValidationWindows: < 0 } or { Samples: < 0 } => "evaluate_every, validation_windows and samples must not be negative",
            { SavedType: not ("float32" or "bfloat16") } => $"saved_type '{SavedType}' must be float32 or bfloat16",
            _ => null,
        };
        return problem is null ? this : throw new InputException($"The recipe: {problem}.");
    }

    /// <summary>How recipes are spelt.</summary>
    public static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>The recipe as JSON.</summary>
    public JsonObject ToJson() => (JsonObject)JsonSerializer.SerializeToNode(this, Json)!;

    private static int RoundTo64(double x) => (int)Math.Round(x / 64, MidpointRounding.AwayFromZero) * 64;
}
