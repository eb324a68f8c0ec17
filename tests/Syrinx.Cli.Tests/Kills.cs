using System.Diagnostics;
using System.Globalization;

namespace Syrinx.Cli.Tests;

/// <summary>
/// Runs of the real program that are killed (SIGKILL), each at another part of the time that an undisturbed one takes: a few here, as
/// many as SYRINX_KILLS says where that is set.
/// </summary>
internal static class Kills
{
    private static readonly int Count =
        int.TryParse(Environment.GetEnvironmentVariable("SYRINX_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 6;

    /// <summary>Kills runs one after the other; fails where hardly any was still at work.</summary>
    /// <param name="start">Starts one.</param>
    /// <param name="undisturbed">How long one takes that is left alone.</param>
    /// <param name="afterEach">Looks at what is left, or makes it new; told whether the run had ended by itself.</param>
    public static async Task Spread(Func<Process> start, TimeSpan undisturbed, Action<bool> afterEach)
    {
        int kills = 0;
        for (int i = 0; i < Count; i++)
        {
            using var process = start();
            await Task.Delay(undisturbed * ((i + 0.5) / Count));
            bool ended = process.HasExited;
            kills += ended ? 0 : 1;
            process.Kill();
            await process.WaitForExitAsync();
            afterEach(ended);
        }
        Assert.True(kills * 2 >= Count, $"only {kills} of {Count} could be killed before they ended");
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} of {Count} runs killed within {undisturbed.TotalSeconds:0.0} s");
    }
}
