using Syrinx.Training.Optimization;
using static TorchSharp.torch;

namespace Syrinx.Training.Tests.Optimization;

public sealed class GradientTests
{
    [Theory]
    [InlineData("Qwen3ForCausalLM", 2, true)]
    [InlineData("LlamaForCausalLM", 4, false)]
    [InlineData("Qwen2ForCausalLM", 1, true)]
    public void Gradients_are_the_slopes_of_the_loss(string architecture, int keyValueHeads, bool tied)
    {
        using var weights = TinyModel.Weights(TinyModel.Config(architecture, keyValueHeads, tied));
        using var engine = new StepEngine(weights, 16, microBatches: 2, threads: 2);
        var batch = TinyModel.Batch(4, 16);
        var (loss, norm) = engine.Differentiate(batch, batch.TargetCount);
        Assert.InRange(loss, 3.0, 6.0); // ln 61 = 4.1, and weights that are not small
        Assert.True(double.IsFinite(norm));
        foreach (var parameter in weights.All)
        {
            // along the gradient itself the slope is its norm: the strongest signal that differences can show
            using var direction = parameter.Gradient / parameter.Gradient.norm();
            double slope = parameter.Gradient.norm().item<float>();
            double step = 2e-2 / Math.Max(1, slope);
            double up = LossAt(step), down = LossAt(-step);
            Assert.True(Math.Abs(((up - down) / (2 * step)) - slope) <= (0.01 * slope) + 2e-4, $"{parameter.Name}: {(up - down) / (2 * step)} against {slope}");

            double LossAt(double by)
            {
                using var noGrad = no_grad();
                using var saved = parameter.Master.clone();
                parameter.Master.add_(direction, by);
                parameter.Refresh();
                var (sum, targets) = engine.Loss([batch]);
                parameter.Master.copy_(saved);
                parameter.Refresh();
                return sum / targets;
            }
        }
    }
}
