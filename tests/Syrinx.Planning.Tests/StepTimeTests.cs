using Syrinx.Planning.Costs;
using Syrinx.Planning.Hardware;
using Syrinx.Planning.Parallelism;
using Syrinx.Planning.Shapes;

namespace Syrinx.Planning.Tests;

public sealed class StepTimeTests
{
    private static readonly Accelerator H100 = Accelerators.Find("H100");
    private static readonly ModelShape Shape = ShapeRule.For(70e9) with { Vocabulary = 64 }; // a head that weighs nothing
    private static readonly Layout Plain = new(8, 1, 1, 1, 1, 1, Recomputation.None, Sharding.None);

    [Theory]
    [InlineData(4, 16, 1)]
    [InlineData(8, 64, 1)]
    [InlineData(4, 16, 5)]
    public void The_bubble_is_p_minus_one_over_v_m_of_the_work(int p, int m, int v)
    {
        var instant = H100 with { NetworkGbs = 1e12, NodeLinkGbs = 1e12 };
        var time = Step(Plain with { Pipeline = p, Interleave = v }, m, instant);
        double work = time.Compute + time.MemoryBound;
        Assert.Equal((p - 1.0) / (v * m), time.Pipeline / work, 0.01 * (p - 1.0) / (v * m));
    }

    [Fact]
    public void Full_recomputation_is_a_third_more_matrix_work_eight_flops_a_weight_in_all()
    {
        var time = Step(Plain with { Tensor = 1, Recomputation = Recomputation.Full }, 4, H100);
        Assert.InRange(time.Recomputation / (time.Compute + time.MemoryBound), 0.32, 0.35);
    }

    [Fact]
    public void Matrices_take_their_flops_at_the_measured_speed_times_the_calibrated_share()
    {
        var noLimit = H100 with { MemoryTbs = 1e6 };
        var constants = CostConstants.Default with { AttentionShare = 1 };
        var time = StepTimeModel.Of(Shape, 128, 8, Plain with { Tensor = 1 }, Techniques.Today, noLimit, constants);
        double flops = 6 * Shape.MatmulWeights * 8 * 128;
        Assert.Equal(flops / (795e12 * constants.MatmulEfficiency), time.Compute, 0.01 * time.Compute);
    }

    [Fact]
    public void A_tensor_group_sends_four_activations_a_layer_and_pass()
    {
        var time = Step(Plain, 1, H100);
        double bytes = 2 * 4 * 8192.0 * 8192 * 2 * 7 / 8 * 80; // both passes, T·h 16-bit numbers, (t−1)/t, layers
        Assert.Equal(bytes / (450e9 * CostConstants.Default.NodeLinkEfficiency), time.Tensor, 1e-6);
    }

    [Fact]
    public void Gradients_hide_behind_computation_and_show_when_the_network_is_slow()
    {
        var layout = Plain with { Data = 64, Sharding = Sharding.Optimizer };
        double fast = Step(layout, 64, H100 with { NetworkGbs = 200 }).Data, slow = Step(layout, 64, H100 with { NetworkGbs = 5 }).Data;
        double whole = 6 * Shape.Parameters / 8 * 63 / 64 / (200e9 * CostConstants.Default.NetworkEfficiency);
        // one micro-batch is long enough for fast cards; what is hidden still costs the cores that send it
        Assert.InRange(fast / whole, CostConstants.Default.HiddenCost, CostConstants.Default.HiddenCost + 0.02);
        Assert.True(slow > 50 * fast, $"{slow} against {fast}");
    }

    [Theory]
    [InlineData(8, 1, 450)] // in the node: its link
    [InlineData(64, 8, 50)] // one member a node: its own card
    [InlineData(64, 1, 400)] // eight members a node: their cards together
    [InlineData(64, 2, 200)]
    public void A_ring_is_as_fast_as_the_cards_of_its_members_in_a_node_together(int ranks, int stride, double gbs) => Assert.Equal(
        gbs * 1e9, Links.Bandwidth(ranks, stride, H100, CostConstants.Default with { NodeLinkEfficiency = 1, NetworkEfficiency = 1 }));

    [Fact]
    public void A_head_that_is_left_out_of_the_division_lengthens_the_last_stage()
    {
        var heavy = Shape with { Vocabulary = 1_000_000 };
        double even = Step(Plain with { Pipeline = 8 }, 32, H100).Pipeline;
        double uneven = StepTimeModel.Of(heavy, 8192, 32, Plain with { Pipeline = 8 }, Techniques.Today, H100, CostConstants.Default).Pipeline;
        Assert.True(uneven > 2 * even);
    }

    private static StepTime Step(Layout layout, int batch, Accelerator accelerator) =>
        StepTimeModel.Of(Shape, 8192, batch, layout, Techniques.Today, accelerator, CostConstants.Default);
}
