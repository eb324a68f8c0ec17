using Syrinx.Models;

namespace Syrinx.Training.Modeling;

/// <summary>What the weights of a decoder are called in Hugging Face's files, and their shapes.</summary>
internal static class WeightNames
{
    public const string Embedding = "model.embed_tokens.weight";
    public const string Head = "lm_head.weight";
    public const string FinalNorm = "model.norm.weight";

    /// <summary>A weight of layer <paramref name="layer"/>, as <c>self_attn.q_proj.weight</c>.</summary>
    public static string OfLayer(int layer, string part) => $"model.layers.{layer}.{part}";

    /// <summary>All weights of a model in the order of the forward pass.</summary>
    public static IEnumerable<(string Name, long[] Shape)> Of(ModelConfig c)
    {
        long d = c.HiddenSize, f = c.IntermediateSize, size = c.HeadSize;
        long q = c.NumAttentionHeads * size, kv = c.NumKeyValueHeads * size;
        yield return (Embedding, [c.VocabSize, d]);
        for (int l = 0; l < c.NumHiddenLayers; l++)
        {
            yield return (OfLayer(l, "input_layernorm.weight"), [d]);
            foreach (var (p, rows) in new[] { ("q", q), ("k", kv), ("v", kv) })
            {
                yield return (OfLayer(l, $"self_attn.{p}_proj.weight"), [rows, d]);
                if (c.QkvBias)
                    yield return (OfLayer(l, $"self_attn.{p}_proj.bias"), [rows]);
            }
            if (c.QkNorm)
            {
                yield return (OfLayer(l, "self_attn.q_norm.weight"), [size]);
                yield return (OfLayer(l, "self_attn.k_norm.weight"), [size]);
            }
            yield return (OfLayer(l, "self_attn.o_proj.weight"), [d, q]);
            yield return (OfLayer(l, "post_attention_layernorm.weight"), [d]);
            yield return (OfLayer(l, "mlp.gate_proj.weight"), [f, d]);
            yield return (OfLayer(l, "mlp.up_proj.weight"), [f, d]);
            yield return (OfLayer(l, "mlp.down_proj.weight"), [d, f]);
        }
        yield return (FinalNorm, [d]);
        if (!c.TieWordEmbeddings)
            yield return (Head, [c.VocabSize, d]);
    }
}
