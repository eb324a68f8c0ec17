using Syrinx.Training.Distributed;

namespace Syrinx.Training.Tests.Distributed;

public sealed class RankLaunchTests
{
    [Fact]
    public void A_process_that_nobody_launched_is_alone() => Assert.Equal(new RankLaunch(0, 1), Detect());

    [Fact]
    public void Open_MPIs_mpirun_tells_rank_and_size() =>
        Assert.Equal(new RankLaunch(3, 8), Detect(("OMPI_COMM_WORLD_RANK", "3"), ("OMPI_COMM_WORLD_SIZE", "8")));

    [Fact]
    public void Srun_with_PMIx_tells_rank_and_size() =>
        Assert.Equal(new RankLaunch(5, 16), Detect(("SLURM_PROCID", "5"), ("SLURM_STEP_NUM_TASKS", "16"), ("PMIX_RANK", "5")));

    [Fact]
    public void A_batch_script_of_a_job_with_many_tasks_is_alone() =>
        Assert.Equal(new RankLaunch(0, 1), Detect(("SLURM_PROCID", "0"), ("SLURM_NTASKS", "16")));

    [Fact]
    public void Srun_without_PMIx_says_which_option_is_missing() =>
        Assert.Contains("--mpi=pmix", Detect(("SLURM_PROCID", "1"), ("SLURM_STEP_NUM_TASKS", "2")).Problem);

    [Fact]
    public void Another_MPIs_launcher_is_told_from_Open_MPIs()
    {
        var launch = Detect(("PMI_RANK", "1"), ("PMI_SIZE", "4"));
        Assert.Equal((1, 4), (launch.Rank, launch.Size));
        Assert.Contains("openmpi-bin", launch.Problem);
    }

    [Fact]
    public void A_rank_may_be_silent_for_a_minute_unless_the_environment_says_otherwise()
    {
        Assert.Equal(60, World.Silence(null).TotalSeconds);
        Assert.Equal(2.5, World.Silence("2.5").TotalSeconds);
        Assert.Contains("SYRINX_RANK_TIMEOUT=soon", Assert.Throws<InputException>(() => World.Silence("soon")).Message);
    }

    private static RankLaunch Detect(params (string Name, string Value)[] variables) =>
        RankLaunch.Detect(name => Array.Find(variables, v => v.Name == name).Value);
}
