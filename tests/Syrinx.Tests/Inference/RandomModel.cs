using Syrinx.Models;
using Syrinx.Tests.Tokens;
using Syrinx.Tokens;

namespace Syrinx.Tests.Inference;

/// <summary>Models with random weights, in all the shapes that are read.</summary>
internal static class RandomModel
{
    public static ModelConfig Config(string architecture, bool tied = true) => new()
    {
        Architectures = [architecture],
        ModelType = architecture.Replace("ForCausalLM", "").ToLowerInvariant(),
        VocabSize = 303,
        HiddenSize = 48,
        IntermediateSize = 88,
        NumHiddenLayers = 3,
        NumAttentionHeads = 6,
        NumKeyValueHeads = 2,
        HeadDim = architecture == "Qwen3ForCausalLM" ? 20 : null,
        MaxPositionEmbeddings = 600,
        RopeTheta = 5_000,
        RmsNormEps = 1e-5,
        TieWordEmbeddings = tied,
        AttentionBias = false,
    };

    /// <summary>A shape whose rows are whole blocks of 32 numbers.</summary>
    public static ModelConfig Blocks(string architecture, bool tied) => Config(architecture, tied) with
    {
        HiddenSize = 64,
        IntermediateSize = 96,
        NumAttentionHeads = 4,
        HeadDim = architecture == "Qwen3ForCausalLM" ? 24 : null,
    };

    /// <summary>Names and shapes of the weights, as Hugging Face's.</summary>
    public static IEnumerable<(string Name, long[] Shape)> Shapes(ModelConfig c)
    {
        int d = c.HiddenSize, f = c.IntermediateSize, q = c.NumAttentionHeads * c.HeadSize, kv = c.NumKeyValueHeads * c.HeadSize;
        yield return ("model.embed_tokens.weight", [c.VocabSize, d]);
        for (int l = 0; l < c.NumHiddenLayers; l++)
        {
            string at = $"model.layers.{l}.";
            yield return (at + "input_layernorm.weight", [d]);
            foreach (var (name, rows) in new[] { ("q", q), ("k", kv), ("v", kv) })
            {
                yield return ($"{at}self_attn.{name}_proj.weight", [rows, d]);
                if (c.QkvBias)
                    yield return ($"{at}self_attn.{name}_proj.bias", [rows]);
            }
            yield return (at + "self_attn.o_proj.weight", [d, q]);
            if (c.QkNorm)
            {
                yield return (at + "self_attn.q_norm.weight", [c.HeadSize]);
                yield return (at + "self_attn.k_norm.weight", [c.HeadSize]);
            }
            yield return (at + "post_attention_layernorm.weight", [d]);
            yield return (at + "mlp.gate_proj.weight", [f, d]);
            yield return (at + "mlp.up_proj.weight", [f, d]);
            yield return (at + "mlp.down_proj.weight", [d, f]);
        }
        yield return ("model.norm.weight", [d]);
        if (!c.TieWordEmbeddings)
            yield return ("lm_head.weight", [c.VocabSize, d]);
    }

    /// <summary>Writes a model; matrices are scaled so that activations stay near 1 and every part matters.</summary>
    public static Dictionary<string, float[]> Write(string path, ModelConfig config, int seed = 1, BpeTokenizer? tokenizer = null,
        Action<string, float[]>? change = null)
    {
        var random = new Random(seed);
        var weights = Shapes(config).ToDictionary(w => w.Name, w =>
        {
            double scale = w.Shape.Length == 2 ? 1.5 / Math.Sqrt(w.Shape[1]) : 0.3, mean = w.Name.EndsWith("norm.weight", StringComparison.Ordinal) ? 1 : 0;
            return Enumerable.Range(0, (int)w.Shape.Aggregate(1L, (a, b) => a * b))
                .Select(_ => (float)(mean + scale * (random.NextDouble() * 2 - 1) * 1.7)).ToArray();
        });
        foreach (var (name, values) in weights)
            change?.Invoke(name, values);
        tokenizer ??= TestTokenizer.Create("h+e", "l+l", "he+ll");
        new ModelDirectory(path).Write(config,
            [.. Shapes(config).Select(w => TensorSource.Float32(w.Name, w.Shape, weights[w.Name]))], tokenizer, new ModelRecord { Name = "random" });
        return weights;
    }

    public static int[] Tokens(int count, int vocabulary, int seed = 7)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(vocabulary))];
    }
}
