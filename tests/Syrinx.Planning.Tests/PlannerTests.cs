using System.Diagnostics;
using CsCheck;
using Syrinx.Planning.Costs;
using Syrinx.Planning.Hardware;
using Syrinx.Planning.Parallelism;
using Syrinx.Planning.Reliability;
using Syrinx.Planning.Shapes;

namespace Syrinx.Planning.Tests;

public sealed class PlannerTests
{
    [Theory]
    [InlineData(16_384, 128, 0.41)]
    [InlineData(8_192, 64, 0.43)]
    public void Llama_3_405B_gets_the_layout_that_meta_published_and_its_speed_within_a_tenth(int count, int dp, double mfu)
    {
        var plan = Planner.Plan(Request(405e9, 15.6e12, "H100", count) with { Sequence = 8192, Batch = 2048 });
        Assert.True(plan.Feasible);
        Assert.Equal((8, 1, 16, dp), (plan.Parallel!.Tp, plan.Parallel.Cp, plan.Parallel.Pp, plan.Parallel.Dp));
        Assert.InRange(plan.Mfu!.Value, 0.9 * mfu, 1.1 * mfu);
    }

    [Fact]
    public void A_trillion_parameters_on_64_A100_are_refused_with_the_reason_and_what_would_do()
    {
        var plan = Planner.Plan(Request(1e12, 20e12, "A100-80", 64));
        Assert.False(plan.Feasible);
        Assert.Equal(Refusal.StateTooLarge, plan.Refusal);
        Assert.Contains("16 TB", plan.Reason);
        Assert.Contains("64 A100-80 hold 4.81 TB", plan.Reason);
        Assert.Null(plan.Parallel);
        Assert.Null(plan.Days);
        int enough = plan.SmallestCount!.Value;
        Assert.True(Planner.Plan(Request(1e12, 20e12, "A100-80", enough)).Feasible);
        Assert.False(Planner.Plan(Request(1e12, 20e12, "A100-80", enough - 8)).Feasible);
    }

    [Fact]
    public void What_fits_together_but_not_on_each_is_refused_with_the_bytes_of_one()
    {
        var plan = Planner.Plan(Request(70e9, 1.4e12, "Dojo-D1", 3_000));
        Assert.Equal(Refusal.NoLayoutFits, plan.Refusal);
        Assert.Contains("Dojo-D1 has 0.44 GB", plan.Reason);
        Assert.True(plan.MemoryBytesPerGpu > plan.MemoryCapacityBytes);
    }

    [Fact]
    public void Any_request_in_range_gets_a_plan_that_adds_up()
    {
        var requests = Gen.Select(Gen.Double[6, 14], Gen.Double[7, 15], Gen.Int[0, Accelerators.All.Count - 1], Gen.Int[1, 100_000], Gen.Int[7, 17]);
        requests.Sample((parameters, tokens, accelerator, count, sequence) =>
        {
            var request = Request(Math.Pow(10, parameters), Math.Pow(10, tokens), Accelerators.All[accelerator].Name, count) with
            { Sequence = 1 << sequence, PricePerGpuHour = 2 };
            var plan = Planner.Plan(request);
            Assert.Equal(plan.MemoryBytesPerGpu,
                plan.MemoryParts.Weights + plan.MemoryParts.Gradients + plan.MemoryParts.Optimizer + plan.MemoryParts.Activations + plan.MemoryParts.Reserve, 1);
            if (!plan.Feasible)
            {
                Assert.NotNull(plan.Reason);
                Assert.True(plan.SmallestCount is null || plan.SmallestCount > count, $"{request}: {plan.SmallestCount}");
                return;
            }
            var (split, shares) = (plan.Parallel!, plan.TimeShares!);
            Assert.Equal(plan.Used, split.Tp * split.Cp * split.Pp * split.Dp);
            Assert.InRange(plan.Used!.Value, 1, count);
            Assert.InRange(plan.MemoryBytesPerGpu, 0, plan.MemoryCapacityBytes);
            Assert.True(split.MicroBatch * split.MicroBatches * split.Dp >= plan.Batch);
            Assert.InRange(plan.Mfu!.Value, 0, 1);
            Assert.InRange(plan.Goodput!.Value, 0, 1);
            double[] parts = [shares.Compute, shares.Recomputation, shares.MemoryBound, shares.Tensor, shares.Pipeline, shares.Data,
                shares.Checkpoints, shares.Failures, shares.Overhead];
            Assert.All(parts, part => Assert.InRange(part, -1e-12, 1));
            Assert.Equal(1, parts.Sum(), 1e-9);
            Assert.Equal(plan.Steps * plan.StepSeconds!.Value / plan.Goodput.Value / 86_400, plan.Days!.Value, 1e-9 * plan.Days.Value);
            Assert.Equal(plan.Days.Value * 24 * count, plan.GpuHours!.Value, 1e-9 * plan.GpuHours.Value);
            Assert.Equal(2 * plan.GpuHours.Value, plan.Cost!.Value, 1e-9 * plan.Cost.Value);
        }, iter: 150);
    }

