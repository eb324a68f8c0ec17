namespace Syrinx.Training.Runs;

/// <summary>
/// Tells spikes: a loss or a gradient norm that lies more than some standard deviations above the mean of the last 128 steps (OLMo-core's SkipStep, whose
/// window, least number of steps and six deviations these are: https://github.com/allenai/OLMo-core). A function of the run's own numbers, so all ranks and
/// every resumed run decide alike. A spike enters the window as the limit that it broke: it neither hides the next one, nor is a new level refused for ever.
/// For one thread.
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

    private readonly Queue<double> _losses = new(losses);
    private readonly Queue<double> _norms = new(norms);

    /// <summary>The window, oldest first; a checkpoint keeps it.</summary>
    public double[] Losses => [.. _losses];

    /// <summary>The same of the gradients' norms.</summary>
    public double[] Norms => [.. _norms];

    /// <summary>Takes a step's numbers, both finite.</summary>
    /// <returns>Null, or why the step is a spike, for a person.</returns>
    public string? Take(double loss, double norm) =>
        deviations > 0 ? (Take(_losses, loss, "loss"), Take(_norms, norm, "gradient norm")) switch
        {
            ({ } a, _) => a,
            (null, var b) => b,
        } : null;

    private string? Take(Queue<double> window, double value, string what)
    {
        string? reason = null;
        if (window.Count >= Least)
        {
            double mean = window.Average();
            double deviation = Math.Sqrt(window.Sum(v => (v - mean) * (v - mean)) / (window.Count - 1));
            double limit = mean + (deviations * deviation);
            if (value > limit)
            {
                reason = $"its {what} {value:0.###} is above {limit:0.###}, {deviations:0.##} standard deviations over the mean of the last {window.Count} steps";
                value = limit;
            }
        }
        window.Enqueue(value);
        if (window.Count > Window)
            window.Dequeue();
        return reason;
    }
}
