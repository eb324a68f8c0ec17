using System.Runtime.InteropServices;
using TorchSharp;

namespace Syrinx.Training.Native;

/// <summary>
/// Loads libtorch, once, in the way that keeps it fast. Everything that touches a tensor calls <see cref="Prepare"/> first.
/// Safe to call from any thread.
/// </summary>
public static partial class LibTorch
{
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Loads libtorch if that was not done yet.</summary>
    /// <returns>What was loaded, for a person: versions and whether the mended TorchSharp is used.</returns>
    /// <exception cref="InputException">It cannot be loaded on this machine; the message says what to do.</exception>
    public static string Prepare() => Loaded.Value;

    /// <summary>Whether libtorch is one for GPUs and sees one.</summary>
    /// <inheritdoc cref="Prepare"/>
    public static bool HasCuda
    {
        get
        {
            Prepare();
            return torch.cuda.is_available();
        }
    }

    /// <summary>The device that a recipe names.</summary>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
    /// <exception cref="InputException">It is none of these, or this machine or libtorch lacks it.</exception>
    internal static torch.Device Device(string device)
    {
        Prepare();
        if (device == "cpu")
            return torch.CPU;
        if (device != "cuda" && !(device.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(device.AsSpan(5), out _)))
            throw new InputException($"device '{device}' must be cpu, cuda or cuda:N.");
        return torch.cuda.is_available()
            ? torch.device(device)
            : throw new InputException(
                $"device '{device}': libtorch sees no CUDA here. Syrinx is built with libtorch for CPUs; use device cpu, or build with libtorch-cuda.");
    }

    private static string Load()
    {
        // libgomp's threads spin when they wait; with a busy core that cut a matrix product from 73 to 2 GFLOP/s. libgomp reads
        // the variable from the C library's environment when it is loaded, and .NET's own copy does not reach that one.
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
            _ = SetEnv("OMP_WAIT_POLICY", "PASSIVE", 0);
        try
        {
            using var one = torch.ones(1);
            return $"libtorch {torch.__version__} loaded{(IsMended() ? ", TorchSharp mended for this system's libstdc++" : "")}";
        }
        catch (Exception e) when (e is TypeInitializationException or NotSupportedException or DllNotFoundException or BadImageFormatException)
        {
            throw new InputException(
                "libtorch cannot be loaded, so this machine cannot train: " + (e.InnerException ?? e).Message.ReplaceLineEndings(" ").Trim() +
                " It needs x64 Linux with glibc 2.28 or newer; building anew (dotnet build) mends TorchSharp where libstdc++ is old.", e);
        }
    }

    /// <summary>Whether eng/mend-torchsharp.sh replaced the link to the stock library: only a mended one is a file of its own.</summary>
    private static bool IsMended()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        return new FileInfo(path) is { Exists: true, LinkTarget: null };
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);
}
