namespace Syrinx.Models;

/// <summary>Types of numbers in safetensors files that Syrinx reads and writes.</summary>
public enum TensorType
{
    /// <summary>IEEE 754 single precision; <c>F32</c>.</summary>
    Float32,

    /// <summary>The upper half of a single precision number; <c>BF16</c>.</summary>
    BFloat16,

    /// <summary>IEEE 754 half precision; <c>F16</c>.</summary>
    Float16,
}

/// <summary>Names and sizes of <see cref="TensorType"/>.</summary>
internal static class TensorTypes
{
    public static int Bytes(this TensorType type) => type == TensorType.Float32 ? 4 : 2;

    public static string Name(this TensorType type) => type switch
    {
        TensorType.Float32 => "F32",
        TensorType.BFloat16 => "BF16",
        _ => "F16",
    };

    public static TensorType? Parse(string? name) => name switch
    {
        "F32" => TensorType.Float32,
        "BF16" => TensorType.BFloat16,
        "F16" => TensorType.Float16,
        _ => null,
    };
}
