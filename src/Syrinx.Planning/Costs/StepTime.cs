namespace Syrinx.Planning.Costs;

/// <summary>Seconds of one training step, by what an accelerator waits for or does.</summary>
/// <param name="Compute">Matrices of the forward and backward pass that MFU counts.</param>
/// <param name="Recomputation">Forward work done a second time.</param>
/// <param name="MemoryBound">Norms, activation functions, softmax, kernel launches, the optimizer.</param>
/// <param name="Tensor">Collectives of the tensor and context groups.</param>
/// <param name="Pipeline">The bubble, stages of unequal length, and transfers between them.</param>
/// <param name="Data">Gradients and weights between copies, where not hidden behind computation.</param>
public sealed record StepTime(double Compute, double Recomputation, double MemoryBound, double Tensor, double Pipeline, double Data)
{
    /// <summary>The whole step.</summary>
    public double Total => Compute + Recomputation + MemoryBound + Tensor + Pipeline + Data;
}
