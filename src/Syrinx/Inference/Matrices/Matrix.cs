using Syrinx.Inference.Kernels;

namespace Syrinx.Inference;

/// <summary>A weight matrix (rows, inner), however it is kept. Immutable and safe to share between threads.</summary>
internal abstract unsafe class Matrix(int rows, int inner)
{
    /// <summary>Outputs.</summary>
    public int Rows { get; } = rows;

    /// <summary>Inputs.</summary>
    public int Inner { get; } = inner;

    /// <summary>Bytes that a product with one token reads.</summary>
    public abstract long Bytes { get; }

    /// <summary>How the input's blocks must lie; null where it is taken as floats.</summary>
    public virtual ActivationLayout? Layout => null;

    /// <summary>Y[:, from…to] = X · W[from…to]ᵀ, or added to Y.</summary>
    /// <param name="x">X (tokens, inner), prepared for <see cref="Layout"/>.</param>
    /// <param name="y">Y (tokens, rows).</param>
    /// <param name="from">First row, a multiple of 16.</param>
    /// <param name="to">Row after the last: a multiple of 16, or all.</param>
    /// <param name="add">Whether to add to Y instead of replacing it.</param>
    public abstract void Multiply(Activations x, float* y, int from, int to, bool add);
}
