using Syrinx.Training.Optimization;
using static TorchSharp.torch;

namespace Syrinx.Training.Tests.Optimization;

public sealed class MuonTests
{
    [Theory]
    [InlineData(48, 48)]
    [InlineData(96, 32)]
    [InlineData(32, 96)]
    public void Orthogonalizing_keeps_the_directions_and_makes_them_about_equally_long(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var matrix = randn([rows, columns], generator: generator);
        var (u, _, vt) = linalg.svd(matrix, fullMatrices: false);
        var orthogonal = NewtonSchulz.Orthogonalize(matrix).to(ScalarType.Float32);
        Assert.Equal(matrix.shape, orthogonal.shape);
        // in the matrix' own directions the result is diagonal, with singular values in the band that the five steps reach
        var inside = u.t().mm(orthogonal).mm(vt.t());
        float[] diagonal = inside.diagonal().data<float>().ToArray();
        Assert.All(diagonal.Take(diagonal.Length * 9 / 10), s => Assert.InRange(s, 0.5f, 1.35f));
        var rest = inside - diag(inside.diagonal());
        Assert.True(rest.abs().max().item<float>() < 0.15f, rest.abs().max().item<float>().ToString());
    }
}
