using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Syrinx.Cli.Terminal;
using Syrinx.Training.Distributed;
using Syrinx.Training.Native;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx doctor</c>: what this machine has of what Syrinx wants, and what to do about the rest.</summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        var command = new Command("doctor", "Checks CPU features, libtorch, MPI, CUDA, the server's port and the disk.\n\nExample: syrinx doctor --json");
        command.Runs((_, context) =>
        {
            Check[] checks = [Cpu(), Training(), Ranks(), Cuda(), Port(), Disk(context)];
            string summary = string.Join('\n', checks.Select(c => $"{(c.Ok ? "ok  " : "FAIL")}  {c.Name,-10} {c.Detail}"));
            return new VerbResult(new Report(checks), summary);
        });
        return command;
    }

    /// <summary>What serve and quickstart take where no other is given.</summary>
    private const int ServerPort = 5080;

    private static Check Cpu()
    {
        string isa = Avx512BW.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : "no AVX2: inference and training will be slow";
        return new("cpu", true, $"{RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, {isa}");
    }

    private static Check Training()
    {
        try
        {
            return new("libtorch", true, LibTorch.Prepare());
        }
        catch (InputException e)
        {
            return new("libtorch", false, e.Message);
        }
    }

    private static Check Ranks()
    {
        try
        {
            string version = Mpi.Version();
            bool launcher = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "mpirun")));
            return launcher ? new("mpi", true, version)
                : new("mpi", false, $"{version}; but mpirun is not on the PATH: apt-get install openmpi-bin. Training in one process does without.");
        }
        catch (InputException e)
        {
            return new("mpi", false, e.Message + " Training in one process does without.");
        }
    }

    private static Check Cuda()
    {
        try
        {
            return new("cuda", true, LibTorch.HasCuda ? "libtorch sees a GPU" : "none that libtorch sees: everything is computed on the CPU");
        }
        catch (InputException e)
        {
            return new("cuda", false, e.Message);
        }
    }

    private static Check Port()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, ServerPort);
            listener.Start();
            return new("port", true, $"{ServerPort} is free for serve and quickstart");
        }
        catch (SocketException e)
        {
            return new("port", false, $"{ServerPort} cannot be used ({e.Message}): give serve and quickstart another with --port N, or 0 for a free one");
        }
    }

    private static Check Disk(VerbContext context)
    {
        string existing = context.Home.Path;
        while (!Directory.Exists(existing))
            existing = Path.GetDirectoryName(existing)!;
        long free = new DriveInfo(existing).AvailableFreeSpace;
        return new("disk", free > 1L << 30, $"{free / (double)(1L << 30):0.0} GiB free under {existing}");
    }

    private sealed record Check(string Name, bool Ok, string Detail);

    private sealed record Report(IReadOnlyList<Check> Checks);
}
