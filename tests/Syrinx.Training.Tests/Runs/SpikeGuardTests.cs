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
