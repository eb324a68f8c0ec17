using Syrinx.Training.Distributed;

namespace Syrinx.Cli.Terminal;

/// <summary>
/// Runs a verb in this process, or as one rank of a job: rank 0 speaks to the person, the others only when they fail, and no rank is left waiting
/// for one that has ended.
/// </summary>
internal static class RankedVerb
{
    /// <summary>Sees to it that a verb of one process was not started by mpirun as several: they would overwrite each other's files.</summary>
    /// <exception cref="InputException">It was.</exception>
    public static void RefuseRanks(string verb)
    {
        var launch = RankLaunch.Current;
        if (launch.Size > 1)
            throw new InputException(launch.Problem ?? $"'{verb}' runs as one process, but the launcher started {launch.Size}: only train and tune share their work among ranks.");
    }

    /// <summary>Runs <paramref name="verb"/> and ends the job as this rank ended.</summary>
    /// <param name="verb">The verb; every rank runs it.</param>
    /// <param name="fail">Tells of an error and returns the exit code.</param>
    public static VerbResult? Run(Func<World, VerbResult> verb, Func<Exception, int> fail)
    {
        var world = World.Join(Console.Error.WriteLine);
        if (world.Size == 1)
            return verb(world);
        try
        {
            var result = verb(world);
            world.Leave();
            return world.IsFirst ? result : null;
        }
        catch (OperationCanceledException) when (world.Stopped)
        {
            world.Leave();
            throw;
        }
        catch (Exception e)
        {
            // rank 0 speaks for all where all fail alike
            if (world.FirstFailsToo())
                Thread.Sleep(Timeout.Infinite); // until the launcher, or the watch over rank 0, ends this process
            world.Abort(fail(e));
            return null;
        }
    }
}
