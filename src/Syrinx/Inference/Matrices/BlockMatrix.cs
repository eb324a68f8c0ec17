using Syrinx.Inference.Kernels;
using Syrinx.Models;

namespace Syrinx.Inference;

/// <summary>Quantized weights, in <see cref="BlockPanels"/>.</summary>
internal sealed unsafe class BlockMatrix : Matrix
{
    private readonly BlockProduct _product;
    private readonly LargeBuffer _panels;
    private readonly long _panelBytes;

    /// <param name="format"><see cref="TensorType.Q8"/> or <see cref="TensorType.Q4"/>.</param>
    /// <param name="rows">Outputs.</param>
    /// <param name="inner">Inputs, a multiple of 32.</param>
    /// <param name="isa">Instructions to use.</param>
    /// <param name="team">Shares the work.</param>
    /// <param name="row">Reads a row's blocks; several threads ask at once.</param>
    public BlockMatrix(TensorType format, int rows, int inner, Isa isa, ThreadTeam team, RowReader row) : base(rows, inner)
    {
        _product = BlockProduct.For(format, isa);
        _panelBytes = BlockPanels.PanelBytes(format, inner / QuantizedBlocks.Length);
        int panels = (rows + BlockPanels.Rows - 1) / BlockPanels.Rows;
        _panels = new(panels * _panelBytes);
        team.Run(panels, panel =>
        {
            int first = panel * BlockPanels.Rows;
            for (int r = first; r < Math.Min(first + BlockPanels.Rows, rows); r++)
                BlockPanels.Pack(format, row(r), Panel(r), r - first);
        });
    }

    /// <summary>The blocks of a row, as files hold them.</summary>
    public delegate ReadOnlySpan<byte> RowReader(int row);

    public override long Bytes => (Rows + BlockPanels.Rows - 1) / BlockPanels.Rows * _panelBytes;

    public override ActivationLayout? Layout => _product.Layout;

    public override void Multiply(Activations x, float* y, int from, int to, bool add)
    {
        byte* blocks = x.Blocks(_product.Layout);
        int row = from;
        for (; row + BlockPanels.Rows <= to; row += BlockPanels.Rows)
            _product.Multiply(Panel(row), Inner / QuantizedBlocks.Length, blocks, x.Tokens, y + row, Rows, add);
        if (row < to)
            MultiplyRest(blocks, x.Tokens, y, row, to - row, add);
        GC.KeepAlive(_panels);
    }

    /// <summary>The last panel where it is not full: through a buffer, since it writes 16 numbers.</summary>
    private void MultiplyRest(byte* blocks, int tokens, float* y, int row, int rows, bool add)
    {
        var buffer = new PinnedBuffer<float>((long)tokens * BlockPanels.Rows);
        _product.Multiply(
            Panel(row), Inner / QuantizedBlocks.Length, blocks, tokens, buffer.Pointer, BlockPanels.Rows, false);
        for (int t = 0; t < tokens; t++)
        {
            for (int r = 0; r < rows; r++)
            {
                float* to = y + (long)t * Rows + row + r;
                *to = buffer.Span[t * BlockPanels.Rows + r] + (add ? *to : 0);
            }
        }
    }

    private byte* Panel(int row) => _panels.Pointer + row / BlockPanels.Rows * _panelBytes;
}
