namespace Syrinx.Training.Runs;

/// <summary>
/// Tells spikes: a loss that lies more than some standard deviations above the mean of the last 128 steps (OLMo-core's SkipStep, whose window, least number of
/// steps and six deviations these are: https://github.com/allenai/OLMo-core), or a gradient norm whose logarithm does, where a
/// scatter of less than a quarter counts as a quarter: six of these are 4.5 times the geometric mean. Where norms scatter widely, their logarithms are about
/// normal and they themselves are not. Where they scatter little (by 9 % in a run of 3,461 steps of 8 × 256 tokens), their tail is heavier: six deviations as
/// they are skipped 24 steps there, with usual losses and at most 3.7 times the mean.
/// A function of the run's own numbers, so all ranks and every resumed run decide alike. A spike enters the window as the limit that it broke: it neither hides
/// the next one, nor is a new level refused for ever. For one thread.
/// </summary>
/// <param name="deviations">How many standard deviations above the mean are a spike; 0: nothing is.</param>
/// <param name="losses">The window of a run that goes on, oldest first.</param>
/// <param name="norms">The same of the gradients' norms.</param>
internal sealed class SpikeGuard(double deviations, IEnumerable<double> losses, IEnumerable<double> norms)
{
    /// <summary>Steps that are looked back on.</summary>
    public const int Window = 128;

    /// <summary>Steps before which nothing is a spike.</summary>
    public const int Least = Window / 2;

    /// <summary>Least standard deviation of the logarithms of gradient norms that is reckoned with.</summary>
    public const double LeastScatter = 0.25;

    private readonly Queue<double> _losses = new(losses);
    private readonly Queue<double> _norms = new(norms.Where(n => n > 0));

    /// <summary>The window, oldest first; a checkpoint keeps it.</summary>
    public double[] Losses => [.. _losses];

    /// <summary>The same of the gradients' norms.</summary>
    public double[] Norms => [.. _norms];

    /// <summary>Takes a step's numbers, both finite.</summary>
    /// <returns>Null, or why the step is a spike, for a person.</returns>
    public string? Take(double loss, double norm) =>
        deviations > 0 ? (TakeLoss(loss), TakeNorm(norm)) switch
        {
            ({ } a, _) => a,
            (null, var b) => b,
        } : null;

    private string? TakeLoss(double loss)
    {
        string? reason = null;
        if (_losses.Count >= Least)
        {
            var (mean, deviation) = Moments(_losses);
            double limit = mean + (deviations * deviation);
            if (loss > limit)
            {
                reason = $"its loss {loss:0.###} is above {limit:0.###}, {deviations:0.##} standard deviations over the mean of the last {_losses.Count} steps";
                loss = limit;
            }
        }
        Enter(_losses, loss);
        return reason;
    }

    private string? TakeNorm(double norm)
    {
        if (norm == 0)
            return null; // nothing was to be learnt
        string? reason = null;
        if (_norms.Count >= Least)
        {
            var (mean, deviation) = Moments([.. _norms.Select(n => Math.Log(n))]);
            double limit = Math.Exp(mean + (deviations * Math.Max(deviation, LeastScatter)));
            if (norm > limit)
            {
                reason = $"its gradient norm {norm:0.###} is above {limit:0.###}, {deviations:0.##} standard deviations of its logarithm over the mean of the last {_norms.Count} steps";
                norm = limit;
            }
        }
        Enter(_norms, norm);
        return reason;
    }

    private static (double Mean, double Deviation) Moments(IReadOnlyCollection<double> window)
    {
        double mean = window.Average();
        return (mean, Math.Sqrt(window.Sum(v => (v - mean) * (v - mean)) / (window.Count - 1)));
    }

    private static void Enter(Queue<double> window, double value)
    {
        window.Enqueue(value);
        if (window.Count > Window)
            window.Dequeue();
    }
}
