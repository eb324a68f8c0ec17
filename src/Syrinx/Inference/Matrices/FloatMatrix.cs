using Syrinx.Inference.Kernels;

namespace Syrinx.Inference;

/// <summary>Weights as floating-point numbers, row after row: in the mapped file, or in memory.</summary>
internal sealed unsafe class FloatMatrix<TFormat, TWeight> : Matrix
    where TFormat : struct, IFloatFormat<TWeight>
    where TWeight : unmanaged
{
    private readonly PinnedBuffer<TWeight>? _memory;
    private readonly TWeight* _weights;
    private readonly FloatProduct _product;

    /// <param name="weights">The weights, which outlive the matrix.</param>
    /// <param name="rows">Outputs.</param>
    /// <param name="inner">Inputs.</param>
    /// <param name="isa">Instructions to use.</param>
    public FloatMatrix(TWeight* weights, int rows, int inner, Isa isa) : base(rows, inner)
    {
        _weights = weights;
        _product = FloatProduct.For<TFormat, TWeight>(isa);
    }

    /// <param name="memory">The weights.</param>
    /// <param name="rows">Outputs.</param>
    /// <param name="inner">Inputs.</param>
    /// <param name="isa">Instructions to use.</param>
    public FloatMatrix(PinnedBuffer<TWeight> memory, int rows, int inner, Isa isa) : this(memory.Pointer, rows, inner, isa) =>
        _memory = memory;

    public override long Bytes => (long)Rows * Inner * sizeof(TWeight);

    public override void Multiply(Activations x, float* y, int from, int to, bool add)
    {
        _product.Multiply(_weights, x.Rows, y, Rows, x.Tokens, Inner, from, to, add);
        GC.KeepAlive(_memory);
    }
}
