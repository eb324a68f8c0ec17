namespace Syrinx.Training.Optimization;

/// <summary>The learning rate of each step: a linear rise, then a fall to the last step.</summary>
internal static class LearningRate
{
    /// <summary>The rate of step <paramref name="step"/>, from 0, of <paramref name="total"/>; null where that is not fixed yet: no fall.</summary>
    public static double At(TrainRecipe recipe, long step, long? total)
    {
        double rise = recipe.WarmupSteps == 0 ? 1 : Math.Min(1, (step + 1.0) / recipe.WarmupSteps);
        double fall = 1;
        if (total is { } steps)
        {
            double left = Math.Clamp((steps - step) / (double)Math.Max(1, steps - recipe.WarmupSteps), 0, 1);
            double shape = recipe.Decay == "cosine" ? 0.5 - (0.5 * Math.Cos(Math.PI * left)) : left;
            fall = recipe.FinalLearningRateShare + ((1 - recipe.FinalLearningRateShare) * shape);
        }
        return recipe.LearningRate * Math.Min(rise, fall);
    }
}
