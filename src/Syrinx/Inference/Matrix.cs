using Syrinx.Inference.Kernels;
using Syrinx.Models;

namespace Syrinx.Inference;

/// <summary>The input of matrix products: rows of numbers, and for quantized weights the same rows quantized.</summary>
internal readonly unsafe struct Activations(float* rows, int inner, short* integers = null, float* scales = null)
{
    /// <summary>The rows, one after the other; for quantized weights, what their integers stand for.</summary>
    public float* Rows { get; } = rows;

    /// <summary>Length of a row.</summary>
    public int Inner { get; } = inner;

    /// <summary>The rows as integers (<see cref="Q8"/>), where one or two rows meet quantized weights.</summary>
    public short* Integers { get; } = integers;

    /// <summary>The integers' scales, one a block.</summary>
    public float* Scales { get; } = scales;
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

    public FloatMatrix(TensorFile file, string name, int rows, int inner) : base(rows, inner)
    {
        var tensor = file.Find(name, rows, inner);
        if (tensor.Type == TensorType.Float32)
        {
            _weights = (float*)file.Pointer(tensor);
            if ((nuint)_weights % sizeof(float) == 0)
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

/// <summary>Weights as 8-bit integers in blocks of 32 (<see cref="Q8"/>), made of float weights when a model is loaded.</summary>
internal sealed unsafe class Q8Matrix : Matrix
{
    /// <summary>Floats of weights that a thread works on at once: half of a second-level cache.</summary>
    private const int PanelFloats = 128 << 10;

    [ThreadStatic]
    private static PinnedBuffer<float>? _panel;

    private readonly PinnedBuffer<sbyte> _integers;
    private readonly PinnedBuffer<float> _scales;

    /// <param name="source">The weights; their rows' length is a multiple of 32.</param>
    /// <param name="team">Shares the work.</param>
    public Q8Matrix(FloatMatrix source, ThreadTeam team) : base(source.Rows, source.Inner)
    {
        int blocks = Inner / Q8.Block;
        _integers = new((long)Rows * Inner);
        _scales = new((long)Rows * blocks);
        const int Share = 64;
        team.Run((Rows + Share - 1) / Share, item =>
        {
            for (int row = item * Share; row < Math.Min((item + 1) * Share, Rows); row++)
                Q8.Quantize(source.Row(row), Inner, _integers.Pointer + (long)row * Inner, _scales.Pointer + (long)row * blocks);
        });
    }

    public override long Bytes => (long)Rows * Inner + _scales.Length * sizeof(float);

    public override void Multiply(Activations x, float* y, int yStride, int tokens, int from, int to, bool add)
    {
        int blocks = Inner / Q8.Block;
        if (x.Integers != null)
        {
            for (int t = 0; t < tokens; t++)
                Q8.Multiply(_integers.Pointer, _scales.Pointer, x.Integers + (long)t * Inner, x.Scales + (long)t * blocks,
                    y + (long)t * yStride, Inner, from, to, add);
            return;
        }
        // Many tokens: unpacking the weights costs little beside the products, which are faster in floats without VNNI.
        int rows = Math.Max(4, PanelFloats / Inner / 4 * 4);
        if (_panel is null || _panel.Length < (long)rows * Inner)
            _panel = new((long)rows * Inner);
        for (int row = from; row < to; row += rows)
        {
            int count = Math.Min(rows, to - row);
            Q8.Dequantize(_integers.Pointer + (long)row * Inner, _scales.Pointer + (long)row * blocks, count * Inner,
                _panel.Pointer);
            MatMul.Multiply(_panel.Pointer, x.Rows, y + row, yStride, tokens, Inner, 0, count, add);
        }
        GC.KeepAlive(_panel);
    }
}
