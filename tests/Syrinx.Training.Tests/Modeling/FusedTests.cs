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
            (x, _) => FusedCausalAttention.apply(x[0], x[1], x[2], false));

    [Theory]
    [InlineData("f32")]
    [InlineData("bf16")]
    public void AttentionInsideDocuments(string type)
    {
        const int length = 40, heads = 2;
        Native.Torch.Ready();
        using var scope = NewDisposeScope();
        // two sequences of two heads: documents of 1, 20 and 19 tokens, and one of 40
        int[] starts = [.. Enumerable.Range(0, length).Select(t => t == 0 ? 0 : t < 21 ? 1 : 21), .. new int[length]];
        var borders = new DocumentBorders(starts, length);
        Assert.Equal([1, 20, 19], borders.Lengths(0));
        Assert.Equal([40], borders.Lengths(1));
        var mask = tensor([.. Enumerable.Range(0, 2 * length * length).Select(i =>
        {
            var (query, key) = (i / length, i % length);
            return key <= query % length && key >= starts[query];
        })]).view(2, 1, length, length);
        long[] shape = [2 * heads, length, 16];
        Same(type, [shape, shape, shape], null, Masked, (x, _) => FusedCausalAttention.apply(x[0], x[1], x[2], borders));
        Same(type, [shape, shape, shape], null, Masked, (x, _) => Ops.DocumentAttention(Rows(x[0]), Rows(x[1]), Rows(x[2]), borders).view(shape));

        Tensor Masked(Tensor[] x, Tensor? _) =>
            TorchSharp.torch.nn.functional.scaled_dot_product_attention(Rows(x[0]), Rows(x[1]), Rows(x[2]), mask).view(shape);

        Tensor Rows(Tensor x) => x.view(2, heads, length, 16);
    }

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

    [Theory]
    [InlineData("f32")]
    [InlineData("bf16")]
    public void ZLoss_is_in_the_gradients_and_not_in_the_sum(string type)
    {
        Native.Torch.Ready();
        using var scope = NewDisposeScope();
        var dtype = type == "f32" ? ScalarType.Float32 : ScalarType.BFloat16;
        var x = Random([9, 8], 1).to(dtype);
        var head = Random([50, 8], 2).to(dtype);
        var targets = tensor(new long[] { 3, 1, 0, 49, 7, 2, 16, 20, 5 });
        var (plain, _, _) = LinearCrossEntropy.LossAndGradients(x, head, targets, 0.25);
        var (sum, dx, dHead) = LinearCrossEntropy.LossAndGradients(x, head, targets, 0.25, zLoss: 0.1);
        Assert.Equal(plain, sum);

        var (leaf, leafHead) = (x.to(ScalarType.Float32).requires_grad_(true), head.to(ScalarType.Float32).requires_grad_(true));
        var logits = TorchSharp.torch.mm(leaf, leafHead.t());
        var lnZ = logits.logsumexp(1);
        var loss = (lnZ - logits.gather(1, targets.unsqueeze(1)).squeeze(1) + (0.1 * lnZ.square())).sum() * 0.25;
        loss.backward();
        double tolerance = type == "f32" ? 1e-5 : 0.02;
        Assert.True((leaf.grad! - dx).abs().max().item<float>() <= tolerance * leaf.grad!.abs().max().item<float>());
        Assert.True((leafHead.grad! - dHead).abs().max().item<float>() <= tolerance * leafHead.grad!.abs().max().item<float>());
        var slow = TorchSharp.torch.mm(x, head.t());
        LinearCrossEntropy.ComposedLosses(slow, targets, 0.25, 0.1, gradients: true);
        Assert.True((TorchSharp.torch.mm(slow, head) - dx).abs().max().to(ScalarType.Float32).item<float>() <= tolerance * leaf.grad!.abs().max().item<float>());
    }

    [Fact]
    public void Logits_of_a_large_vocabulary_never_exist_whole()
    {
        if (!File.Exists("/proc/self/clear_refs"))
            Assert.Skip("needs Linux");
        Native.Torch.Ready();
        using var scope = NewDisposeScope();
        const int rows = 2048, vocabulary = 131_072, width = 16;
        var x = Random([rows, width], 1).to(ScalarType.BFloat16);
        var head = Random([vocabulary, width], 2).to(ScalarType.BFloat16);
        var targets = arange(rows, ScalarType.Int64);
        long before = Peak();
        var (sum, _, _) = LinearCrossEntropy.LossAndGradients(x, head, targets, 1.0 / rows);
        long grown = Peak(reset: false) - before;
        TestContext.Current.SendDiagnosticMessage("peak memory of the loss: {0} MiB; the logits would be {1} MiB", grown >> 20, (2L * rows * vocabulary) >> 20);
        Assert.True(double.IsFinite(sum));
        // the head's gradient in fp32 and bf16 is 12 MiB, a chunk of logits 32 MiB; the logits would be 512 MiB
        Assert.InRange(grown, 0, 160L << 20);

        static long Peak(bool reset = true)
        {
            if (reset)
                File.WriteAllText("/proc/self/clear_refs", "5");
            string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal));
            return long.Parse(line.Split(':')[1].Replace("kB", "").Trim()) << 10;
        }
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
