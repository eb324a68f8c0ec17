namespace Syrinx.Models;

/// <summary>How the numbers of a tensor are kept in files that Syrinx reads and writes.</summary>
public enum TensorType
{
    /// <summary>IEEE 754 single precision; safetensors' <c>F32</c>.</summary>
    Float32,

    /// <summary>The upper half of a single precision number; <c>BF16</c>.</summary>
    BFloat16,

    /// <summary>IEEE 754 half precision; <c>F16</c>.</summary>
    Float16,

    /// <summary>GGUF's <c>Q8_0</c>: blocks of 32 numbers as 8-bit integers with one scale (<see cref="QuantizedBlocks"/>).</summary>
    Q8,

    /// <summary>GGUF's <c>Q4_0</c>: blocks of 32 numbers as 4-bit integers with one scale (<see cref="QuantizedBlocks"/>).</summary>
    Q4,
}

/// <summary>Names and sizes of <see cref="TensorType"/>.</summary>
public static class TensorTypes
{
    private static readonly (TensorType Type, string Safetensors, int Ggml, string Quant)[] Names =
    [
        (TensorType.Float32, "F32", 0, "f32"), (TensorType.BFloat16, "BF16", 30, "bf16"), (TensorType.Float16, "F16", 1, "f16"),
        (TensorType.Q8, "", 8, "q8_0"), (TensorType.Q4, "", 2, "q4_0"),
    ];

    /// <summary>Numbers that are kept together; rows of quantized tensors are whole blocks.</summary>
    internal static int BlockLength(this TensorType type) => type is TensorType.Q8 or TensorType.Q4 ? QuantizedBlocks.Length : 1;

    /// <summary>Bytes of a block.</summary>
    internal static int BlockBytes(this TensorType type) => type switch
    {
        TensorType.Float32 => 4,
        TensorType.Q8 => QuantizedBlocks.Q8Bytes,
        TensorType.Q4 => QuantizedBlocks.Q4Bytes,
        _ => 2,
    };

    /// <summary>Bytes of so many numbers, which are whole blocks.</summary>
    internal static long ByteLength(this TensorType type, long count) => checked(count / type.BlockLength() * type.BlockBytes());

    /// <summary>The name in a safetensors header.</summary>
    /// <exception cref="ArgumentException">Safetensors has no such type.</exception>
    internal static string SafetensorsName(this TensorType type) => Names[(int)type].Safetensors is { Length: > 0 } name ? name
        : throw new ArgumentException($"safetensors has no {type.QuantName()}", nameof(type));

    /// <summary>The name on the command line.</summary>
    internal static string QuantName(this TensorType type) => Names[(int)type].Quant;

    /// <summary>The number in a GGUF file (<c>ggml_type</c>).</summary>
    internal static int GgmlNumber(this TensorType type) => Names[(int)type].Ggml;

    internal static TensorType? OfSafetensors(string? name) => Find(n => n.Safetensors.Length > 0 && n.Safetensors == name);

    internal static TensorType? OfGgml(int number) => Find(n => n.Ggml == number);

    /// <summary>The type that the command line calls <c>f32</c>, <c>f16</c>, <c>bf16</c>, <c>q8_0</c> or <c>q4_0</c>; null for another name.</summary>
    public static TensorType? OfQuant(string name) => Find(n => n.Quant == name);

    private static TensorType? Find(Func<(TensorType Type, string Safetensors, int Ggml, string Quant), bool> fits)
    {
        foreach (var name in Names)
        {
            if (fits(name))
                return name.Type;
        }
        return null;
    }
}
