using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Syrinx.Models;

/// <summary>Numbers of 16 bits to float32, which is exact, and back, rounded to nearest with ties to even.</summary>
internal static class ShortFloats
{
    /// <summary>Half precision to float32.</summary>
    public static void FromHalf(ReadOnlySpan<byte> halves, Span<float> numbers)
    {
        var source = MemoryMarshal.Cast<byte, ushort>(halves);
        int i = 0;
        for (; i + Vector256<ushort>.Count <= numbers.Length; i += Vector256<ushort>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(source[i..]));
            FromHalf(low).CopyTo(numbers[i..]);
            FromHalf(high).CopyTo(numbers[(i + 8)..]);
        }
        for (; i < numbers.Length; i++)
            numbers[i] = (float)BitConverter.UInt16BitsToHalf(source[i]);
    }

    /// <summary>The upper halves of numbers to float32.</summary>
    public static void FromBFloat16(ReadOnlySpan<byte> halves, Span<float> numbers)
    {
        var source = MemoryMarshal.Cast<byte, ushort>(halves);
        int i = 0;
        for (; i + Vector256<ushort>.Count <= numbers.Length; i += Vector256<ushort>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(source[i..]));
            (low << 16).AsSingle().CopyTo(numbers[i..]);
            (high << 16).AsSingle().CopyTo(numbers[(i + 8)..]);
        }
        for (; i < numbers.Length; i++)
            numbers[i] = BitConverter.UInt32BitsToSingle((uint)source[i] << 16);
    }

    /// <summary>Float32 to half precision.</summary>
    public static void ToHalf(ReadOnlySpan<float> numbers, Span<byte> halves)
    {
        var target = MemoryMarshal.Cast<byte, Half>(halves);
        for (int i = 0; i < numbers.Length; i++)
            target[i] = (Half)numbers[i];
    }

    /// <summary>Float32 to bfloat16.</summary>
    public static void ToBFloat16(ReadOnlySpan<float> numbers, Span<byte> halves)
    {
        var target = MemoryMarshal.Cast<byte, ushort>(halves);
        for (int i = 0; i < numbers.Length; i++)
        {
            uint bits = BitConverter.SingleToUInt32Bits(numbers[i]);
            // a NaN must not round to infinity
            target[i] = float.IsNaN(numbers[i]) ? (ushort)0x7FC0 : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }
    }

    // exponent and mantissa moved into place are the number · 2^−112, subnormal ones too; only infinity and NaN need more
    private static Vector256<float> FromHalf(Vector256<uint> bits)
    {
        var magnitude = (bits & Vector256.Create(0x7FFFu)) << 13;
        var scaled = magnitude.AsSingle() * Vector256.Create(5.192296858534828e33f); // 2^112
        var special = Vector256.GreaterThanOrEqual(magnitude.AsInt32(), Vector256.Create(0x7C00 << 13)).AsUInt32();
        return (scaled.AsUInt32() | (special & Vector256.Create(0x7F800000u)) | ((bits & Vector256.Create(0x8000u)) << 16)).AsSingle();
    }
}
