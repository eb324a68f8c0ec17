using System.Runtime.CompilerServices;
using Syrinx.Models;

namespace Syrinx.Inference.Kernels;

/// <summary>
/// Quantized weights (<see cref="QuantizedBlocks"/>) laid out for products: 16 rows of a matrix make a panel, in which the rows' blocks lie side by side, so
/// that a register holds 4 weights of each row and every lane sums up one output. A panel's block is 4 steps; the scales, 16 a
/// block, follow after all blocks of the panel, so that no register straddles two cache lines. A step holds, for each row, weights 4s … 4s + 3 and 16 + 4s … 16 + 4s + 3: as two registers of bytes, the integer + 128, for
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
    public static long PanelBytes(TensorType format, int blocks) => ((long)blocks * Rows * format.BlockBytes() + 63) / 64 * 64;

    /// <summary>A panel's scales.</summary>
    public static Half* Scales(TensorType format, byte* panel, int blocks) => (Half*)(panel + (long)blocks * BlockBytes(format));

    /// <summary>Puts a row's blocks into their panel.</summary>
    public static void Pack(TensorType format, ReadOnlySpan<byte> rowOfBlocks, byte* panel, int rowInPanel)
    {
        int blocks = rowOfBlocks.Length / format.BlockBytes();
        var scales = Scales(format, panel, blocks);
        fixed (byte* first = rowOfBlocks)
        {
            byte* row = first;
            for (int b = 0; b < blocks; b++, row += format.BlockBytes(), panel += BlockBytes(format))
            {
                scales[b * Rows + rowInPanel] = Unsafe.ReadUnaligned<Half>(row);
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
