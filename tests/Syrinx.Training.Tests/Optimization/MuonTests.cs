using Syrinx.Training.Data;
using Syrinx.Training.Optimization;
using static TorchSharp.torch;

namespace Syrinx.Training.Tests.Optimization;

public sealed class MuonTests
{
    [Theory]
    [InlineData(24, 24)]
    [InlineData(16, 48)]
    [InlineData(48, 16)]
    [InlineData(20, 40)]
    public void Orthogonalized_matrices_have_singular_values_near_one_and_the_same_directions(int rows, int columns)
    {
        Native.Torch.Ready();
        using var scope = NewDisposeScope();
        var values = new float[rows * columns];
        new CounterRandom(3, 1).FillNormal(values, 0.01);
        var matrix = tensor(values).view(rows, columns);
        var result = NewtonSchulz.Orthogonalize(matrix).to(ScalarType.Float32);
        Assert.Equal([rows, columns], result.shape);
        var (u, s, v) = linalg.svd(matrix, fullMatrices: false);
        // in the matrix's own bases the result is diagonal, and the diagonal is near 1
        var inBases = u.t().mm(result).mm(v.t());
        var diagonal = inBases.diagonal().data<float>().ToArray();
        // singular values of less than a hundredth of the largest may stay behind
        float largest = s[0].item<float>();
        for (int i = 0; i < diagonal.Length; i++)
            Assert.True(s[i].item<float>() < 0.05f * largest || diagonal[i] is > 0.5f and < 1.4f, $"{i}: {diagonal[i]}");
        var off = inBases - diag(inBases.diagonal());
        Assert.True(off.abs().max().item<float>() < 0.1, $"{off.abs().max().item<float>()}");
    }

    [Fact]
    public void A_step_is_as_long_as_the_learning_rate_says_whatever_the_gradient()
    {
        using var weights = TinyModel.Weights(TinyModel.Config());
        using var engine = new StepEngine(weights, 16, 2, 2);
        var matrix = weights["model.layers.0.mlp.gate_proj.weight"]; // (48, 32)
        foreach (double size in (double[])[1e-6, 1e3])
        {
            using var muon = new Muon([matrix], TinyHome.Recipe with { WeightDecay = 0 });
            using var before = matrix.Master.clone();
            var values = new float[48 * 32];
            new CounterRandom(8, 2).FillNormal(values, size);
            matrix.Gradient.copy_(tensor(values).view(48, 32));
            muon.Step(engine, 0.01, 1);
            using var change = matrix.Master - before;
            // 32 singular values near 1, times 0.2·√48
            double expected = 0.01 * 0.2 * Math.Sqrt(48) * Math.Sqrt(32);
            Assert.InRange(change.norm().item<float>(), 0.75 * expected, 1.2 * expected);
        }
    }

    [Fact]
    public void The_kernels_do_what_the_composed_operations_do()
    {
        using var weights = TinyModel.Weights(TinyModel.Config());
        using var twin = TinyModel.Weights(TinyModel.Config());
        using var engine = new StepEngine(weights, 16, 2, 2);
        const string name = "model.layers.0.mlp.gate_proj.weight";
        var (fast, slow) = (weights[name], twin[name]);
        using var muon = new Muon([fast], TinyHome.Recipe with { WeightDecay = 0.1 });
        using var composed = new Muon([slow], TinyHome.Recipe with { WeightDecay = 0.1 });
        var values = new float[48 * 32];
        for (ulong step = 0; step < 3; step++)
        {
            new CounterRandom(8, step).FillNormal(values, 1);
            fast.Gradient.copy_(tensor(values).view(48, 32));
            slow.Gradient.copy_(fast.Gradient);
            muon.Step(engine, 0.01, 2);
            composed.Composed(slow, composed.Momentum[0], 2, 1 - (0.01 * 0.1), -0.01 * 0.2 * Math.Sqrt(48));
        }
        Assert.True((muon.Momentum[0] - composed.Momentum[0]).abs().max().item<float>() < 1e-6);
        // a change of 3 · 0.01 · 0.2 · √48 in all, which bf16 rounds in other places
        Assert.True((fast.Master - slow.Master).norm().item<float>() < 0.02 * 3 * 0.01 * 0.2 * Math.Sqrt(48) * Math.Sqrt(32));
    }
}
