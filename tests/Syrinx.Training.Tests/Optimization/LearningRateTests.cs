using Syrinx.Training.Optimization;

namespace Syrinx.Training.Tests.Optimization;

public sealed class LearningRateTests
{
    private static readonly TrainRecipe Wsd = TinyHome.Recipe with { LearningRate = 1, WarmupSteps = 10, Decay = "wsd", DecayShare = 0.25, FinalLearningRateShare = 0.1 };

    [Fact]
    public void Wsd_rises_stays_and_falls_to_its_share()
    {
        double[] rates = [.. Enumerable.Range(0, 100).Select(step => LearningRate.At(Wsd, step, 100))];
        Assert.Equal(0.1, rates[0], 1e-12);
        Assert.All(rates[9..76], r => Assert.Equal(1, r));
        Assert.Equal(75, LearningRate.FallBegins(Wsd, 100));
        Assert.True(rates[76] < 1);
        Assert.All(rates[76..].Zip(rates[77..]), p => Assert.Equal(0.9 / 25, p.First - p.Second, 1e-12));
        Assert.Equal(0.1, LearningRate.At(Wsd, 100, 100), 1e-12);
    }

    [Fact]
    public void Steps_of_the_stable_phase_are_the_same_in_a_longer_run_and_others_are_not()
    {
        Assert.True(LearningRate.SameUntil(Wsd, 76, 100, 1000));
        Assert.False(LearningRate.SameUntil(Wsd, 77, 100, 1000));
        Assert.False(LearningRate.SameUntil(Wsd with { Decay = "linear" }, 20, 100, 1000));
        Assert.True(LearningRate.SameUntil(Wsd with { Decay = "linear", FinalLearningRateShare = 1 }, 100, 100, 1000));
    }
}
