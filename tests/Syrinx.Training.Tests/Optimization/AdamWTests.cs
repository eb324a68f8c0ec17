using Syrinx.Training.Distributed;
using Syrinx.Training.Modeling;
using Syrinx.Training.Optimization;
using static TorchSharp.torch;

namespace Syrinx.Training.Tests.Optimization;

public sealed class AdamWTests
{
    [Fact]
    public void Three_steps_equal_the_formula()
    {
        Native.Torch.Ready();
        using var matrix = new Parameter("matrix", tensor(new float[,] { { 0.5f, -1f } }), ScalarType.Float32);
        using var vector = new Parameter("vector", tensor([2f]), ScalarType.Float32);
        using var adam = new AdamW([new Slice(0, matrix, 0, 2, 0), new Slice(1, vector, 0, 1, 0)], weightDecay: 0.1, beta1: 0.9, beta2: 0.95, epsilon: 1e-8);
        double w = 0.5, v = 2, m1 = 0, m2 = 0, n1 = 0, n2 = 0;
        for (int step = 1; step <= 3; step++)
        {
            float g = 0.3f * step;
            matrix.Gradient.fill_(g);
            vector.Gradient.fill_(g);
            adam.Step(step, 0.01, gradientScale: 2);
            w = Expected(w, g / 2, 0.1, ref m1, ref m2);
            v = Expected(v, g / 2, 0, ref n1, ref n2);

            double Expected(double value, double gradient, double decay, ref double first, ref double second)
            {
                first = (0.9 * first) + (0.1 * gradient);
                second = (0.95 * second) + (0.05 * gradient * gradient);
                value *= 1 - (0.01 * decay);
                return value - (0.01 * first / (1 - Math.Pow(0.9, step)) / (Math.Sqrt(second / (1 - Math.Pow(0.95, step))) + 1e-8));
            }
        }
        Assert.Equal(w, matrix.Master[0, 0].item<float>(), 1e-6);
        Assert.Equal(v, vector.Master[0].item<float>(), 1e-6);
    }
}
