using Syrinx.Models;

namespace Syrinx.Training.Modeling;

/// <summary>Floating point operations of training, as the contracts count them.</summary>
internal static class Flops
{
    /// <summary>
    /// 6 · matrix parameters + 6 · L · D · T for each token: forward and backward of products and causal attention, nothing
    /// recomputed. Where heads are not D / H wide, D is their width in all.
    /// </summary>
    public static double PerToken(ModelConfig c, int length) =>
        (6.0 * c.MatrixParameters) + (6.0 * c.NumHiddenLayers * c.NumAttentionHeads * c.HeadSize * length);
}
