namespace Syrinx.Server.Charts;

/// <summary>One named amount: a slice, a bar or a column.</summary>
/// <param name="Label">What it is, in the reader's language.</param>
/// <param name="Value">How much; not negative.</param>
/// <param name="Key">What a click on it means to the page; null: it cannot be clicked.</param>
public sealed record ChartItem(string Label, double Value, string? Key = null);

/// <summary>One line of a chart.</summary>
/// <param name="Name">For the legend, in the reader's language.</param>
/// <param name="Points">In the order of x.</param>
/// <param name="Dots">Draw each point: for few, measured points.</param>
public sealed record ChartLine(string Name, IReadOnlyList<ChartPoint> Points, bool Dots = false);

/// <summary>A point of a line.</summary>
public readonly record struct ChartPoint(double X, double Y);

/// <summary>Round numbers along an axis.</summary>
internal static class Axis
{
    /// <summary>
    /// One to <paramref name="count"/> + 1 multiples of 1, 2 or 5 · 10ⁿ within the range; <paramref name="count"/> is at least 3.
    /// </summary>
    internal static IReadOnlyList<double> Ticks(double from, double to, int count)
    {
        double range = to - from;
        if (!(range > 0) || double.IsInfinity(range))
            return [from];
        double rough = range / count, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        List<double> ticks = [];
        for (long i = (long)Math.Ceiling(from / step - 1e-9); i * step <= to + step * 1e-9; i++)
            ticks.Add(i * step);
        return ticks;
    }

    /// <summary>Decimals that tell one tick from the next.</summary>
    internal static int Decimals(IReadOnlyList<double> ticks) =>
        ticks.Count < 2 ? 1 : Math.Clamp((int)Math.Ceiling(-Math.Log10(ticks[1] - ticks[0]) - 1e-9), 0, 6);
}
