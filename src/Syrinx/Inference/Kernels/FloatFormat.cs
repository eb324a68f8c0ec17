using System.Runtime.CompilerServices;

namespace Syrinx.Inference.Kernels;

/// <summary>How a floating-point weight is kept; it is widened to 32 bits, exactly, where it is used.</summary>
internal unsafe interface IFloatFormat<TWeight>
    where TWeight : unmanaged
{
    static abstract TFloat Load<TSimd, TInt, TFloat>(TWeight* source)
        where TSimd : struct, ISimd<TInt, TFloat>
        where TInt : struct
        where TFloat : struct;
}

internal readonly unsafe struct Float32Format : IFloatFormat<float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloat Load<TSimd, TInt, TFloat>(float* source)
        where TSimd : struct, ISimd<TInt, TFloat>
        where TInt : struct
        where TFloat : struct => TSimd.Load(source);
}

internal readonly unsafe struct Float16Format : IFloatFormat<Half>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloat Load<TSimd, TInt, TFloat>(Half* source)
        where TSimd : struct, ISimd<TInt, TFloat>
        where TInt : struct
        where TFloat : struct => TSimd.Load(source);
}

internal readonly unsafe struct BrainFloatFormat : IFloatFormat<BrainFloat>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloat Load<TSimd, TInt, TFloat>(BrainFloat* source)
        where TSimd : struct, ISimd<TInt, TFloat>
        where TInt : struct
        where TFloat : struct => TSimd.Load(source);
}
