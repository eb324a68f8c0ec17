using Syrinx.Inference.Kernels;
using Syrinx.Models;

namespace Syrinx.Inference;

/// <summary>
/// Weights as a file keeps them, of any type (f16, bf16, q8_0, q4_0), in the mapped file. A product unpacks some rows at a time
/// into a thread's own memory and multiplies them as float32, exactly what the file's numbers stand for.
/// </summary>
internal sealed unsafe class PackedMatrix(TensorFile file, TensorInfo tensor)
    : Matrix(checked((int)tensor.Shape[0]), checked((int)tensor.Shape[1]))
{
    /// <summary>Floats of weights that a thread works on at once: half of a second-level cache.</summary>
    private const int PanelFloats = 128 << 10;

    [ThreadStatic]
    private static PinnedBuffer<float>? _panel;

    public override long Bytes => tensor.Type.ByteLength(tensor.Count);

    public override void Multiply(Activations x, float* y, int yStride, int tokens, int from, int to, bool add)
    {
        int rows = Math.Max(4, PanelFloats / Inner / 4 * 4);
        if (_panel is null || _panel.Length < (long)rows * Inner)
            _panel = new((long)rows * Inner);
        for (int row = from; row < to; row += rows)
        {
            int count = Math.Min(rows, to - row);
            file.Read(tensor, (long)row * Inner, _panel.Span[..(count * Inner)]);
            MatMul.Multiply(_panel.Pointer, x.Rows, y + row, yStride, tokens, Inner, 0, count, add);
        }
        GC.KeepAlive(_panel);
    }
}
