namespace Syrinx.Inference.Kernels;

/// <summary>bfloat16: the upper half of a 32-bit float.</summary>
internal readonly struct BrainFloat(ushort bits)
{
    private readonly ushort _bits = bits;

    /// <summary>Rounds to nearest, ties to even.</summary>
    public static BrainFloat Round(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? new((ushort)(bits >> 16 | 0x40)) : new((ushort)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16));
    }

    public float ToSingle() => BitConverter.UInt32BitsToSingle((uint)_bits << 16);
}
