using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Syrinx.Models;

/// <summary>
/// The scale of a block of 4-bit integers. The usual one maps the number of largest magnitude to −8; here 20 more around it are tried, each
/// is fitted to its integers by least squares, and the one that leaves least is taken, with squares weighted by the number's own square, since the large
/// weights of a row move its product most. (ggml searches so for its k-quants, make_qx_quants in ggml-quants.c, but not for Q4_0.)
/// </summary>
internal static class ScaleSearch
{
    /// <summary>Scales tried on either side, each a further 80th of the range: from 7 to 9 steps for the largest number.</summary>
    private const int Tries = 10;

    /// <summary>The factor that makes integers of numbers, and the scale that makes numbers of these integers.</summary>
    /// <param name="block">32 numbers.</param>
    /// <param name="step">The usual scale, not 0.</param>
    public static (float Inverse, float Scale) Best(ReadOnlySpan<float> block, float step)
    {
        (float Inverse, float Scale) best = (1 / step, step);
        float most = -1; // (Σwxq)² / Σwq² is what a fit explains of Σwx²
        for (int i = 0; i <= 2 * Tries; i++)
        {
            // the usual one first, then outwards: of equally good ones the nearest is taken
            int offset = (i + 1) / 2 * (i % 2 == 0 ? 1 : -1);
            float inverse = (8 + (0.1f * offset)) / 8 / step;
            var (products, squares) = Sums(block, inverse);
            if (squares > 0 && products * products / squares > most)
                (most, best) = (products * products / squares, (inverse, products / squares));
        }
        return best;
    }

    /// <summary>Σwxq and Σwq² for w = x², q = ⌊x · inverse + ½⌋ in −8 … 7, summed in the same order on every machine.</summary>
    private static (float Products, float Squares) Sums(ReadOnlySpan<float> block, float inverse)
    {
        ref float first = ref MemoryMarshal.GetReference(block);
        Vector256<float> products = default, squares = default, half = Vector256.Create(0.5f), low = Vector256.Create(-8f), high = Vector256.Create(7f),
            factor = Vector256.Create(inverse);
        for (int i = 0; i < block.Length; i += Vector256<float>.Count)
        {
            var x = Vector256.LoadUnsafe(ref Unsafe.Add(ref first, i));
            var q = Vector256.Min(Vector256.Max(Vector256.Floor((x * factor) + half), low), high);
            var weighted = x * x * q;
            products += weighted * x;
            squares += weighted * q;
        }
        return (Sum(products), Sum(squares));
    }

    private static float Sum(Vector256<float> v)
    {
        var four = v.GetLower() + v.GetUpper();
        return four[0] + four[1] + (four[2] + four[3]);
    }
}
