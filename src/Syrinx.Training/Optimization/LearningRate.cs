namespace Syrinx.Training.Optimization;

/// <summary>The learning rate of each step: a linear rise, then a fall to the last step, or to the last after a stable phase.</summary>
internal static class LearningRate
{
    /// <summary>The rate of step <paramref name="step"/>, from 0, of <paramref name="total"/>; null where that is not fixed yet: no fall.</summary>
    public static double At(TrainRecipe recipe, long step, long? total)
    {
        double rise = recipe.WarmupSteps == 0 ? 1 : Math.Min(1, (step + 1.0) / recipe.WarmupSteps);
        double fall = 1;
        if (total is { } steps)
        {
            double left = Math.Clamp((steps - step) / (double)Math.Max(1, steps - FallBegins(recipe, steps)), 0, 1);
            double shape = recipe.Decay == "cosine" ? 0.5 - (0.5 * Math.Cos(Math.PI * left)) : left;
            fall = recipe.FinalLearningRateShare + ((1 - recipe.FinalLearningRateShare) * shape);
        }
        return recipe.LearningRate * Math.Min(rise, fall);
    }

    /// <summary>
    /// The step from which on the rate falls. With <c>wsd</c> (warm-up, stable, decay: Hu et al. 2024, https://arxiv.org/abs/2404.06395) the last
    /// <see cref="TrainRecipe.DecayShare"/> of the steps, else all after the warm-up.
    /// </summary>
    public static long FallBegins(TrainRecipe recipe, long total) =>
        recipe.Decay == "wsd" ? total - (long)Math.Ceiling(recipe.DecayShare * total) : recipe.WarmupSteps;

    /// <summary>
    /// Whether the first <paramref name="steps"/> steps have the same rates in a run of <paramref name="before"/> steps as in one of <paramref name="now"/>:
    /// then the one can go on as the other, and ends where the other would.
    /// </summary>
    public static bool SameUntil(TrainRecipe recipe, long steps, long before, long now)
    {
        for (long step = 0; step < steps; step++)
        {
            if (At(recipe, step, before) != At(recipe, step, now))
                return false;
        }
        return true;
    }
}
