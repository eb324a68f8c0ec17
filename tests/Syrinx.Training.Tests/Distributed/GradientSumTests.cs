using Syrinx.Training.Modeling;
using Syrinx.Training.Optimization;
using static TorchSharp.torch;

namespace Syrinx.Training.Tests.Distributed;

public sealed class GradientSumTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    public void A_sum_is_pairwise_in_fp32_and_ends_in_the_parameters_gradient(int microBatches)
    {
        Native.Torch.Ready();
        using var scope = NewDisposeScope();
        using var parameter = new Parameter("p", zeros(4, 3), ScalarType.BFloat16);
        using var sum = new GradientSum(parameter, microBatches);
        for (int step = 0; step < 2; step++) // buffers are used again
        {
            var gradients = Enumerable.Range(0, microBatches).Select(i => randn(4, 3).mul(MathF.Pow(10, i)).to(ScalarType.BFloat16)).ToList();
            sum.Clear();
            for (int i = 0; i < microBatches; i++)
                sum.Add(i, gradients[i]);
            var expected = Pairwise(gradients.ConvertAll(g => g.to(ScalarType.Float32)));
            Assert.Same(parameter.Gradient, Assert.Single(sum.Parts));
            Assert.Equal(expected.bytes.ToArray(), parameter.Gradient.bytes.ToArray());
        }

        static Tensor Pairwise(List<Tensor> values)
        {
            while (values.Count > 1)
                values = [.. values.Chunk(2).Select(pair => pair.Length == 2 ? pair[0] + pair[1] : pair[0])];
            return values[0];
        }
    }
}
