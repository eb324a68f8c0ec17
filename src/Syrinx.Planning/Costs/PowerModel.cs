using Syrinx.Planning.Hardware;

namespace Syrinx.Planning.Costs;

/// <summary>
/// Watts of an accelerator with its share of the host: an estimate. An accelerator draws 30% of its rated power when idle and
/// all of it while it multiplies; the host adds 100 W and 35% of the rated power. Both are assumptions, chosen to lie between
/// what was measured: GPT-3's V100 (330 W), PaLM's TPU v4 (378.5 W), a node of eight H100 (at most 8.4 kW, Latif et al. 2024).
/// </summary>
internal static class PowerModel
{
    private const double IdleShare = 0.30, HostWatts = 100, HostShare = 0.35;

    /// <summary>Mean watts; null where no rated power is published.</summary>
    /// <param name="accelerator">Which.</param>
    /// <param name="busy">Share of the time in which it multiplies.</param>
    internal static double? Watts(Accelerator accelerator, double busy) => accelerator.Watts is { } rated
        ? rated * (IdleShare + (1 - IdleShare) * busy) + HostWatts + HostShare * rated : null;
}
