using Syrinx.Models;
using Syrinx.Training.Data;
using Syrinx.Training.Modeling;
using Syrinx.Training.Native;
using static TorchSharp.torch;

namespace Syrinx.Training.Tests;

/// <summary>Models and batches small enough for a test.</summary>
internal static class TinyModel
{
    public static ModelConfig Config(string architecture = "Qwen3ForCausalLM", int keyValueHeads = 2, bool tied = true) => new()
    {
        Architectures = [architecture],
        ModelType = architecture.Replace("ForCausalLM", "").ToLowerInvariant(),
        VocabSize = 61,
        HiddenSize = 32,
        IntermediateSize = 48,
        NumHiddenLayers = 2,
        NumAttentionHeads = 4,
        NumKeyValueHeads = keyValueHeads,
        HeadDim = 16,
        MaxPositionEmbeddings = 32,
        TieWordEmbeddings = tied,
        InitializerRange = 0.1,
    };

    public static TransformerWeights Weights(ModelConfig config, string compute = "f32", ulong seed = 1)
    {
        LibTorch.Prepare();
        return TransformerWeights.Initialize(config, seed, CPU, compute == "f32" ? ScalarType.Float32 : ScalarType.BFloat16);
    }

    public static Batch Batch(int rows, int length, int vocab = 61, ulong seed = 3)
    {
        var random = new CounterRandom(seed, 0);
        int[] Ids(ulong from) => [.. Enumerable.Range(0, rows * length).Select(i => (int)random.Below(from + (ulong)i, vocab))];
        return new Batch(rows, length, Ids(0), Ids(1 << 20));
    }
}
