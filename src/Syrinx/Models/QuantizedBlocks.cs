// Blocks of 32 numbers with one scale d in half precision, as ggml's reference code has them (ggml-quants.c,
// quantize_row_q8_0_ref and quantize_row_q4_0_ref; https://github.com/ggml-org/llama.cpp):
//
//   Q8_0   d, 32 × int8 q                     number = d · q          d = largest magnitude / 127, q = number / d, rounded to
//                                                                     nearest, halves away from zero
//   Q4_0   d, 16 × byte: number i in the      number = d · (q − 8)    q = ⌊number / e + 8.5⌋, 0 to 15, where e is near m / −8, with m
//          lower half of byte i, number                               the number of largest magnitude with its sign (of equals the
//          i + 16 in the upper                                        first); d: what fits these q best. See ScaleSearch.
//
// q is found with d before it is rounded to half precision.
using System.Runtime.InteropServices;

namespace Syrinx.Models;

/// <summary>Packs numbers into blocks and unpacks them; the first lines of this file tell the formats.</summary>
public static class QuantizedBlocks
{
    /// <summary>Numbers of a block.</summary>
    public const int Length = 32;

    /// <summary>Bytes of a block of Q8_0.</summary>
    public const int Q8Bytes = 34;

    /// <summary>Bytes of a block of Q4_0.</summary>
    public const int Q4Bytes = 18;

    /// <summary>Packs numbers as Q8_0.</summary>
    /// <param name="numbers">Whole blocks of finite numbers.</param>
    /// <param name="blocks">34 bytes for each 32 numbers.</param>
    public static void PackQ8(ReadOnlySpan<float> numbers, Span<byte> blocks)
    {
        for (; numbers.Length > 0; numbers = numbers[Length..], blocks = blocks[Q8Bytes..])
        {
            var x = numbers[..Length];
            float largest = 0;
            foreach (float v in x)
                largest = MathF.Max(largest, MathF.Abs(v));
            float d = largest / 127, inverse = d != 0 ? 1 / d : 0;
            MemoryMarshal.Write(blocks, (Half)d);
            for (int i = 0; i < Length; i++)
                blocks[2 + i] = (byte)(sbyte)MathF.Round(x[i] * inverse, MidpointRounding.AwayFromZero);
        }
    }

    /// <summary>Packs numbers as Q4_0.</summary>
    /// <param name="numbers">Whole blocks of finite numbers.</param>
    /// <param name="blocks">18 bytes for each 32 numbers.</param>
    public static void PackQ4(ReadOnlySpan<float> numbers, Span<byte> blocks)
    {
        for (; numbers.Length > 0; numbers = numbers[Length..], blocks = blocks[Q4Bytes..])
        {
            float largest = 0, signed = 0;
            foreach (float v in numbers[..Length])
            {
                if (largest < MathF.Abs(v))
                    (largest, signed) = (MathF.Abs(v), v);
            }
            var (inverse, d) = signed != 0 ? ScaleSearch.Best(numbers[..Length], signed / -8) : (0, -0f);
            MemoryMarshal.Write(blocks, (Half)d);
            for (int i = 0; i < Length / 2; i++)
                blocks[2 + i] = (byte)(Nibble(numbers[i] * inverse) | (Nibble(numbers[i + (Length / 2)] * inverse) << 4));
        }
    }

    /// <summary>Unpacks Q8_0.</summary>
    /// <param name="blocks">34 bytes for each 32 numbers.</param>
    /// <param name="numbers">Whole blocks.</param>
    public static void UnpackQ8(ReadOnlySpan<byte> blocks, Span<float> numbers)
    {
        for (; numbers.Length > 0; numbers = numbers[Length..], blocks = blocks[Q8Bytes..])
        {
            float d = (float)MemoryMarshal.Read<Half>(blocks);
            for (int i = 0; i < Length; i++)
                numbers[i] = d * (sbyte)blocks[2 + i];
        }
    }

    /// <summary>Unpacks Q4_0.</summary>
    /// <param name="blocks">18 bytes for each 32 numbers.</param>
    /// <param name="numbers">Whole blocks.</param>
    public static void UnpackQ4(ReadOnlySpan<byte> blocks, Span<float> numbers)
    {
        for (; numbers.Length > 0; numbers = numbers[Length..], blocks = blocks[Q4Bytes..])
        {
            float d = (float)MemoryMarshal.Read<Half>(blocks);
            for (int i = 0; i < Length / 2; i++)
            {
                numbers[i] = d * ((blocks[2 + i] & 15) - 8);
                numbers[i + (Length / 2)] = d * ((blocks[2 + i] >> 4) - 8);
            }
        }
    }

    private static int Nibble(float scaled) => Math.Clamp((int)MathF.Floor(scaled + 8.5f), 0, 15);
}
