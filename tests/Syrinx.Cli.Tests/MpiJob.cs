using System.Diagnostics;

namespace Syrinx.Cli.Tests;

/// <summary>The built program as ranks of a real mpirun.</summary>
internal sealed class MpiJob : IDisposable
{
    private readonly Process _mpirun;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    /// <summary>Starts a job; the arguments are mpirun's, with <c>@</c> for the program.</summary>
    public MpiJob(string folder, string arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("mpirun")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in $"--oversubscribe --bind-to none {arguments}".Split(' ', StringSplitOptions.RemoveEmptyEntries))
            start.ArgumentList.Add(argument == "@" ? SyrinxProcess.Program : argument);
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        start.Environment.Remove("SYRINX_HOME");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _mpirun = Process.Start(start)!;
        _output = _mpirun.StandardOutput.ReadToEndAsync();
        _error = _mpirun.StandardError.ReadToEndAsync();
    }

    public bool HasExited => _mpirun.HasExited;

    /// <summary>Skips the test where there is no mpirun.</summary>
    public static void OrSkip() => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(f => File.Exists(Path.Combine(f, "mpirun"))), "mpirun is not here: openmpi-bin has it");

    public static async Task<SyrinxProcess.Result> Run(string folder, string arguments)
    {
        using var job = new MpiJob(folder, arguments);
        return await job.End(TimeSpan.FromMinutes(5));
    }

    /// <summary>Sends a signal to mpirun, as Ctrl-C or Slurm does.</summary>
    public void Signal(int signal) => Kill(_mpirun.Id, signal);

    /// <summary>Sends a signal to a rank, behind mpirun's back.</summary>
    public void Signal(int rank, int signal) => Kill(PidOf(rank), signal);

    public async Task<SyrinxProcess.Result> End(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        try
        {
            await _mpirun.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _mpirun.Kill(entireProcessTree: true);
            throw new TimeoutException($"the job did not end within {within.TotalSeconds:0} s: {await _error}");
        }
        return new(_mpirun.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_mpirun.HasExited)
            _mpirun.Kill(entireProcessTree: true);
        _mpirun.Dispose();
    }

    private int PidOf(int rank)
    {
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(d => int.TryParse(Path.GetFileName(d), out _)))
        {
            try
            {
                // the fourth field is the parent; the second, the name, has neither blanks nor brackets here
                bool ours = File.ReadAllText(Path.Combine(process, "stat")).Split(' ')[3] == $"{_mpirun.Id}";
                if (ours && File.ReadAllText(Path.Combine(process, "environ")).Split('\0').Contains($"OMPI_COMM_WORLD_RANK={rank}"))
                    return int.Parse(Path.GetFileName(process));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // it has ended
            }
        }
        throw new InvalidOperationException($"rank {rank} does not run");
    }

    public static void Kill(int pid, int signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{pid}"]);
        kill.WaitForExit();
    }
}
