using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Syrinx.Training.Modeling.Fused;

/// <summary>How numbers of one type are read and written sixteen at a time; kernels compute in fp32 whatever the type.</summary>
internal unsafe interface IElement
{
    /// <summary>Sixteen numbers from index <paramref name="i"/> on.</summary>
    static abstract Vector512<float> Load(void* p, nint i);

    static abstract void Store(void* p, nint i, Vector512<float> value);

    static abstract float Get(void* p, nint i);

    static abstract void Set(void* p, nint i, float value);
}

/// <summary>fp32.</summary>
internal readonly unsafe struct Fp32 : IElement
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(void* p, nint i) => Vector512.Load((float*)p + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(void* p, nint i, Vector512<float> value) => value.Store((float*)p + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Get(void* p, nint i) => ((float*)p)[i];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set(void* p, nint i, float value) => ((float*)p)[i] = value;
}

/// <summary>bf16: the upper half of fp32, rounded to nearest, ties to even, as libtorch does.</summary>
internal readonly unsafe struct Bf16 : IElement
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(void* p, nint i)
    {
        var bits = Vector256.Load((ushort*)p + i);
        var wide = Avx512F.IsSupported ? Avx512F.ConvertToVector512UInt32(bits)
            : Vector512.Create(Vector256.WidenLower(bits), Vector256.WidenUpper(bits));
        return (wide << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(void* p, nint i, Vector512<float> value)
    {
        var bits = value.AsUInt32();
        var rounded = (bits + Vector512.Create(0x7FFFu) + ((bits >> 16) & Vector512<uint>.One)) >> 16;
        // a NaN's bits must not round to infinity
        rounded = Vector512.ConditionalSelect(Vector512.Equals(value, value).AsUInt32(), rounded, Vector512.Create(0x7FC0u));
        var narrow = Avx512F.IsSupported ? Avx512F.ConvertToVector256UInt16(rounded)
            : Vector256.Narrow(rounded.GetLower(), rounded.GetUpper());
        narrow.Store((ushort*)p + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Get(void* p, nint i) => BitConverter.UInt32BitsToSingle((uint)((ushort*)p)[i] << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set(void* p, nint i, float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        ((ushort*)p)[i] = float.IsNaN(value) ? (ushort)0x7FC0 : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
