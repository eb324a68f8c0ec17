using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Syrinx.Training.Native;

/// <summary>
/// What the machine can do at most: the best bf16 product of square matrices of 1,024, 2,048 and 4,096. The share of it
/// that training reaches is the MFU (model FLOPs utilization, PaLM, https://arxiv.org/abs/2204.02311, appendix B).
/// </summary>
public static class GemmPeak
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<(int, string), double> Measured = [];

    /// <summary>Measures once a process for a number of threads and a device; about 1.5 s on two cores.</summary>
    /// <param name="threads">Threads that one product may use.</param>
    /// <param name="device">As in the recipe.</param>
    /// <returns>FLOP per second.</returns>
    public static double Measure(int threads, string device = "cpu")
    {
        lock (Gate)
        {
            if (Measured.TryGetValue((threads, device), out double known))
                return known;
            var where = LibTorch.Device(device);
            set_num_threads(threads);
            double best = 0;
            var clock = Stopwatch.StartNew();
            foreach (int n in (int[])[1024, 2048, 4096])
                best = Math.Max(best, Best(n, where, clock));
            return Measured[(threads, device)] = best;
        }
    }

    private static double Best(int n, Device device, Stopwatch clock)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var a = ones(n, n, ScalarType.BFloat16, device);
        var b = ones(n, n, ScalarType.BFloat16, device);
        double best = double.MaxValue;
        // the first one or two warm up; a slow machine measures each size at least twice, whatever that takes
        for (int i = 0; i < 2 || (i < 12 && clock.Elapsed.TotalSeconds < 1.5 * n / 2048); i++)
        {
            var start = clock.Elapsed;
            using var c = mm(a, b);
            if (device.type == DeviceType.CUDA)
                cuda.synchronize();
            best = Math.Min(best, (clock.Elapsed - start).TotalSeconds);
        }
        return 2.0 * n * n * n / best;
    }
}
