using static TorchSharp.torch;

namespace Syrinx.Training.Modeling;

/// <summary>
/// One weight of the model: the fp32 master that the optimizer changes, and the copy in the computing type that forward
/// and backward passes read. Gradients are summed up in fp32.
/// </summary>
internal sealed class Parameter(string name, Tensor master, ScalarType compute) : IDisposable
{
    public string Name { get; } = name;

    public Tensor Master { get; } = master;

    /// <summary>What the passes read; the master itself where both types are the same.</summary>
    public Tensor Compute { get; } = master.dim() < 2 || compute == master.dtype
        ? master.alias().DetachFromDisposeScope() : master.to(compute).DetachFromDisposeScope();

    /// <summary>The gradient of the running step, made at the first one.</summary>
    public Tensor Gradient => _gradient ??= zeros_like(Master).DetachFromDisposeScope();

    private Tensor? _gradient;

    /// <summary>Whether it is a matrix: those decay and are multiplied in the computing type. Norms and biases stay fp32.</summary>
    public bool IsMatrix => Master.dim() >= 2;

    /// <summary>Brings the computing copy up to date after the optimizer's step.</summary>
    public void Refresh()
    {
        if (Compute.dtype != Master.dtype)
            Compute.copy_(Master);
    }

    public void Dispose()
    {
        Master.Dispose();
        Compute.Dispose();
        _gradient?.Dispose();
    }
}
