using System.Text;
using static Syrinx.PageText;

namespace Syrinx.Evaluation.Report;

/// <summary>Loss by tokens as an SVG: a line a run, dots where it was validated.</summary>
internal static class LossChart
{
    private const double Left = 40, Right = 14, Top = 12, Bottom = 30;

    /// <summary>Draws the curves of runs.</summary>
    /// <param name="runs">The runs; those without a curve are left out.</param>
    /// <param name="width">Units of the drawing; a phone gets a narrower one, so that its letters stay readable.</param>
    /// <param name="height">The same.</param>
    /// <param name="kind">The drawing's class: <c>wide</c> or <c>narrow</c>.</param>
    public static string Draw(IReadOnlyList<ReportRun> runs, double width, double height, string kind)
    {
        var all = runs.SelectMany(r => r.Training.Concat(r.Validation)).ToList();
        double most = all.Max(p => p.Tokens), low = all.Min(p => p.Loss), high = all.Max(p => p.Loss);
        double[] down = Ticks(low, high, 5), across = Ticks(0, most, kind == "wide" ? 6 : 3);
        low = Math.Min(low, down[0]);
        high = Math.Max(high, down[^1]);
        double X(double tokens) => Left + (width - Left - Right) * tokens / most;
        double Y(double loss) => Top + (height - Top - Bottom) * (1 - (loss - low) / Math.Max(1e-9, high - low));
        var svg = new StringBuilder();
        svg.Append(Invariant, $"<svg class=\"{kind}\" viewBox=\"0 0 {At(width)} {At(height)}\" role=\"img\" aria-label=\"Loss by tokens · 損失與詞元數\">");
        foreach (double tick in down)
            svg.Append(Invariant, $"<line class=\"lead\" x1=\"{At(Left)}\" x2=\"{At(width - Right)}\" y1=\"{At(Y(tick))}\" y2=\"{At(Y(tick))}\"/><text class=\"small muted\" x=\"{At(Left - 8)}\" y=\"{At(Y(tick) + 4)}\" text-anchor=\"end\">{tick:0.##}</text>");
        foreach (double tick in across)
            svg.Append(Invariant, $"<text class=\"small muted\" x=\"{At(X(tick))}\" y=\"{At(height - 8)}\" text-anchor=\"{(X(tick) > width - 50 ? "end" : "middle")}\">{Short(tick)}</text>");
        for (int i = 0; i < runs.Count; i++)
        {
            if (runs[i].Training.Count > 0)
                svg.Append(Invariant, $"<polyline class=\"curve run{i}\" points=\"{string.Join(' ', runs[i].Training.Select(p => $"{At(X(p.Tokens))},{At(Y(p.Loss))}"))}\"/>");
            foreach (var p in runs[i].Validation)
                svg.Append(Invariant, $"<circle class=\"spot run{i}\" cx=\"{At(X(p.Tokens))}\" cy=\"{At(Y(p.Loss))}\" r=\"4.5\"><title>{Escape(runs[i].Name)} · {p.Loss:0.000}</title></circle>");
        }
        return svg.Append("</svg>").ToString();
    }

    /// <summary>Round numbers between two, about as many as wanted.</summary>
    internal static double[] Ticks(double low, double high, int wanted)
    {
        double raw = Math.Max(1e-9, high - low) / wanted, power = Math.Pow(10, Math.Floor(Math.Log10(raw))), step = power * (raw / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        double first = Math.Ceiling(low / step - 1e-9) * step;
        return [.. Enumerable.Range(0, (int)Math.Floor((high - first) / step + 1e-9) + 1).Select(i => first + i * step)];
    }

    /// <summary>950, 12k, 4.5M.</summary>
    internal static string Short(double n) => n switch
    {
        >= 1e9 => (n / 1e9).ToString("0.##", Invariant) + "G",
        >= 1e6 => (n / 1e6).ToString("0.##", Invariant) + "M",
        >= 1e3 => (n / 1e3).ToString("0.#", Invariant) + "k",
        _ => n.ToString("0", Invariant),
    };
}
