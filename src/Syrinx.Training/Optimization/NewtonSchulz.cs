using Syrinx.Training.Native;
using static TorchSharp.torch;

namespace Syrinx.Training.Optimization;

/// <summary>
/// Brings a matrix near the orthogonal one that points the same way: U·Vᵀ of its singular value decomposition, by products only (Jordan et al. 2024,
/// https://kellerjordan.github.io/posts/muon/). Each step applies an odd polynomial of degree five to the singular values. Ours are the best ones step by
/// step for values from 0.003 to 1 (Amsel et al. 2025, "The Polar Express", https://arxiv.org/abs/2505.16932; computed by Remez' exchange): four steps bring
/// those between 0.8 and 1.2, where one polynomial for all steps needs five.
/// </summary>
internal static class NewtonSchulz
{
    /// <summary>a·x + b·x³ + c·x⁵, step after step.</summary>
    private static readonly (double A, double B, double C)[] Polynomials =
        [(8.3837, -24.7659, 18.3571), (4.0434, -3.0114, 0.5695), (3.5056, -2.6267, 0.5257), (2.4901, -1.8343, 0.4368)];

    /// <summary>Room for bf16's rounding: a value above the range that a polynomial is made for would run away in the next.</summary>
    private const double Safety = 1.02;

    private static readonly (float A, float B, float C)[] Steps = [.. Polynomials.Select((p, i) =>
    {
        double s = i == Polynomials.Length - 1 ? 1 : Safety;
        return ((float)(p.A / s), (float)(p.B / Math.Pow(s, 3)), (float)(p.C / Math.Pow(s, 5)));
    })];

    /// <summary>Orthogonalizes a matrix (m, n) in bf16.</summary>
    public static Tensor Orthogonalize(Tensor matrix) => Orthogonalize(matrix, matrix.norm().Value<float>());

    /// <summary>The same where the matrix' Euclidean norm is known.</summary>
    public static Tensor Orthogonalize(Tensor matrix, double norm)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        bool tall = matrix.shape[0] > matrix.shape[1];
        var x = (tall ? matrix.t() : matrix).Over(norm + 1e-7).to(ScalarType.BFloat16).contiguous();
        // two steps at once are cheaper for a long matrix: the second one's square comes from the first one's, which is small
        bool longer = x.shape[1] >= 2 * x.shape[0];
        for (int step = 0; step < Steps.Length; step += 2)
            x = longer ? Two(x, Steps[step], Steps[step + 1]) : One(One(x, Steps[step]), Steps[step + 1]);
        return (tall ? x.t() : x).MoveToOuterDisposeScope();
    }

    private static Tensor One(Tensor x, (float A, float B, float C) p)
    {
        var square = mm(x, x.t());
        var polynomial = addmm(square, square, square, p.B, p.C); // b·square + c·square²
        return addmm(x, polynomial, x, p.A, 1);
    }

    /// <summary>
    /// With S = x·xᵀ and P = a·I + b·S + c·S², one step makes P·x, whose square is P·S·P. Not more than two at once: small singular values would drown in the
    /// rounding of their squares.
    /// </summary>
    private static Tensor Two(Tensor x, (float A, float B, float C) first, (float A, float B, float C) second)
    {
        var square = mm(x, x.t());
        var p = Polynomial(square, first);
        var q = Polynomial(mm(mm(p, square), p), second);
        return mm(mm(q, p), x);
    }

    private static Tensor Polynomial(Tensor square, (float A, float B, float C) p)
    {
        var sum = addmm(square, square, square, p.B, p.C);
        using TorchSharp.Scalar a = p.A;
        sum.diagonal().add_(a);
        return sum;
    }
}
