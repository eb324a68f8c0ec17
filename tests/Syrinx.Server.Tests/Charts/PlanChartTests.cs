using CsCheck;
using Syrinx.Planning;
using Syrinx.Server.Charts;
using Syrinx.Server.Components.Planning;
using Syrinx.Server.Text;

namespace Syrinx.Server.Tests.Charts;

public sealed class PlanChartTests
{
    [Fact]
    public void Logarithmic_ticks_are_inside_and_never_none() =>
        Gen.Select(Gen.Double[-3, 8], Gen.Double[0.5, 10]).Sample((power, decades) =>
        {
            double from = Math.Pow(10, power), to = Math.Pow(10, power + decades);
            var ticks = Axis.Decades(from, to);
            Assert.InRange(ticks.Count, 1, 14);
            Assert.All(ticks, tick => Assert.InRange(tick, from * 0.999, to * 1.001));
        });

    [Fact]
    public void The_axis_of_a_cluster_has_a_tick_for_each_power_of_ten() =>
        Assert.Equal([1, 10, 100, 1_000, 10_000, 100_000], Axis.Decades(1, 100_000).Select(n => Math.Round(n)));

    [Theory]
    [InlineData(0.005, 20, "10 min, 1 h, 6 h, 1 day, 10 days", "10 分, 1 小時, 6 小時, 1 天, 10 天")]
    [InlineData(15, 250, "20 days, 50 days, 100 days, 200 days", "20 天, 50 天, 100 天, 200 天")]
    public void Times_along_an_axis_are_round(double from, double to, string english, string chinese)
    {
        var ticks = DayTicks.Of(from, to);
        Assert.Equal(english, string.Join(", ", ticks.Select(UiText.All[0].PlanDayTick)));
        Assert.Equal(chinese, string.Join(", ", ticks.Select(UiText.All[1].PlanDayTick)));
    }

    [Fact]
    public void An_address_is_what_was_typed_and_reads_as_a_request()
    {
        var at = new PlanAddress { Parameters = "405B", Tokens = "15.6T", Accelerator = "H100", Count = "16384", Price = "2" };
        Assert.Equal("/plan?params=405B&tokens=15.6T&on=H100&count=16384&price=2", at.ToString());
        var request = at.Read(out var problems)!;
        Assert.Empty(problems);
        Assert.Equal((405e9, 15.6e12, "H100", 16_384, 2), (request.Parameters, request.Tokens, request.Accelerator.Name, request.Count, request.PricePerGpuHour));
        Assert.Null(request.Sequence);
    }

    [Fact]
    public void Whatever_an_address_holds_is_planned_or_a_problem_of_a_field() =>
        Gen.Select(Gen.OneOf(Gen.Const("7B"), Gen.String), Gen.OneOf(Gen.Const("1M"), Gen.String), Gen.OneOf(Gen.Const("8"), Gen.String), Gen.OneOf(Gen.Const("1e6"), Gen.String))
            .Sample((parameters, tokens, count, sequence) =>
            {
                var at = new PlanAddress { Parameters = parameters, Tokens = tokens, Count = count, Sequence = sequence };
                if (at.Read(out var problems) is { } request)
                    Assert.NotNull(new PlanBoard().Draw(request).Plan);
                else
                    Assert.NotEmpty(problems);
            }, iter: 200);

    [Fact]
    public void A_picture_is_drawn_once_and_its_curve_begins_where_the_model_first_fits()
    {
        var board = new PlanBoard();
        var request = new PlanAddress { Parameters = "1T", Tokens = "20T", Count = "64" }.Read(out _)!;
        var picture = board.Draw(request);
        Assert.Same(picture, board.Draw(request with { }));
        Assert.False(picture.Plan.Feasible);
        Assert.Equal(picture.Plan.SmallestCount, picture.Ladder[0].Count);
        Assert.Equal(PlanRequest.MostAccelerators, picture.Ladder[^1].Count);
        Assert.Equal(PlanBoard.Counts.Order(), PlanBoard.Counts);
    }

    [Theory]
    [InlineData(31_092, "31.1 GWh")]
    [InlineData(899, "899 MWh")]
    [InlineData(0.004, "4 kWh")]
    public void Energy_is_in_units_of_its_size(double mwh, string text) => Assert.Equal(text, UiText.All[0].MegawattHours(mwh));
}
