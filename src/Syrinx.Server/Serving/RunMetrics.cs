using System.Text.Json;

namespace Syrinx.Server.Serving;

/// <summary>One step of a training run, as <c>metrics.jsonl</c> tells it; what the line does not tell is null.</summary>
/// <param name="Step">From 1.</param>
/// <param name="Loss">Training loss in nats a token.</param>
/// <param name="ValLoss">Validation loss, on the steps that measured it.</param>
/// <param name="Tokens">Tokens seen so far.</param>
/// <param name="LearningRate">Of this step.</param>
/// <param name="TokensPerSecond">Measured.</param>
/// <param name="Mfu">Share of the machine's measured matrix peak, 0 to 1.</param>
public readonly record struct RunPoint(
    long Step, double? Loss, double? ValLoss, long? Tokens, double? LearningRate, double? TokensPerSecond, double? Mfu);

/// <summary>A training run: its curve, thinned out, and its last step.</summary>
/// <param name="Name">The folder's name under <c>runs/</c>.</param>
/// <param name="Points">At most <see cref="MostPoints"/>, evenly taken, the first and last step among them, and every validation
/// unless there are very many.</param>
/// <param name="UpdatedAt">When the last line was written, UTC: a run that is going on writes every few seconds at most.</param>
public sealed record RunMetrics(string Name, IReadOnlyList<RunPoint> Points, DateTime UpdatedAt)
{
    /// <summary>As many as a chart can show.</summary>
    public const int MostPoints = 500;

    /// <summary>The last step; null for a run that has only begun.</summary>
    public RunPoint? Last => Points.Count > 0 ? Points[^1] : null;

    /// <summary>Reads a run's metrics; lines that are not whole (a run killed while writing) are passed over.</summary>
    public static RunMetrics Read(string path)
    {
        var points = new List<RunPoint>();
        // writers may hold the file open
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var lines = new StreamReader(file);
        while (lines.ReadLine() is { } line)
        {
            if (Parse(line) is not { } point)
                continue;
            // after a resume a step may stand twice: the later line counts
            while (points.Count > 0 && points[^1].Step >= point.Step)
                points.RemoveAt(points.Count - 1);
            points.Add(point);
        }
        return new(Path.GetFileName(Path.GetDirectoryName(path))!, Thinned(points), File.GetLastWriteTimeUtc(path));
    }

    private static RunPoint? Parse(string line)
    {
        try
        {
            var json = JsonElement.Parse(line);
            if (json.ValueKind != JsonValueKind.Object || Number(json, "step") is not { } step)
                return null;
            return new((long)step, Number(json, "loss"), Number(json, "val_loss"), (long?)Number(json, "tokens"),
                Number(json, "lr"), Number(json, "tokens_per_second"), Number(json, "mfu"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static double? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static List<RunPoint> Thinned(List<RunPoint> all)
    {
        double stride = Math.Max(1, all.Count / (MostPoints * 0.8));
        bool keepValidations = all.Count(p => p.ValLoss is not null) < MostPoints * 0.2 - 2;
        var kept = new List<RunPoint>();
        double next = 0;
        for (int i = 0; i < all.Count; i++)
        {
            bool due = i >= next;
            if (due)
                next += stride;
            if (due || i == all.Count - 1 || (keepValidations && all[i].ValLoss is not null))
                kept.Add(all[i]);
        }
        return kept;
    }
}
