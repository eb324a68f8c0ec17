using static TorchSharp.torch;

namespace Syrinx.Training.Modeling;

/// <summary>What one layer's forward pass reads: matrices (rows out, columns in) in the computing type, the rest in fp32.</summary>
internal sealed record LayerWeights(
    Tensor InputNorm, Tensor Q, Tensor? QBias, Tensor K, Tensor? KBias, Tensor V, Tensor? VBias, Tensor? QNorm, Tensor? KNorm,
    Tensor O, Tensor PostAttentionNorm, Tensor Gate, Tensor Up, Tensor Down)
{
    /// <summary>Gathers the weights of a layer.</summary>
    /// <param name="layer">Which layer.</param>
    /// <param name="find">The tensor of a name, or null where the model has none of that name.</param>
    public static LayerWeights Of(int layer, Func<string, Tensor?> find)
    {
        Tensor? Optional(string part) => find(WeightNames.OfLayer(layer, part));
        Tensor Required(string part) => Optional(part) ?? throw new InvalidOperationException($"layer {layer} lacks {part}");
        return new(
            Required("input_layernorm.weight"),
            Required("self_attn.q_proj.weight"), Optional("self_attn.q_proj.bias"),
            Required("self_attn.k_proj.weight"), Optional("self_attn.k_proj.bias"),
            Required("self_attn.v_proj.weight"), Optional("self_attn.v_proj.bias"),
            Optional("self_attn.q_norm.weight"), Optional("self_attn.k_norm.weight"),
            Required("self_attn.o_proj.weight"), Required("post_attention_layernorm.weight"),
            Required("mlp.gate_proj.weight"), Required("mlp.up_proj.weight"), Required("mlp.down_proj.weight"));
    }
}
