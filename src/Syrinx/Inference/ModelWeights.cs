using Syrinx.Inference.Kernels;
using Syrinx.Models;

namespace Syrinx.Inference;

/// <summary>The weights of one decoder layer; shapes are (outputs, inputs).</summary>
/// <param name="InputNorm">Before attention, (D).</param>
/// <param name="Q">(H·W, D)</param>
/// <param name="K">(K·W, D)</param>
/// <param name="V">(K·W, D)</param>
/// <param name="O">(D, H·W)</param>
/// <param name="QBias">(H·W), or null.</param>
/// <param name="KBias">(K·W), or null.</param>
/// <param name="VBias">(K·W), or null.</param>
/// <param name="OBias">(D), or null.</param>
/// <param name="QNorm">Over each query head, (W), or null.</param>
/// <param name="KNorm">Over each key head, (W), or null.</param>
/// <param name="PostNorm">Before the SwiGLU, (D).</param>
/// <param name="Gate">(F, D)</param>
/// <param name="Up">(F, D)</param>
/// <param name="Down">(D, F)</param>
internal sealed record LayerWeights(
    PinnedBuffer<float> InputNorm, Matrix Q, Matrix K, Matrix V, Matrix O,
    PinnedBuffer<float>? QBias, PinnedBuffer<float>? KBias, PinnedBuffer<float>? VBias, PinnedBuffer<float>? OBias,
    PinnedBuffer<float>? QNorm, PinnedBuffer<float>? KNorm,
    PinnedBuffer<float> PostNorm, Matrix Gate, Matrix Up, Matrix Down);

/// <summary>All weights of a Llama-family decoder, read from a model's files under Hugging Face's names.</summary>
internal sealed class ModelWeights
{
    private readonly TensorFile _file;
    private readonly TensorType? _quantization;
    private readonly Isa _isa;
    private readonly ThreadTeam _team;
    private readonly HashSet<string> _used = [];

    /// <exception cref="InputException">A tensor is missing, has another shape, or is one that this engine does not
    /// know.</exception>
    public ModelWeights(TensorFile file, ModelConfig config, TensorType? quantization, Isa isa, ThreadTeam team)
    {
        (_file, _quantization, _isa, _team) = (file, quantization, isa, team);
        int d = config.HiddenSize, w = config.HeadSize, f = config.IntermediateSize;
        int q = config.NumAttentionHeads * w, kv = config.NumKeyValueHeads * w;
        Embedding = new EmbeddingTable(file, Find("model.embed_tokens.weight", config.VocabSize, d));
        Layers = [.. Enumerable.Range(0, config.NumHiddenLayers).Select(layer =>
        {
            string at = $"model.layers.{layer}.", attention = at + "self_attn.", mlp = at + "mlp.";
            return new LayerWeights(
                Vector(at + "input_layernorm.weight", d),
                Matrix(attention + "q_proj.weight", q, d), Matrix(attention + "k_proj.weight", kv, d),
                Matrix(attention + "v_proj.weight", kv, d), Matrix(attention + "o_proj.weight", d, q),
                config.QkvBias ? Vector(attention + "q_proj.bias", q) : null,
                config.QkvBias ? Vector(attention + "k_proj.bias", kv) : null,
                config.QkvBias ? Vector(attention + "v_proj.bias", kv) : null,
                config.AttentionBias && _file.Tensors.ContainsKey(attention + "o_proj.bias")
                    ? Vector(attention + "o_proj.bias", d) : null,
                config.QkNorm ? Vector(attention + "q_norm.weight", w) : null,
                config.QkNorm ? Vector(attention + "k_norm.weight", w) : null,
                Vector(at + "post_attention_layernorm.weight", d),
                Matrix(mlp + "gate_proj.weight", f, d), Matrix(mlp + "up_proj.weight", f, d),
                    Matrix(mlp + "down_proj.weight", d, f));
        })];
        Norm = Vector("model.norm.weight", d);
        Head = Matrix(config.TieWordEmbeddings ? "model.embed_tokens.weight" : "lm_head.weight", config.VocabSize, d);

        // a tensor left over means that the model computes something that we would leave out
        _used.Add("lm_head.weight"); // tied models of some writers hold it, too
        _used.Add(GgufTensors.RotaryFactors); // part of the config
        foreach (string name in _file.Tensors.Keys)
        {
            if (!_used.Contains(name) && !name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal))
                throw new InputException(
                    $"{_file.Path}: tensor {name} is not one that a {config.Architectures[0]} has.");
        }
    }

    /// <summary>(V, D)</summary>
    public EmbeddingTable Embedding { get; }

    public IReadOnlyList<LayerWeights> Layers { get; }

    /// <summary>Before the head, (D).</summary>
    public PinnedBuffer<float> Norm { get; }

    /// <summary>(V, D); the embedding where they are tied.</summary>
    public Matrix Head { get; }

    /// <summary>Bytes of weights read for each token generated.</summary>
    public long BytesPerToken => Head.Bytes + Layers.Sum(l =>
        l.Q.Bytes + l.K.Bytes + l.V.Bytes + l.O.Bytes + l.Gate.Bytes + l.Up.Bytes + l.Down.Bytes);

    private TensorInfo Find(string name, params ReadOnlySpan<long> shape)
    {
        _used.Add(name);
        return _file.Find(name, shape);
    }

    private Matrix Matrix(string name, int rows, int inner) =>
        Matrices.Load(_file, Find(name, rows, inner), _quantization, _isa, _team);

    private PinnedBuffer<float> Vector(string name, int length)
    {
        var buffer = new PinnedBuffer<float>(length);
        _file.Read(Find(name, length), buffer.Span);
        return buffer;
    }
}
