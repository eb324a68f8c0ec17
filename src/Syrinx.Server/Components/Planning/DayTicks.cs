namespace Syrinx.Server.Components.Planning;

/// <summary>Round times along a logarithmic axis in days: seconds, minutes, hours, days.</summary>
internal static class DayTicks
{
    private const double Second = 1 / 86_400.0, Minute = 60 * Second, Hour = 3600 * Second;
    private static readonly double[] Coarse = [Second, 10 * Second, Minute, 10 * Minute, Hour, 6 * Hour, .. Powers([1])];
    private static readonly double[] Fine =
        [Second, 5 * Second, 20 * Second, Minute, 2 * Minute, 5 * Minute, 10 * Minute, 30 * Minute, Hour, 2 * Hour, 6 * Hour, 12 * Hour, .. Powers([1, 2, 5])];

    /// <summary>Those within the range: few, or where these are fewer than three, more.</summary>
    internal static IReadOnlyList<double> Of(double from, double to)
    {
        double[] coarse = [.. Coarse.Where(Inside)];
        return coarse.Length >= 3 ? coarse : [.. Fine.Where(Inside)];

        bool Inside(double days) => days >= from && days <= to;
    }

    private static IEnumerable<double> Powers(double[] steps) =>
        Enumerable.Range(0, 13).SelectMany(power => steps.Select(step => step * Math.Pow(10, power)));
}
