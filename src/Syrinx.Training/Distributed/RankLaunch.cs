namespace Syrinx.Training.Distributed;

/// <summary>How this process was started: alone, or as one of the ranks of an MPI job. Read from the launcher's variables, so that a process
/// that runs alone never needs an MPI library.</summary>
/// <param name="Rank">Which rank this process is, from 0.</param>
/// <param name="Size">How many ranks there are.</param>
/// <param name="Problem">Why these ranks cannot find each other, or null.</param>
public sealed record RankLaunch(int Rank, int Size, string? Problem = null)
{
    /// <summary>This process.</summary>
    public static RankLaunch Current { get; } = Detect(Environment.GetEnvironmentVariable);

    /// <summary>Reads the variables that Open MPI's mpirun, Slurm's srun and MPICH's mpirun set.</summary>
    /// <param name="variable">The value of an environment variable, or null.</param>
    public static RankLaunch Detect(Func<string, string?> variable)
    {
        // Open MPI's mpirun and prterun: https://www.open-mpi.org/faq/?category=running#mpi-environmental-variables
        if (Number("OMPI_COMM_WORLD_SIZE") is { } size)
            return new(Number("OMPI_COMM_WORLD_RANK") ?? 0, size);
        // srun sets these for the tasks of a step, and not for the batch script itself
        if (Number("SLURM_STEP_NUM_TASKS") is > 1 and var tasks)
        {
            return new(Number("SLURM_PROCID") ?? 0, tasks, variable("PMIX_RANK") is null
                ? $"srun started {tasks} processes without PMIx, so they cannot find each other: start them with 'srun --mpi=pmix', or with -n 1." : null);
        }
        if (Number("PMI_SIZE") is > 1 and var others)
        {
            return new(Number("PMI_RANK") ?? 0, others,
                $"These {others} processes were started by another MPI's mpirun (MPICH's, it seems); Syrinx speaks Open MPI: use the mpirun of Debian's openmpi-bin.");
        }
        return new(0, 1);

        int? Number(string name) => int.TryParse(variable(name), out int n) ? n : null;
    }
}
