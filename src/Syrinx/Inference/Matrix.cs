using Syrinx.Inference.Kernels;
using Syrinx.Models;

namespace Syrinx.Inference;

/// <summary>The input of matrix products: rows of numbers, and for quantized weights the same rows quantized.</summary>
internal readonly unsafe struct Activations(float* rows, int inner)
{
    /// <summary>The rows, one after the other.</summary>
    public float* Rows { get; } = rows;

    /// <summary>Length of a row.</summary>
    public int Inner { get; } = inner;
}

/// <summary>A weight matrix (rows, inner), however it is kept. Immutable and safe to share between threads.</summary>
internal abstract unsafe class Matrix(int rows, int inner)
{
    /// <summary>Outputs.</summary>
    public int Rows { get; } = rows;

    /// <summary>Inputs.</summary>
    public int Inner { get; } = inner;

    /// <summary>Bytes that a product with one token reads.</summary>
    public abstract long Bytes { get; }

    /// <summary>Y[:, from…to] = X · W[from…to]ᵀ, or added to Y.</summary>
    public abstract void Multiply(Activations x, float* y, int yStride, int tokens, int from, int to, bool add);
}

/// <summary>Weights as float32: in the mapped file where it holds float32, else in memory.</summary>
internal sealed unsafe class FloatMatrix : Matrix
{
    private readonly PinnedBuffer<float>? _memory;
    private readonly float* _weights;

    public FloatMatrix(Safetensors file, string name, int rows, int inner) : base(rows, inner)
    {
        var tensor = file.Find(name, rows, inner);
        if (tensor.Type == TensorType.Float32 && tensor.Offset % sizeof(float) == 0)
        {
            _weights = (float*)file.Pointer(tensor);
            return;
        }
        _memory = new(tensor.Count);
        file.Read(tensor, _memory.Span);
        _weights = _memory.Pointer;
    }

    public override long Bytes => (long)Rows * Inner * sizeof(float);

    public float* Row(int row) => _weights + (long)row * Inner;

    public override void Multiply(Activations x, float* y, int yStride, int tokens, int from, int to, bool add) =>
        MatMul.Multiply(_weights, x.Rows, y, yStride, tokens, Inner, from, to, add);
}
