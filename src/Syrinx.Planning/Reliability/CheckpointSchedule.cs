namespace Syrinx.Planning.Reliability;

/// <summary>When to write checkpoints, and what failures leave of the time. All in seconds; failures are exponential.</summary>
/// <param name="MeanTimeBetweenFailures"><c>M</c>.</param>
/// <param name="WriteSeconds"><c>C</c>: training waits while a checkpoint is written.</param>
/// <param name="RestartSeconds"><c>R</c>: from a failure until work goes on from the last checkpoint.</param>
/// <param name="IntervalSeconds"><c>τ</c>: work between two checkpoints.</param>
public sealed record CheckpointSchedule(
    double MeanTimeBetweenFailures, double WriteSeconds, double RestartSeconds, double IntervalSeconds)
{
    /// <summary>The schedule with Daly's interval.</summary>
    public static CheckpointSchedule Best(double meanTimeBetweenFailures, double writeSeconds, double restartSeconds) =>
        new(meanTimeBetweenFailures, writeSeconds, restartSeconds, Daly(writeSeconds, meanTimeBetweenFailures));

    /// <summary>√(2·C·M) (Young 1974).</summary>
    public static double Young(double write, double meanTimeBetweenFailures) => Math.Sqrt(2 * write * meanTimeBetweenFailures);

    /// <summary>√(2·C·M) − C, and M where a checkpoint takes longer than two failures are apart (Daly 2006).</summary>
    public static double Daly(double write, double meanTimeBetweenFailures) =>
        write < meanTimeBetweenFailures / 2 ? Young(write, meanTimeBetweenFailures) - write : meanTimeBetweenFailures;

    /// <summary>Share of the time that becomes lasting work: τ / (M·e^(R/M)·(e^((τ+C)/M) − 1)) (Daly 2006, equation 13).</summary>
    public double Goodput
    {
        get
        {
            double m = MeanTimeBetweenFailures;
            return IntervalSeconds / (m * Math.Exp(RestartSeconds / m) * (Math.Exp((IntervalSeconds + WriteSeconds) / m) - 1));
        }
    }

    /// <summary>Share of the time that is spent writing checkpoints that last.</summary>
    public double Writing => Goodput * WriteSeconds / IntervalSeconds;
}
