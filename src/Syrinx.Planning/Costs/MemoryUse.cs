namespace Syrinx.Planning.Costs;

/// <summary>Bytes on the fullest accelerator, by part.</summary>
/// <param name="Weights">16-bit weights.</param>
/// <param name="Gradients">32-bit, or 16-bit where everything is sharded.</param>
/// <param name="Optimizer">32-bit master weights and Adam's two moments.</param>
/// <param name="Activations">Kept for the backward pass, and logits.</param>
/// <param name="Reserve">Driver, buffers of collectives, fragmentation.</param>
public sealed record MemoryUse(double Weights, double Gradients, double Optimizer, double Activations, double Reserve)
{
    /// <summary>The sum.</summary>
    public double Total => Weights + Gradients + Optimizer + Activations + Reserve;
}
