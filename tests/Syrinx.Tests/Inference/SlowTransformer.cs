using Syrinx.Models;

namespace Syrinx.Tests.Inference;

/// <summary>
/// The slow twin of the inference engine: the same decoder written plainly, in double precision, one token at a time,
/// after the papers and Hugging Face's layout. Returns the logits after every token.
/// </summary>
internal static class SlowTransformer
{
    public static double[] Forward(ModelConfig c, Dictionary<string, float[]> weights, ReadOnlySpan<int> tokens)
    {
        int d = c.HiddenSize, w = c.HeadSize, heads = c.NumAttentionHeads, kvHeads = c.NumKeyValueHeads;
        var keys = Enumerable.Range(0, c.NumHiddenLayers).Select(_ => new List<double[]>()).ToArray();
        var values = Enumerable.Range(0, c.NumHiddenLayers).Select(_ => new List<double[]>()).ToArray();
        var logits = new List<double>();
        for (int t = 0; t < tokens.Length; t++)
        {
            double[] x = [.. weights["model.embed_tokens.weight"].AsSpan(tokens[t] * d, d).ToArray().Select(v => (double)v)];
            for (int l = 0; l < c.NumHiddenLayers; l++)
            {
                string at = $"model.layers.{l}.", attention = at + "self_attn.";
                double[] normed = Norm(x, weights[at + "input_layernorm.weight"], c.RmsNormEps);
                double[] Project(string name) => Linear(weights[attention + name + "_proj.weight"], normed, weights.GetValueOrDefault(attention + name + "_proj.bias"));
                double[] q = Project("q"), k = Project("k"), v = Project("v");
                for (int h = 0; h < heads; h++)
                    Position(q.AsSpan(h * w, w), weights.GetValueOrDefault(attention + "q_norm.weight"), t, c);
                for (int h = 0; h < kvHeads; h++)
                    Position(k.AsSpan(h * w, w), weights.GetValueOrDefault(attention + "k_norm.weight"), t, c);
                keys[l].Add(k);
                values[l].Add(v);
                var mixed = new double[heads * w];
                for (int h = 0; h < heads; h++)
                {
                    int kv = h / (heads / kvHeads) * w;
                    double[] scores = [.. keys[l].Select(key => Enumerable.Range(0, w).Sum(i => q[h * w + i] * key[kv + i]) / Math.Sqrt(w))];
                    double max = scores.Max();
                    double[] e = [.. scores.Select(s => Math.Exp(s - max))];
                    for (int i = 0; i < w; i++)
                        mixed[h * w + i] = values[l].Select((value, j) => e[j] * value[kv + i]).Sum() / e.Sum();
                }
                Add(x, Linear(weights[attention + "o_proj.weight"], mixed, null));
                normed = Norm(x, weights[at + "post_attention_layernorm.weight"], c.RmsNormEps);
                double[] gate = Linear(weights[at + "mlp.gate_proj.weight"], normed, null), up = Linear(weights[at + "mlp.up_proj.weight"], normed, null);
                Add(x, Linear(weights[at + "mlp.down_proj.weight"], [.. gate.Select((g, i) => g / (1 + Math.Exp(-g)) * up[i])], null));
            }
            string head = c.TieWordEmbeddings ? "model.embed_tokens.weight" : "lm_head.weight";
            logits.AddRange(Linear(weights[head], Norm(x, weights["model.norm.weight"], c.RmsNormEps), null));
        }
        return [.. logits];
    }

    private static double[] Norm(double[] x, float[] weight, double epsilon)
    {
        double scale = 1 / Math.Sqrt(x.Sum(v => v * v) / x.Length + epsilon);
        return [.. x.Select((v, i) => v * scale * weight[i])];
    }

    private static double[] Linear(float[] weight, double[] x, float[]? bias)
    {
        var y = new double[weight.Length / x.Length];
        for (int row = 0; row < y.Length; row++)
        {
            y[row] = bias?[row] ?? 0;
            for (int i = 0; i < x.Length; i++)
                y[row] += weight[row * x.Length + i] * x[i];
        }
        return y;
    }

    private static void Position(Span<double> head, float[]? norm, int t, ModelConfig c)
    {
        if (norm is not null)
            Norm(head.ToArray(), norm, c.RmsNormEps).CopyTo(head);
        int half = head.Length / 2;
        for (int i = 0; i < half; i++)
        {
            double angle = t / Math.Pow(c.RopeTheta, 2.0 * i / head.Length), a = head[i], b = head[i + half];
            head[i] = a * Math.Cos(angle) - b * Math.Sin(angle);
            head[i + half] = b * Math.Cos(angle) + a * Math.Sin(angle);
        }
    }

    private static void Add(double[] x, double[] y)
    {
        for (int i = 0; i < x.Length; i++)
            x[i] += y[i];
    }
}