    [Fact]
    public void More_accelerators_never_end_the_run_noticeably_later()
    {
        int[] counts = [.. Enumerable.Range(4, 12).Select(i => 1 << i), 100_000];
        foreach (var (parameters, name) in new[] { (7e9, "A100-80"), (70e9, "H100"), (405e9, "H100"), (175e9, "MI250X") })
        {
            var ladder = Planner.Ladder(Request(parameters, 20 * parameters, name, 1), counts);
            Assert.True(ladder.Count > 8);
            foreach (var (fewer, more) in ladder.Zip(ladder.Skip(1)))
                Assert.True(more.Days < fewer.Days * 1.02, $"{name} {more.Count}: {more.Days} days, {fewer.Count}: {fewer.Days}");
        }
    }

    [Fact]
    public void A_ladder_says_what_single_plans_say()
    {
        var request = Request(70e9, 1.4e12, "H100", 1);
        foreach (var rung in Planner.Ladder(request, [64, 1_000, 10_000]))
            Assert.Equal(Planner.Plan(request with { Count = rung.Count }).Days, rung.Days);
    }

    [Fact]
    public void The_search_finds_what_trying_every_layout_without_its_shortcuts_finds()
    {
        var (shape, machine, constants) = (ShapeRule.For(13e9), Accelerators.Find("A100-80"), CostConstants.Default);
        var reliability = new ReliabilitySettings();
        var found = new LayoutSearch(shape, 4096, 256, machine, Techniques.Today, constants, reliability, new()).Fastest(96)!;
        double best = double.PositiveInfinity;
        int[] powers = [1, 2, 4, 8];
        foreach (int tp in powers)
            foreach (int pp in Enumerable.Range(1, 16))
                foreach (int dp in Enumerable.Range(1, 96 / (tp * pp)))
                    foreach (int micro in powers)
                        foreach (int v in powers.Where(v => v == 1 || (pp > 1 && (shape.Layers + pp - 1) / pp % v == 0)))
                            foreach (var again in Enum.GetValues<Recomputation>())
                                foreach (var sharding in pp == 1 && dp > 1 ? [Sharding.Optimizer, Sharding.Everything] : new[] { dp > 1 ? Sharding.Optimizer : Sharding.None })
                                {
                                    var layout = new Layout(tp, 1, pp, dp, micro, v, again, sharding);
                                    if (v > 1 && layout.MicroBatches(256) < pp)
                                        continue;
                                    if (MemoryModel.Of(shape, 4096, 256, layout, Techniques.Today, machine, constants).Total > machine.MemoryBytes)
                                        continue;
                                    double time = StepTimeModel.Of(shape, 4096, 256, layout, Techniques.Today, machine, constants).Total
                                        / reliability.Schedule(shape.Parameters, layout.Accelerators).Goodput;
                                    best = Math.Min(best, time);
                                }
        double ours = found.Time.Total / reliability.Schedule(shape.Parameters, found.Layout.Accelerators).Goodput;
        Assert.InRange(ours / best, 1 - 1e-9, 1.005); // it leaves out pipelines with as long stages as a shorter one
    }

