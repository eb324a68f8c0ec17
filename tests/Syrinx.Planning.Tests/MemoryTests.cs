using Syrinx.Planning.Costs;
using Syrinx.Planning.Hardware;
using Syrinx.Planning.Parallelism;
using Syrinx.Planning.Shapes;

namespace Syrinx.Planning.Tests;

public sealed class MemoryTests
{
    private const int H = 12288, A = 96, S = 2048;

    // the shape of Korthikanti's formulas: two matrices of 4h, all heads with keys of their own
    private static readonly ModelShape Gpt = new()
    { Layers = 96, Width = H, Heads = A, KeyValueHeads = A, HeadWidth = 128, FeedForward = 4 * H, Vocabulary = 51200, Tied = true };

    private static readonly Techniques Flash = Techniques.Today;
    private static readonly Techniques NoFlash = Techniques.Today with { FlashAttention = false };
    private static readonly Techniques Before2022 = Techniques.At(new DateOnly(2021, 6, 1));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_layer_keeps_what_korthikanti_counted(int t)
    {
        Assert.Equal(H * (34.0 + 5.0 * A * S / H) / t, MemoryModel.LayerBytesPerToken(Gpt, S, t, Recomputation.None, NoFlash), 1e-6);
        Assert.Equal(H * 34.0 / t, MemoryModel.LayerBytesPerToken(Gpt, S, t, Recomputation.None, Flash), 1e-6);
        Assert.Equal(H * (10 + 24.0 / t + 5.0 * A * S / (H * t)), MemoryModel.LayerBytesPerToken(Gpt, S, t, Recomputation.None, Before2022), 1e-6);
        Assert.Equal(2.0 * H, MemoryModel.LayerBytesPerToken(Gpt, S, t, Recomputation.Full, Before2022), 1e-6);
        Assert.True(MemoryModel.LayerBytesPerToken(Gpt, S, t, Recomputation.Selective, Flash) < H * 34.0 / t);
    }

    [Theory]
    [InlineData(Sharding.None, 18, 0)]
    [InlineData(Sharding.Optimizer, 6, 12)]
    public void State_is_eighteen_bytes_a_parameter_or_six_and_the_copies_share_of_twelve(Sharding sharding, double own, double shared)
    {
        var layout = new Layout(1, 1, 1, 64, 1, 1, Recomputation.Full, sharding);
        var use = MemoryModel.Of(Gpt, S, 64, layout, Flash, Accelerators.Find("A100"), CostConstants.Default);
        Assert.Equal(own + shared / 64, (use.Weights + use.Gradients + use.Optimizer) / Gpt.Parameters, 1e-9);
    }

    [Fact]
    public void Fully_sharded_state_is_sixteen_bytes_over_the_copies_and_a_few_gathered_layers()
    {
        var layout = new Layout(1, 1, 1, 64, 1, 1, Recomputation.Full, Sharding.Everything);
        var use = MemoryModel.Of(Gpt, S, 64, layout, Flash, Accelerators.Find("A100"), CostConstants.Default);
        Assert.Equal(16 * Gpt.Parameters / 64 + 6 * Gpt.LayerWeights, use.Weights + use.Gradients + use.Optimizer, 1);
    }

    [Theory]
    [InlineData(8, 4, 1, 16, 32)] // 1F1B: p micro-batches, whatever m
    [InlineData(8, 4, 1, 2, 16)] // unless there are fewer
    [InlineData(8, 4, 2, 16, 44)] // (2(p-1) + (v-1)p + 1) chunks of L/(p·v): L·(1 + (p-1)/(p·v))
    public void The_first_stage_of_a_pipeline_holds_this_many_layers(int layers, int p, int v, int m, double expected) =>
        Assert.Equal(expected, MemoryModel.LayersInFlight(layers, p, v, m), 1e-9);

    [Fact]
    public void Interleaving_holds_the_extra_that_korthikanti_says()
    {
        // L layers in all on p stages with v chunks: L·(1 + (p−1)/(p·v)) layers of activations
        const int Layers = 96, P = 8, V = 3;
        Assert.Equal(Layers * (1 + (P - 1.0) / (P * V)), MemoryModel.LayersInFlight(Layers / P, P, V, 1000), 1e-9);
    }
}
