using Syrinx.Models;
using Syrinx.Training.Modeling;
using static TorchSharp.torch;

namespace Syrinx.Training.Distributed;

/// <summary>Copies of tensors in the host's memory (fp32), which another thread may write into a file. Freed when disposed.</summary>
internal sealed class TensorCopies : IDisposable
{
    private readonly List<(string Name, Tensor Copy)> _copies = [];

    /// <summary>The copies for a file.</summary>
    public IReadOnlyList<TensorSource> Sources => [.. _copies.Select(c => TensorBytes.Source(c.Name, c.Copy, TensorType.Float32))];

    /// <summary>Room for one more.</summary>
    public Tensor Add(string name, long[] shape)
    {
        var copy = empty(shape, ScalarType.Float32).DetachFromDisposeScope();
        _copies.Add((name, copy));
        return copy;
    }

    public void Dispose()
    {
        foreach (var (_, copy) in _copies)
            copy.Dispose();
        _copies.Clear();
    }
}
