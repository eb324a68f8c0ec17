using Syrinx.Training.Data;

namespace Syrinx.Training.Runs;

/// <summary>How many steps a run takes.</summary>
internal static class StepBudget
{
    private const int CalibrationSteps = 8;

    /// <summary>The number of steps where it is known before the first, else null.</summary>
    public static long? Of(TrainRecipe recipe, IBatchSource data, long parameters)
    {
        if (recipe.Minutes is not null)
            return null;
        if (recipe.Steps is { } steps)
            return steps;
        double perEpoch = 1 / data.Epochs(1);
        double tokens = recipe.Tokens ?? Math.Min(20.0 * parameters, recipe.MaxEpochs * perEpoch * recipe.TokensPerStep);
        return Math.Max(1, (long)Math.Ceiling(tokens / recipe.TokensPerStep));
    }

    /// <summary><c>--minutes</c>: after some steps, as many more as will fit, with validations, samples and saving.</summary>
    /// <param name="task">The recipe, and how much there is to validate.</param>
    /// <param name="done">Steps done in this process.</param>
    /// <param name="used">Seconds used so far.</param>
    /// <param name="stepTimes">Seconds of each step.</param>
    /// <returns>Null while there were too few steps to tell.</returns>
    public static long? OfMinutes(TrainingTask task, long done, double used, IReadOnlyCollection<double> stepTimes)
    {
        var recipe = task.Recipe;
        double budget = recipe.Minutes!.Value * 60;
        if (done < CalibrationSteps || used < Math.Min(4, budget * 0.1))
            return null;
        // the first steps are slower: libtorch and the runtime warm up
        double perStep = stepTimes.Skip(CalibrationSteps / 2).Average();
        // a forward pass is a third of a step; a sample is MostTokens short ones; the files at the end take about a second
        double validation = task.Data.Validation.Sum(b => (double)b.Inputs.Length) / recipe.TokensPerStep * perStep / 3;
        double reserved = (6 * validation) + (recipe.Samples * Sampler.MostTokens * Sampler.MostTokens / 3.0 / recipe.TokensPerStep * perStep) + 1;
        return Math.Max(1, (long)((budget - used - reserved) / perStep));
    }
}
