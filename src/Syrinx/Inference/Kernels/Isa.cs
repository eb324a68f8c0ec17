using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Syrinx.Inference.Kernels;

/// <summary>Instructions that matrix products are made of, least first.</summary>
internal enum Isa
{
    /// <summary>One number at a time: the reference that the others are tested against.</summary>
    Scalar,

    /// <summary>256-bit registers and fused multiply-add.</summary>
    Avx2,

    /// <summary>As <see cref="Avx2"/>, and integer products of four bytes at once (VPDPBUSD).</summary>
    AvxVnni,

    /// <summary>512-bit registers, bytes and words included (F, BW).</summary>
    Avx512,
}

/// <summary>Which of them this machine has, and which are used.</summary>
internal static class IsaSelection
{
    /// <summary>The environment variable that forces one: <c>scalar</c>, <c>avx2</c>, <c>avxvnni</c> or <c>avx512</c>.</summary>
    public const string Variable = "SYRINX_ISA";

    /// <summary>Those that this machine has, least first.</summary>
    public static IReadOnlyList<Isa> Supported { get; } = [.. Enum.GetValues<Isa>().Where(IsSupported)];

    /// <summary>The one that is asked for, else the best that this machine has.</summary>
    /// <param name="wish">What <see cref="Variable"/> says.</param>
    /// <exception cref="InputException">It is not known, or this machine lacks it.</exception>
    public static Isa Choose(string? wish)
    {
        if (string.IsNullOrEmpty(wish))
            return Supported[^1];
        return Supported.Cast<Isa?>().FirstOrDefault(isa => Name(isa!.Value) == wish) ?? throw new InputException(
            $"{Variable} is '{wish}', but this machine has {string.Join(", ", Supported.Select(Name))}.");
    }

    /// <summary>As reports and <see cref="Variable"/> spell it.</summary>
    public static string Name(Isa isa) => isa switch
    {
        Isa.Scalar => "scalar",
        Isa.Avx2 => "avx2",
        Isa.AvxVnni => "avxvnni",
        _ => "avx512",
    };

    private static bool IsSupported(Isa isa) => isa switch
    {
        Isa.Scalar => true,
        Isa.Avx2 => Avx2.IsSupported && Fma.IsSupported,
        Isa.AvxVnni => AvxVnni.IsSupported && Fma.IsSupported,
        _ => Avx512BW.IsSupported && Vector512.IsHardwareAccelerated,
    };
}
