using Syrinx.Planning.Reliability;

namespace Syrinx.Planning.Tests;

public sealed class ReliabilityTests
{
    [Fact]
    public void Ten_thousand_accelerators_fail_every_five_hours()
    {
        double hours = new ReliabilitySettings().MeanTimeBetweenFailures(10_000) / 3600;
        Assert.Equal(5.1, hours, 0.05);
    }

    [Theory]
    [InlineData(40, 20)]
    [InlineData(10, 10)]
    public void Young_asks_for_twenty_minutes_at_forty_seconds_and_ten_at_ten(double write, double minutes) =>
        Assert.Equal(minutes, CheckpointSchedule.Young(write, 5.1 * 3600) / 60, 0.3);

    [Fact]
    public void Daly_is_young_less_the_checkpoint_and_never_longer_than_the_failures_are_apart()
    {
        Assert.Equal(CheckpointSchedule.Young(40, 18_360) - 40, CheckpointSchedule.Daly(40, 18_360), 1e-9);
        Assert.Equal(100, CheckpointSchedule.Daly(60, 100));
    }

    [Fact]
    public void Blooms_checkpoint_of_two_terabytes_takes_its_forty_seconds()
    {
        var schedule = new ReliabilitySettings().Schedule(176.2e9, 384);
        Assert.InRange(schedule.WriteSeconds, 36, 48);
    }

    [Fact]
    public void Llama_3_keeps_more_than_nine_tenths_of_its_time_as_was_published() =>
        Assert.InRange(new ReliabilitySettings().Schedule(405e9, 16_384).Goodput, 0.90, 0.97);

    // the closed form against a simulation that does not know it: rare and frequent failures, long checkpoints, long restarts
    [Theory]
    [InlineData(18_360, 40, 600)]
    [InlineData(18_360, 1.6, 600)]
    [InlineData(1_830, 3, 600)]
    [InlineData(3_600, 300, 1_200)]
    [InlineData(600, 60, 300)]
    public void The_formula_and_the_simulation_agree(double meanTimeBetweenFailures, double write, double restart)
    {
        var schedule = CheckpointSchedule.Best(meanTimeBetweenFailures, write, restart);
        double simulated = Simulate(schedule, failures: 60_000);
        Assert.Equal(schedule.Goodput, simulated, 0.01 * schedule.Goodput);
        // and the simulation can tell: a formula that forgets restarts, or the lost half of an interval, is outside
        double noRestarts = (schedule with { RestartSeconds = 0 }).Goodput;
        double nothingLost = schedule.IntervalSeconds / (schedule.IntervalSeconds + write) * meanTimeBetweenFailures / (meanTimeBetweenFailures + restart);
        Assert.True(Math.Abs(noRestarts - simulated) > 0.01 * simulated);
        Assert.True(Math.Abs(nothingLost - simulated) > 0.01 * simulated || schedule.IntervalSeconds < 0.05 * meanTimeBetweenFailures);
    }

    [Fact]
    public void Dalys_interval_beats_half_and_double_of_it_in_the_simulation()
    {
        var best = CheckpointSchedule.Best(3_600, 60, 300);
        double at = Simulate(best, 200_000);
        Assert.True(at > Simulate(best with { IntervalSeconds = best.IntervalSeconds / 2 }, 200_000));
        Assert.True(at > Simulate(best with { IntervalSeconds = best.IntervalSeconds * 2 }, 200_000));
    }

    [Fact]
    public void A_run_counts_its_failures_and_is_the_same_for_the_same_seed()
    {
        var schedule = CheckpointSchedule.Best(3_600, 60, 300);
        var run = FailureSimulation.Run(schedule, 3e6, seed: 7);
        Assert.Equal(run, FailureSimulation.Run(schedule, 3e6, seed: 7));
        Assert.NotEqual(run, FailureSimulation.Run(schedule, 3e6, seed: 8));
        Assert.Equal(run.WallSeconds / 3_600, run.Failures, 0.15 * run.Failures);
        Assert.Equal(3e6 / run.WallSeconds, run.Goodput, 1e-12);
    }

    private static double Simulate(CheckpointSchedule schedule, double failures) =>
        FailureSimulation.Run(schedule, failures * schedule.MeanTimeBetweenFailures * schedule.Goodput, seed: 42).Goodput;
}
