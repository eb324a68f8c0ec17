namespace Syrinx.Planning.Reliability;

/// <summary>What happened in a simulated run.</summary>
/// <param name="WallSeconds">From beginning to end.</param>
/// <param name="Failures">How many.</param>
/// <param name="Goodput">Work over wall time.</param>
public sealed record SimulatedRun(double WallSeconds, int Failures, double Goodput);

/// <summary>
/// Plays a run through, event by event: work, checkpoints, failures in the middle of either, restarts that fail too. It knows
/// nothing of <see cref="CheckpointSchedule.Goodput"/>'s formula and so checks it.
/// </summary>
public static class FailureSimulation
{
    /// <summary>Plays <paramref name="workSeconds"/> of work; the same seed gives the same run.</summary>
    public static SimulatedRun Run(CheckpointSchedule schedule, double workSeconds, int seed)
    {
        var random = new Random(seed);
        double now = 0, saved = 0, nextFailure = Exponential();
        int failures = 0;

        while (saved < workSeconds)
        {
            double work = Math.Min(schedule.IntervalSeconds, workSeconds - saved);
            if (Passes(work + schedule.WriteSeconds))
                saved += work; // only now does it last
            else
                while (!Passes(schedule.RestartSeconds)) { }
        }
        return new(now, failures, workSeconds / now);

        // lets time pass until the phase ends or a failure strikes
        bool Passes(double seconds)
        {
            if (now + seconds <= nextFailure)
            {
                now += seconds;
                return true;
            }
            now = nextFailure;
            nextFailure = now + Exponential();
            failures++;
            return false;
        }

        double Exponential() => -Math.Log(1 - random.NextDouble()) * schedule.MeanTimeBetweenFailures;
    }
}
