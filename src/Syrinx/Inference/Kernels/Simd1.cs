using System.Runtime.CompilerServices;

namespace Syrinx.Inference.Kernels;

/// <summary>One lane, without any vector instruction: what each operation means.</summary>
internal readonly unsafe struct Simd1 : ISimd<int, float>
{
    public static int Count => 1;

    public static float Zero => 0;

    public static float Load(float* source) => *source;

    public static float Load(Half* source) => (float)*source;

    public static float Load(BrainFloat* source) => source->ToSingle();

    public static void Store(float v, float* destination) => *destination = v;

    public static float Broadcast(float value) => value;

    public static float Add(float a, float b) => a + b;

    public static float Multiply(float a, float b) => a * b;

    public static float MultiplyAdd(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    public static float Sum(float v) => v;

    public static int LoadBytes(byte* source) => Unsafe.ReadUnaligned<int>(source);

    public static int Broadcast(int value) => value;

    public static int And(int a, int b) => a & b;

    public static int ShiftWordsBy4(int v) => Words((ushort)v >> 4, (ushort)(v >> 16) >> 4);

    public static int ShiftWordsBy8(int v) => Words((ushort)v >> 8, (ushort)(v >> 16) >> 8);

    public static int AddInts(int a, int b) => a + b;

    public static int AddWords(int a, int b) => Words((short)a + (short)b, (a >> 16) + (b >> 16));

    public static int MultiplyAddWords(int a, int b) => (short)a * (short)b + (a >> 16) * (b >> 16);

    public static int MultiplyAddBytes(int unsigned, int signed) => Words(
        Held((byte)unsigned * (sbyte)signed + (byte)(unsigned >> 8) * (sbyte)(signed >> 8)),
        Held((byte)(unsigned >> 16) * (sbyte)(signed >> 16) + (byte)(unsigned >> 24) * (sbyte)(signed >> 24)));

    public static float ToFloat(int v) => v;

    private static int Words(int low, int high) => (ushort)low | high << 16;

    private static int Held(int v) => Math.Clamp(v, short.MinValue, short.MaxValue);
}
