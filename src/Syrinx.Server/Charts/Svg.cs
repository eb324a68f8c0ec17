using System.Globalization;

namespace Syrinx.Server.Charts;

/// <summary>Numbers as SVG spells them, whatever the reader's language.</summary>
internal static class Svg
{
    internal static string Number(double n) => Math.Round(n, 2).ToString(CultureInfo.InvariantCulture);

    internal static string Percent(double share) => Number(share * 100) + "%";

    /// <summary>A straight line through the points.</summary>
    internal static string Path(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select((p, i) => $"{(i == 0 ? 'M' : 'L')}{Number(p.X)} {Number(p.Y)}"));

    /// <summary>Points as lines of no length: round caps make them dots that keep their shape when the drawing is stretched.</summary>
    internal static string Dots(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select(p => $"M{Number(p.X)} {Number(p.Y)}h0"));
}
