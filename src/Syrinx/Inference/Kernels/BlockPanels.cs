using System.Runtime.CompilerServices;
using Syrinx.Models;

namespace Syrinx.Inference.Kernels;

/// <summary>
/// Quantized weights (<see cref="QuantizedBlocks"/>) laid out for products: 16 rows of a matrix make a panel, in which the rows' blocks lie side by side, so
/// that a register holds 4 weights of each row and every lane sums up one output. Before every two
/// blocks come their scales, 16 a block, so that memory is read in order and no register straddles two cache lines; a block is 4
/// steps. A step holds, for each row, weights 4s … 4s + 3 and 16 + 4s … 16 + 4s + 3: as two registers of bytes, the integer + 128, for
/// q8_0; as the lower and the upper halves of one register's bytes for q4_0.
/// </summary>
internal static unsafe class BlockPanels
{
    /// <summary>Rows of a panel.</summary>
    public const int Rows = 16;

    /// <summary>Steps of a block.</summary>
    public const int Steps = 4;

    /// <summary>Bytes of a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int StepBytes(TensorType format) => format == TensorType.Q8 ? 2 * Rows * 4 : Rows * 4;

    /// <summary>Bytes of a panel's block, without the scales.</summary>
    public static int BlockBytes(TensorType format) => Steps * StepBytes(format);

    /// <summary>Bytes of a panel, whole cache lines.</summary>
    public static long PanelBytes(TensorType format, int blocks) =>
        (long)blocks * BlockBytes(format) + (blocks + 1) / 2 * ScaleBytes;

    /// <summary>Bytes of the scales of two blocks, which come before them: a cache line.</summary>
    public const int ScaleBytes = 2 * Rows * sizeof(ushort);

    /// <summary>Puts a row's blocks into their panel.</summary>
    public static void Pack(TensorType format, ReadOnlySpan<byte> rowOfBlocks, byte* panel, int rowInPanel)
    {
        int blocks = rowOfBlocks.Length / format.BlockBytes();
        fixed (byte* first = rowOfBlocks)
        {
            byte* row = first;
            for (int b = 0; b < blocks; b++, row += format.BlockBytes(), panel += BlockBytes(format))
            {
                var scales = (Half*)(b % 2 == 0 ? panel : panel - ScaleBytes / 2 - BlockBytes(format));
                if (b % 2 == 0)
                    panel += ScaleBytes;
                scales[rowInPanel] = Unsafe.ReadUnaligned<Half>(row);
                byte* to = panel + rowInPanel * 4;
                for (int s = 0; s < Steps; s++, to += StepBytes(format))
                {
                    uint low = Unsafe.ReadUnaligned<uint>(row + 2 + 4 * s);
                    if (format == TensorType.Q4)
                    {
                        *(uint*)to = low;
                        continue;
                    }
                    *(uint*)to = low ^ 0x80808080;
                    *(uint*)(to + Rows * 4) = Unsafe.ReadUnaligned<uint>(row + 2 + 16 + 4 * s) ^ 0x80808080;
                }
            }
        }
    }
}
