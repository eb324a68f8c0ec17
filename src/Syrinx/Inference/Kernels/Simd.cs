namespace Syrinx.Inference.Kernels;

/// <summary>
/// A register of 32-bit lanes. Kernels are written once over this and compiled for each width: <see cref="Simd512"/>
/// (AVX-512), <see cref="Simd256"/> (AVX2) and <see cref="Simd1"/>, one lane at a time, the reference. Every operation rounds in
/// the same way at every width, so that kernels which keep one output a lane give the same bits.
/// </summary>
internal unsafe interface ISimd<TInt, TFloat>
    where TInt : struct
    where TFloat : struct
{
    /// <summary>Lanes.</summary>
    static abstract int Count { get; }

    static abstract TFloat Zero { get; }

    static abstract TFloat Load(float* source);

    /// <summary>16-bit floats, widened.</summary>
    static abstract TFloat Load(Half* source);

    /// <summary>The upper halves of 32-bit floats, widened.</summary>
    static abstract TFloat Load(BrainFloat* source);

    static abstract void Store(TFloat v, float* destination);

    static abstract TFloat Broadcast(float value);

    static abstract TFloat Add(TFloat a, TFloat b);

    static abstract TFloat Multiply(TFloat a, TFloat b);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract TFloat MultiplyAdd(TFloat a, TFloat b, TFloat c);

    static abstract float Sum(TFloat v);

    static abstract TInt LoadBytes(byte* source);

    static abstract TInt Broadcast(int value);

    static abstract TInt And(TInt a, TInt b);

    /// <summary>Each 16-bit word moved down by 4, zeros entering.</summary>
    static abstract TInt ShiftWordsBy4(TInt v);

    /// <summary>Each 16-bit word moved down by 8, zeros entering.</summary>
    static abstract TInt ShiftWordsBy8(TInt v);

    static abstract TInt AddInts(TInt a, TInt b);

    static abstract TInt AddWords(TInt a, TInt b);

    /// <summary>In each lane, the sum of two products of signed 16-bit words.</summary>
    static abstract TInt MultiplyAddWords(TInt a, TInt b);

    /// <summary>In each word, the sum of two products of an unsigned and a signed byte, held within 16 bits.</summary>
    static abstract TInt MultiplyAddBytes(TInt unsigned, TInt signed);

    static abstract TFloat ToFloat(TInt v);
}
