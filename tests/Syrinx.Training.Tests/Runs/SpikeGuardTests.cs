using Syrinx.Training.Data;
using Syrinx.Training.Runs;

namespace Syrinx.Training.Tests.Runs;

public sealed class SpikeGuardTests
{
    [Fact]
    public void A_loss_or_a_norm_far_above_the_last_steps_is_a_spike_and_a_small_one_is_not()
    {
        var guard = Settled(100);
        Assert.Null(guard.Take(2.2, 1.2)); // two deviations
        Assert.Contains("loss 9 is above", guard.Take(9, 1));
        Assert.Contains("gradient norm 50 is above", guard.Take(2, 50));
        Assert.Null(guard.Take(0.1, 0.01)); // far below is no spike
    }

    [Fact]
    public void Nothing_is_a_spike_before_enough_steps_or_where_it_is_turned_off()
    {
        var guard = Settled(SpikeGuard.Least - 1);
        Assert.Null(guard.Take(1000, 1000));
        var off = new SpikeGuard(0, [], []);
        for (int i = 0; i < 200; i++)
            Assert.Null(off.Take(i == 150 ? 1e9 : 2, 1));
    }

    [Fact]
    public void A_spike_does_not_hide_the_next_and_a_new_level_is_accepted_in_the_end()
    {
        var guard = Settled(128);
        Assert.NotNull(guard.Take(1e6, 1));
        Assert.NotNull(guard.Take(9, 1));
        int refused = 0;
        while (guard.Take(4, 1) is not null)
            Assert.InRange(++refused, 1, 100);
        Assert.True(refused > 0);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void Norms_whose_logarithms_are_normal_are_no_spikes(double scatter)
    {
        var guard = new SpikeGuard(6, [], []);
        float[] logarithms = new float[20_000];
        new CounterRandom(11, 1).FillNormal(logarithms, scatter);
        Assert.InRange(logarithms.Count(l => guard.Take(2, 0.9 * Math.Exp(l)) is not null), 0, 3);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    [InlineData(0.3)]
    public void A_norm_of_ten_times_the_usual_is_a_spike_and_one_of_less_than_four_times_is_not(double scatter)
    {
        var guard = new SpikeGuard(6, [], []);
        float[] logarithms = new float[4000];
        new CounterRandom(12, 1).FillNormal(logarithms, scatter);
        for (int i = 0; i < logarithms.Length; i++)
        {
            double usual = 0.9 * Math.Exp(logarithms[i]);
            string? reason = i % 400 == 399 ? guard.Take(2, 9) : guard.Take(2, i % 130 == 0 ? 0.9 * 3.3 : usual);
            Assert.True(reason?.StartsWith("its gradient norm 9 is above", StringComparison.Ordinal) ?? (i % 400 != 399), $"step {i}: {reason}");
        }
    }

    [Fact]
    public void A_new_level_of_norms_is_accepted_in_the_end_and_batches_without_targets_do_not_count()
    {
        var guard = Settled(128);
        for (int i = 0; i < 40; i++)
            Assert.Null(guard.Take(2, 0));
        Assert.DoesNotContain(0, guard.Norms);
        int refused = 0;
        while (guard.Take(2, 12) is not null)
            Assert.InRange(++refused, 1, 40);
        Assert.True(refused > 0);
    }

    [Fact]
    public void A_guard_that_goes_on_from_the_saved_window_decides_as_the_undisturbed_one()
    {
        var whole = Settled(90);
        var resumed = new SpikeGuard(6, whole.Losses, whole.Norms);
        for (int i = 0; i < 200; i++)
        {
            double loss = 2 + (i % 37 == 0 ? 3 : 0.1 * Math.Sin(i));
            Assert.Equal(whole.Take(loss, 1 + (loss / 9)), resumed.Take(loss, 1 + (loss / 9)));
        }
        Assert.Equal(SpikeGuard.Window, whole.Losses.Length);
    }

    private static SpikeGuard Settled(int steps)
    {
        var guard = new SpikeGuard(6, [], []);
        var random = new CounterRandom(1, 1);
        for (ulong i = 0; i < (ulong)steps; i++)
            Assert.Null(guard.Take(2 + (0.3 * (random.Unit(2 * i) - 0.5)), 1 + (0.3 * (random.Unit((2 * i) + 1) - 0.5))));
        return guard;
    }
}