    [Fact]
    public void A_hundred_thousand_accelerators_are_planned_within_a_second()
    {
        Planner.Plan(Request(1e9, 2e10, "H100", 8)); // compiled
        var watch = Stopwatch.StartNew();
        Assert.True(Planner.Plan(Request(1e12, 20e12, "H100", 100_000)).Feasible);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 1);
    }

    [Theory]
    [InlineData(PlanNote.SomeIdle, 7e9, 1e11, 100_000, null)]
    [InlineData(PlanNote.BatchTooSmall, 405e9, 15.6e12, 4_096, 64)]
    [InlineData(PlanNote.BeyondPublishedRuns, 405e9, 15.6e12, 100_000, 16_384)]
    [InlineData(PlanNote.SystemicRisk, 405e9, 15.6e12, 16_384, null)]
    public void What_to_know_beside_the_numbers_is_said(PlanNote note, double parameters, double tokens, int count, int? batch)
    {
        var plan = Planner.Plan(Request(parameters, tokens, "H100", count) with { Batch = batch });
        Assert.Contains(note, plan.Remarks);
        Assert.Equal(plan.Remarks.Count, plan.Notes.Count);
    }

    [Fact]
    public void No_power_and_no_price_mean_no_energy_and_no_cost()
    {
        var plan = Planner.Plan(Request(70e9, 1.4e12, "TPUv5p", 1024));
        Assert.True(plan.Feasible);
        Assert.Null(plan.EnergyMwh);
        Assert.Null(plan.Cost);
        Assert.Contains(PlanNote.NoPower, plan.Remarks);
    }

    [Fact]
    public void What_is_out_of_range_is_refused_with_the_range()
    {
        var good = Request(7e9, 1e11, "H100", 64);
        (PlanRequest Bad, string Says)[] wrong =
        [
            (good with { Parameters = 1e5 }, "--params"),
            (good with { Parameters = double.NaN }, "--params"),
            (good with { Tokens = 1e17 }, "--tokens"),
            (good with { Count = 0 }, "--count"),
            (good with { Count = 100_001 }, "100000"),
            (good with { Sequence = 1 }, "--seq"),
            (good with { Batch = 0 }, "--batch"),
            (good with { Batch = 100_000_000 }, "more than"),
            (good with { PricePerGpuHour = -1 }, "--price-per-gpu-hour"),
            (good with { Pue = 0.5 }, "--pue"),
        ];
        foreach (var (bad, says) in wrong)
            Assert.Contains(says, Assert.Throws<InputException>(() => Planner.Plan(bad)).Message);
    }

    // the most that a node drew while it trained, Latif et al. 2024
    [Fact]
    public void Eight_busy_H100_draw_within_a_tenth_of_the_8_400_watts_that_were_measured() =>
        Assert.InRange(8 * PowerModel.Watts(Accelerators.Find("H100"), 1)!.Value / 8_400, 0.9, 1.1);

    [Theory]
    [InlineData("405B", 405e9)]
    [InlineData("15.6t", 15.6e12)]
    [InlineData("7e9", 7e9)]
    [InlineData("1,000,000", 1e6)]
    [InlineData(" 124M ", 124e6)]
    [InlineData("700億", 70e9)]
    [InlineData("７００億", 70e9)]
    [InlineData("１．５Ｔ", 1.5e12)]
    [InlineData("10 兆", 10e12)]
    public void Counts_are_read_as_people_write_them(string text, double value) => Assert.Equal(value, Quantity.Parse("--params", text), 1e-3);

    [Theory]
    [InlineData("many")]
    [InlineData("")]
    [InlineData("B")]
    [InlineData("1e999")]
    public void What_is_no_number_is_answered_with_how_to_write_one(string text) =>
        Assert.Contains("15.6T", Assert.Throws<InputException>(() => Quantity.Parse("--tokens", text)).Message);

    private static PlanRequest Request(double parameters, double tokens, string accelerator, int count) => new()
    { Parameters = parameters, Tokens = tokens, Accelerator = Accelerators.Find(accelerator), Count = count };
}
