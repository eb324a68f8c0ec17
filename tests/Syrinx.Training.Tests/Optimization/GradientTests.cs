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

    [Theory]
    [InlineData("bf16", 16, false)]
    [InlineData("f32", 16, true)]
    [InlineData("bf16", 600, true)] // beyond the kernel's lengths: libtorch's attention, document by document
    public void Recomputed_layers_give_the_same_gradients_to_the_bit(string compute, int length, bool documents)
    {
        var batch = TinyModel.Batch(2, length);
        if (documents)
            batch = batch with { Starts = [.. Enumerable.Range(0, 2 * length).Select(i => i % length < 7 ? 0 : 7)] };
        var kept = Gradients(recompute: false);
        var recomputed = Gradients(recompute: true);
        Assert.Equal(kept.Loss, recomputed.Loss);
        foreach (var (name, gradient) in kept.Gradients)
            Assert.True(gradient.AsSpan().SequenceEqual(recomputed.Gradients[name]), name);

        (double Loss, Dictionary<string, byte[]> Gradients) Gradients(bool recompute)
        {
            using var weights = TinyModel.Weights(TinyModel.Config(), compute);
            using var engine = new StepEngine(weights, length, microBatches: 2, threads: 2, recompute: recompute);
            var (loss, _) = engine.Differentiate(batch, batch.TargetCount);
            return (loss, weights.All.ToDictionary(p => p.Name, p => p.Gradient.bytes.ToArray()));
        }
    }
}
