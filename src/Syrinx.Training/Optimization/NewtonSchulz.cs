using Syrinx.Training.Native;
using static TorchSharp.torch;

namespace Syrinx.Training.Optimization;

/// <summary>
/// Brings a matrix near the orthogonal one that points the same way: U·Vᵀ of its singular value decomposition, by five
/// Newton–Schulz steps, which are products only (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/; the coefficients
/// are theirs: singular values end between 0.7 and 1.2, which does as well as 1).
/// </summary>
internal static class NewtonSchulz
{
    private const int Steps = 5;
    private const float A = 3.4445f;
    private const float B = -4.7750f;
    private const float C = 2.0315f;

    /// <summary>Orthogonalizes a matrix (m, n) in bf16; a stack of them (k, m, n) each alone.</summary>
    public static Tensor Orthogonalize(Tensor matrix)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        bool tall = matrix.shape[0] > matrix.shape[1];
        var x = matrix / matrix.norm().Plus(1e-7);
        x = (tall ? x.t() : x).to(ScalarType.BFloat16).contiguous();
        for (int step = 0; step < Steps; step++)
        {
            var square = mm(x, x.t());
            var polynomial = addmm(square, square, square, B, C); // B·square + C·square²
            x = addmm(x, polynomial, x, A, 1);
        }
        return (tall ? x.t() : x).MoveToOuterDisposeScope();
    }
}
