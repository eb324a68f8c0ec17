namespace Syrinx.Inference.Kernels;

/// <summary>
/// Weights as integers in blocks of 32 with a 16-bit scale each, in ggml's formats
/// (<see href="https://github.com/ggml-org/ggml/blob/master/src/ggml-common.h"/>).
/// </summary>
internal enum BlockFormat
{
    /// <summary><c>q8_0</c>: weight = scale · integer, −127 … 127; 34 bytes a block.</summary>
    Q8,

    /// <summary><c>q4_0</c>: weight = scale · (integer − 8), 0 … 15; 18 bytes a block, byte i holding weights i and i + 16.</summary>
    Q4,
}

/// <summary>Blocks as ggml's files hold them, row after row: a scale, then the integers.</summary>
internal static unsafe class Blocks
{
    /// <summary>Weights in a block.</summary>
    public const int Length = 32;

    /// <summary>Bytes of a block.</summary>
    public static int Bytes(BlockFormat format) => sizeof(ushort) + IntegerBytes(format);

    /// <summary>Bytes of a block's integers.</summary>
    public static int IntegerBytes(BlockFormat format) => format == BlockFormat.Q8 ? Length : Length / 2;

    /// <summary>Quantizes numbers, rounding as ggml's reference does.</summary>
    /// <param name="format">The format.</param>
    /// <param name="x">The numbers.</param>
    /// <param name="n">How many, a multiple of 32.</param>
    /// <param name="blocks">Where the blocks go.</param>
    public static void Quantize(BlockFormat format, float* x, int n, byte* blocks)
    {
        for (int b = 0; b < n / Length; b++, x += Length, blocks += Bytes(format))
        {
            if (format == BlockFormat.Q8)
                QuantizeQ8(x, blocks);
            else
                QuantizeQ4(x, blocks);
        }
    }

    private static void QuantizeQ8(float* x, byte* block)
    {
        float largest = 0;
        for (int i = 0; i < Length; i++)
            largest = MathF.Max(largest, MathF.Abs(x[i]));
        float scale = largest / 127, inverse = scale > 0 ? 1 / scale : 0;
        *(Half*)block = (Half)scale;
        for (int i = 0; i < Length; i++)
            block[2 + i] = (byte)(sbyte)MathF.Round(x[i] * inverse, MidpointRounding.AwayFromZero);
    }

    private static void QuantizeQ4(float* x, byte* block)
    {
        float extreme = 0; // of largest magnitude; it becomes −8, the integer that has no opposite
        for (int i = 0; i < Length; i++)
            extreme = MathF.Abs(x[i]) > MathF.Abs(extreme) ? x[i] : extreme;
        float scale = extreme / -8, inverse = scale != 0 ? 1 / scale : 0;
        *(Half*)block = (Half)scale;
        for (int i = 0; i < Length / 2; i++)
            block[2 + i] = (byte)(Nibble(x[i] * inverse) | Nibble(x[i + Length / 2] * inverse) << 4);
    }

    private static int Nibble(float x) => Math.Min(15, (int)(x + 8.5f));
}
