using Syrinx.Inference.Kernels;

namespace Syrinx.Inference;

/// <summary>Weights as blocks of integers, in <see cref="BlockPanels"/>.</summary>
internal sealed unsafe class BlockMatrix : Matrix
{
    private readonly BlockFormat _format;
    private readonly BlockProduct _product;
    private readonly LargeBuffer _panels;
    private readonly long _panelBytes;

    private BlockMatrix(BlockFormat format, int rows, int inner, Isa isa) : base(rows, inner)
    {
        _format = format;
        _product = BlockProduct.For(format, isa);
        _panelBytes = BlockPanels.PanelBytes(format, inner / Blocks.Length);
        _panels = new((rows + BlockPanels.Rows - 1) / BlockPanels.Rows * _panelBytes);
    }

    /// <summary>Weights that a file holds as blocks, row after row; they are copied.</summary>
    /// <param name="format">The format.</param>
    /// <param name="blocks">The first row's first block.</param>
    /// <param name="rows">Outputs.</param>
    /// <param name="inner">Inputs, a multiple of 32.</param>
    /// <param name="isa">Instructions to use.</param>
    /// <param name="team">Shares the work.</param>
    public static BlockMatrix FromBlocks(BlockFormat format, byte* blocks, int rows, int inner, Isa isa, ThreadTeam team)
    {
        var matrix = new BlockMatrix(format, rows, inner, isa);
        long rowBytes = (long)inner / Blocks.Length * Blocks.Bytes(format);
        matrix.Fill(team, (row, _) => (nint)(blocks + row * rowBytes));
        return matrix;
    }

    /// <summary>Another matrix, quantized.</summary>
    /// <param name="format">The format.</param>
    /// <param name="source">The weights; its rows' length is a multiple of 32.</param>
    /// <param name="isa">Instructions to use.</param>
    /// <param name="team">Shares the work.</param>
    public static BlockMatrix Quantize(BlockFormat format, Matrix source, Isa isa, ThreadTeam team)
    {
        var matrix = new BlockMatrix(format, source.Rows, source.Inner, isa);
        matrix.Fill(team, (row, scratch) =>
        {
            var numbers = (float*)scratch;
            var blocks = (byte*)(numbers + source.Inner);
            source.ReadRow(row, numbers);
            Blocks.Quantize(format, numbers, source.Inner, blocks);
            return (nint)blocks;
        });
        return matrix;
    }

    public override long Bytes => (Rows + BlockPanels.Rows - 1) / BlockPanels.Rows * _panelBytes;

    public override ActivationLayout? Layout => _product.Layout;

    public override void ReadRow(int row, float* x) =>
        BlockPanels.Unpack(_format, Panel(row), row % BlockPanels.Rows, Inner, x);

    public override void Multiply(Activations x, float* y, int from, int to, bool add)
    {
        byte* blocks = x.Blocks(_product.Layout);
        int row = from;
        for (; row + BlockPanels.Rows <= to; row += BlockPanels.Rows)
            _product.Multiply(Panel(row), Inner / Blocks.Length, blocks, x.Tokens, y + row, Rows, add);
        if (row < to)
            MultiplyRest(blocks, x.Tokens, y, row, to - row, add);
        GC.KeepAlive(_panels);
    }

    /// <summary>The last panel where it is not full: through a buffer, since it writes 16 numbers.</summary>
    private void MultiplyRest(byte* blocks, int tokens, float* y, int row, int rows, bool add)
    {
        var buffer = new PinnedBuffer<float>((long)tokens * BlockPanels.Rows);
        _product.Multiply(Panel(row), Inner / Blocks.Length, blocks, tokens, buffer.Pointer, BlockPanels.Rows, false);
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

    /// <summary>Packs all rows; <paramref name="blocks"/> says where a row's blocks are, given some memory of its own.</summary>
    private void Fill(ThreadTeam team, Func<int, nint, nint> blocks)
    {
        team.Run((Rows + BlockPanels.Rows - 1) / BlockPanels.Rows, panel =>
        {
            var scratch = new PinnedBuffer<byte>(Inner * (sizeof(float) + 2L));
            int first = panel * BlockPanels.Rows;
            for (int row = first; row < Math.Min(first + BlockPanels.Rows, Rows); row++)
                BlockPanels.Pack(_format, (byte*)blocks(row, (nint)scratch.Pointer), Inner / Blocks.Length, Panel(row), row - first);
            GC.KeepAlive(scratch);
        });
    }
}
