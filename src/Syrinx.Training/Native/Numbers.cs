using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Syrinx.Training.Native;

/// <summary>
/// Operations of a tensor and a number. TorchSharp (0.107) wraps the number into an object with a finalizer and does not keep that object until libtorch
/// has read it: a garbage collection at the wrong moment frees the number, and the operation fails or, worse, reads another one. Every <c>a + b</c> of
/// tensors has such a hidden number, the factor 1 of b. Training uses these instead of the operators. Any thread.
/// </summary>
internal static class Numbers
{
    private static readonly Scalar One = 1;

    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, One);

    // a − b and a · b of tensors have no such factor

    /// <summary>a + number.</summary>
    public static Tensor Plus(this Tensor a, double number)
    {
        using Scalar kept = number; // its disposal, after the operation, keeps it until then
        return a.add(kept, One);
    }

    /// <summary>a · number.</summary>
    public static Tensor Times(this Tensor a, double number)
    {
        using Scalar kept = number;
        return a.mul(kept);
    }

    /// <summary>a / number.</summary>
    public static Tensor Over(this Tensor a, double number)
    {
        using Scalar kept = number;
        return a.div(kept);
    }

    /// <summary>a += b.</summary>
    public static Tensor PlusInPlace(this Tensor a, Tensor b) => a.add_(b, One);

    /// <summary>a += factor · b.</summary>
    public static Tensor PlusInPlace(this Tensor a, Tensor b, double factor)
    {
        using Scalar kept = factor;
        return a.add_(b, kept);
    }

    /// <summary>a ·= number.</summary>
    public static Tensor TimesInPlace(this Tensor a, double number)
    {
        using Scalar kept = number;
        return a.mul_(kept);
    }

    /// <summary>The number of a tensor that has one, read from its memory.</summary>
    public static T Value<T>(this Tensor one) where T : unmanaged => MemoryMarshal.Read<T>(one.cpu().bytes);

    /// <summary>Adds row i of <paramref name="rows"/> to row index[i].</summary>
    public static Tensor PlusRowsInPlace(this Tensor a, Tensor index, Tensor rows) => a.index_add_(0, index, rows, One);
}
