using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Syrinx.Models;

namespace Syrinx.Inference.Kernels;

/// <summary>The weights of one step of a block (<see cref="BlockPanels"/>), ready to be multiplied.</summary>
internal readonly struct BlockStep<TInt>(TInt a, TInt b, TInt c, TInt d)
    where TInt : struct
{
    public readonly TInt A = a, B = b, C = c, D = d;
}

/// <summary>
/// Integer dot products of a panel's block with a token's block, one row a lane. All are exact, so that every
/// implementation gives the same integers. The weights are taken as they lie, 128 or 8 too high.
/// </summary>
internal unsafe interface IBlockDot<TInt>
    where TInt : struct
{
    static abstract TensorType Format { get; }

    /// <summary>How the token's integers lie.</summary>
    static abstract ActivationLayout Layout { get; }

    static abstract BlockStep<TInt> Load(byte* weights);

    /// <summary>Adds a step's products.</summary>
    static abstract TInt Dot(TInt sum, BlockStep<TInt> weights, byte* x);

    /// <summary>The sums that <see cref="Dot"/> gave as 32-bit integers.</summary>
    static abstract TInt Finish(TInt sum);
}

/// <summary>
/// q8_0 without VNNI: bytes of 0 … 255 times bytes would not fit into 16 bits, so even and odd bytes are multiplied as words.
/// </summary>
internal readonly unsafe struct Q8Words<TSimd, TInt, TFloat> : IBlockDot<TInt>
    where TSimd : struct, ISimd<TInt, TFloat>
    where TInt : struct
    where TFloat : struct
{
    public static TensorType Format => TensorType.Q8;

    public static ActivationLayout Layout => ActivationLayout.Words;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockStep<TInt> Load(byte* weights)
    {
        var mask = TSimd.Broadcast(0x00FF00FF);
        TInt low = TSimd.LoadBytes(weights), high = TSimd.LoadBytes(weights + BlockPanels.Rows * 4);
        return new(TSimd.And(low, mask), TSimd.ShiftWordsBy8(low), TSimd.And(high, mask), TSimd.ShiftWordsBy8(high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TInt Dot(TInt sum, BlockStep<TInt> weights, byte* x)
    {
        int* words = (int*)x;
        sum = TSimd.AddInts(sum, TSimd.MultiplyAddWords(weights.A, TSimd.Broadcast(words[0])));
        sum = TSimd.AddInts(sum, TSimd.MultiplyAddWords(weights.B, TSimd.Broadcast(words[1])));
        sum = TSimd.AddInts(sum, TSimd.MultiplyAddWords(weights.C, TSimd.Broadcast(words[2])));
        return TSimd.AddInts(sum, TSimd.MultiplyAddWords(weights.D, TSimd.Broadcast(words[3])));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TInt Finish(TInt sum) => sum;
}

/// <summary>
/// q4_0 without VNNI: a word sums up 16 products of 0 … 15 and −127 … 127, which fit, before it is widened.
/// </summary>
internal readonly unsafe struct Q4Bytes<TSimd, TInt, TFloat> : IBlockDot<TInt>
    where TSimd : struct, ISimd<TInt, TFloat>
    where TInt : struct
    where TFloat : struct
{
    public static TensorType Format => TensorType.Q4;

    public static ActivationLayout Layout => ActivationLayout.Bytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockStep<TInt> Load(byte* weights)
    {
        var mask = TSimd.Broadcast(0x0F0F0F0F);
        var both = TSimd.LoadBytes(weights);
        return new(TSimd.And(both, mask), TSimd.And(TSimd.ShiftWordsBy4(both), mask), default, default);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TInt Dot(TInt sum, BlockStep<TInt> weights, byte* x)
    {
        int* bytes = (int*)x;
        sum = TSimd.AddWords(sum, TSimd.MultiplyAddBytes(weights.A, TSimd.Broadcast(bytes[0])));
        return TSimd.AddWords(sum, TSimd.MultiplyAddBytes(weights.B, TSimd.Broadcast(bytes[1])));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TInt Finish(TInt sum) => TSimd.MultiplyAddWords(sum, TSimd.Broadcast(0x00010001));
}

/// <summary>q8_0 with AVX-VNNI, which sums four products of bytes straight into 32 bits.</summary>
internal readonly unsafe struct Q8Vnni : IBlockDot<Vector256<int>>
{
    public static TensorType Format => TensorType.Q8;

    public static ActivationLayout Layout => ActivationLayout.Bytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockStep<Vector256<int>> Load(byte* weights) =>
        new(Simd256.LoadBytes(weights), Simd256.LoadBytes(weights + BlockPanels.Rows * 4), default, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Dot(Vector256<int> sum, BlockStep<Vector256<int>> weights, byte* x) => Vnni.Dot(sum, weights, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Finish(Vector256<int> sum) => sum;
}

/// <summary>q4_0 with AVX-VNNI.</summary>
internal readonly unsafe struct Q4Vnni : IBlockDot<Vector256<int>>
{
    public static TensorType Format => TensorType.Q4;

    public static ActivationLayout Layout => ActivationLayout.Bytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockStep<Vector256<int>> Load(byte* weights) =>
        Q4Bytes<Simd256, Vector256<int>, Vector256<float>>.Load(weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Dot(Vector256<int> sum, BlockStep<Vector256<int>> weights, byte* x) => Vnni.Dot(sum, weights, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Finish(Vector256<int> sum) => sum;
}

file static unsafe class Vnni
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Dot(Vector256<int> sum, BlockStep<Vector256<int>> weights, byte* x)
    {
        int* bytes = (int*)x;
        sum = AvxVnni.MultiplyWideningAndAdd(sum, weights.A.AsByte(), Vector256.Create(bytes[0]).AsSByte());
        return AvxVnni.MultiplyWideningAndAdd(sum, weights.B.AsByte(), Vector256.Create(bytes[1]).AsSByte());
    }
}
