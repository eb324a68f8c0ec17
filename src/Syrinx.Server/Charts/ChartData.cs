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

/// <summary>A part of a bar.</summary>
/// <param name="Label">What it is, in the reader's language.</param>
/// <param name="Value">How much; not negative.</param>
/// <param name="Series">The colour, 1 to 7; the seventh is the quiet one.</param>
public sealed record StackPart(string Label, double Value, int Series);

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

    /// <summary>Powers of ten within a logarithmic range, or where it has fewer than three, multiples of 1, 2 and 5 of them.</summary>
    internal static IReadOnlyList<double> Decades(double from, double to)
    {
        int first = (int)Math.Floor(Math.Log10(from) + 1e-9), last = (int)Math.Ceiling(Math.Log10(to) - 1e-9);
        IEnumerable<double> In(double[] steps) => Enumerable.Range(first, last - first + 1)
            .SelectMany(power => steps.Select(step => step * Math.Pow(10, power))).Where(n => n >= from * (1 - 1e-9) && n <= to * (1 + 1e-9));
        double[] powers = [.. In([1])];
        return powers.Length >= 3 ? powers : [.. In([1, 2, 5])];
    }

    /// <summary>Decimals that tell one tick from the next.</summary>
    internal static int Decimals(IReadOnlyList<double> ticks) =>
        ticks.Count < 2 ? 1 : Math.Clamp((int)Math.Ceiling(-Math.Log10(ticks[1] - ticks[0]) - 1e-9), 0, 6);
}
