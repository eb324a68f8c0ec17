using System.Globalization;

namespace Syrinx.Models;

/// <summary>Names of the types of tensors that GGUF files can have (ggml.h, <c>ggml_type</c>), for messages.</summary>
internal static class GgmlTypes
{
    // by number; what is a number here was given up
    private static readonly string[] Names = (
        "F32 F16 Q4_0 Q4_1 4 5 Q5_0 Q5_1 Q8_0 Q8_1 Q2_K Q3_K Q4_K Q5_K Q6_K Q8_K IQ2_XXS IQ2_XS IQ3_XXS IQ1_S IQ4_NL IQ3_S IQ2_S IQ4_XS " +
        "I8 I16 I32 I64 F64 IQ1_M BF16 31 32 33 TQ1_0 TQ2_0 36 37 38 MXFP4").Split(' ');

    /// <summary>The name of a type, or its number where it has none here.</summary>
    public static string Name(int number) =>
        (uint)number < (uint)Names.Length ? Names[number] : number.ToString(CultureInfo.InvariantCulture);
}
