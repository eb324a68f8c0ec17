using Syrinx.Training.Data;
using Syrinx.Training.Modeling;
using Syrinx.Training.Modeling.Fused;
using static TorchSharp.torch;

namespace Syrinx.Training.Tests.Modeling;

/// <summary>The kernels beside their slow twins, which libtorch differentiates.</summary>
public sealed class FusedTests
{
    [Theory]
    [InlineData(5, 64, "f32")]
    [InlineData(7, 37, "f32")]
    [InlineData(5, 96, "bf16")]
    [InlineData(3, 21, "bf16")]
    public void RmsNorm(int rows, int width, string type) =>
        Same(type, [[rows, width]], [width], (x, w) => Ops.ComposedRmsNorm(x[0], w!, 1e-5), (x, w) => FusedRmsNorm.apply(x[0], w!, 1e-5));

    [Theory]
    [InlineData(64, true, "f32")]
    [InlineData(24, true, "f32")]
    [InlineData(64, false, "f32")]
    [InlineData(64, true, "bf16")]
    [InlineData(20, false, "bf16")]
    public void NormAndRotate(int size, bool norm, string type)
    {
        Native.Torch.Ready();
        using var rope = new RotaryEmbedding(TinyModel.Config() with { HeadDim = size }, 9, CPU);
        Same(type, [[2, 7, 3, size]], norm ? [size] : null,
            (x, w) => Ops.ComposedNormAndRotate(x[0], w, 1e-6, rope),
            (x, w) => FusedNormRotate.apply(x[0], w ?? rope.NoWeight, rope.Cos, rope.Sin, 1e-6));
    }

    [Theory]
    [InlineData(64, "f32")]
    [InlineData(37, "f32")]
    [InlineData(96, "bf16")]
    [InlineData(21, "bf16")]
    public void SwiGlu(int width, string type) =>
        Same(type, [[5, width], [5, width]], null, (x, _) => Ops.ComposedSwiGlu(x[0], x[1]), (x, _) => FusedSwiGlu.apply(x[0], x[1]));

    [Theory]
    [InlineData(3, 40, 16, "f32")]
    [InlineData(2, 1, 16, "f32")]
    [InlineData(2, 129, 32, "f32")]
    [InlineData(2, 64, 64, "bf16")]
    public void CausalAttention(int heads, int length, int size, string type) =>
        Same(type, [[heads, length, size], [heads, length, size], [heads, length, size]], null,
            (x, _) => TorchSharp.torch.nn.functional.scaled_dot_product_attention(x[0].unsqueeze(0), x[1].unsqueeze(0), x[2].unsqueeze(0), is_casual: true)[0],
            (x, _) => FusedCausalAttention.apply(x[0], x[1], x[2]));

    [Theory]
    [InlineData(50, "f32")]
    [InlineData(64, "f32")]
    [InlineData(37, "bf16")]
    public void CrossEntropy(int vocabulary, string type)
    {
        Native.Torch.Ready();
        using var scope = NewDisposeScope();
        var dtype = type == "f32" ? ScalarType.Float32 : ScalarType.BFloat16;
        var x = Random([9, 8], 1).to(dtype);
        var head = Random([vocabulary, 8], 2).to(dtype);
        var targets = tensor(new long[] { 3, -1, 0, vocabulary - 1, 7, -1, 16, 20, 5 });
        var (sum, dx, dHead) = LinearCrossEntropy.LossAndGradients(x, head, targets, 0.25);

        var logits = TorchSharp.torch.mm(x, head.t());
        double expected = LinearCrossEntropy.ComposedLosses(logits, targets, 0.25, 0, gradients: true);
        double tolerance = type == "f32" ? 1e-5 : 0.02;
        Assert.Equal(expected, sum, tolerance * expected);
        Assert.Equal(expected, LinearCrossEntropy.Loss(x, head, targets), tolerance * expected);
        Assert.True((TorchSharp.torch.mm(logits, head) - dx).abs().max().to(ScalarType.Float32).item<float>() <= tolerance * 3);
        Assert.True((TorchSharp.torch.mm(logits.t(), x) - dHead).abs().max().to(ScalarType.Float32).item<float>() <= tolerance * 3);
    }

    private static void Same(string type, long[][] shapes, long[]? weight, Func<Tensor[], Tensor?, Tensor> slow, Func<Tensor[], Tensor?, Tensor> fast)
    {
        Native.Torch.Ready();
        using var scope = NewDisposeScope();
        var dtype = type == "f32" ? ScalarType.Float32 : ScalarType.BFloat16;
        Tensor[] inputs = [.. shapes.Select((s, i) => Random(s, (ulong)i).to(dtype))];
        var w = weight is null ? null : Random(weight, 9) + 1;
        var (expected, expectedGradients) = Run(slow);
        var (actual, actualGradients) = Run(fast);
        double tolerance = type == "f32" ? 3e-6 : 0.02; // bf16 has 8 bits; the composed SwiGLU rounds once more
        Close(expected, actual, "value");
        for (int i = 0; i < expectedGradients.Length; i++)
            Close(expectedGradients[i], actualGradients[i], $"gradient {i}");

        (Tensor, Tensor[]) Run(Func<Tensor[], Tensor?, Tensor> operation)
        {
            Tensor[] leaves = [.. inputs.Select(x => x.detach().clone().requires_grad_(true))];
            var leafWeight = w?.detach().clone().requires_grad_(true);
            var y = operation(leaves, leafWeight);
            y.backward([Random(y.shape, 20).to(dtype)]);
            Tensor[] all = [.. leaves.Append(leafWeight).OfType<Tensor>()];
            return (y, [.. all.Select(t => t.grad!)]);
        }

        void Close(Tensor a, Tensor b, string what)
        {
            Assert.Equal(a.dtype, b.dtype);
            double largest = a.abs().max().to(ScalarType.Float32).item<float>();
            double difference = (a - b).abs().max().to(ScalarType.Float32).item<float>();
            Assert.True(difference <= tolerance * Math.Max(1, largest), $"{what}: {difference} of {largest}");
        }
    }

    private static Tensor Random(long[] shape, ulong seed)
    {
        var values = new float[shape.Aggregate((a, b) => a * b)];
        new CounterRandom(seed, 77).FillNormal(values, 1.5);
        return tensor(values).view(shape);
    }
}
