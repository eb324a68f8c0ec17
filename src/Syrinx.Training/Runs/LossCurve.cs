using System.Text.Json.Nodes;

namespace Syrinx.Training.Runs;

/// <summary>A run's losses in a few points, for the model's card: each is the mean of the steps since the point before.</summary>
internal static class LossCurve
{
    private const int MostPoints = 12;

    /// <summary>The points: <c>step tokens loss val_loss</c>; skipped steps count as none.</summary>
    /// <param name="metrics">The run's <c>metrics.jsonl</c>.</param>
    public static JsonArray Read(string metrics)
    {
        var steps = !File.Exists(metrics) ? []
            : File.ReadLines(metrics).Select(l => JsonNode.Parse(l) as JsonObject).OfType<JsonObject>()
                .Where(l => Number(l, "loss") is not null && l["skipped"]?.GetValue<bool>() != true).ToList();
        var points = new JsonArray();
        int count = Math.Min(MostPoints, steps.Count);
        for (int i = 0; i < count; i++)
        {
            var part = steps[(i * steps.Count / count)..((i + 1) * steps.Count / count)];
            points.Add(new JsonObject
            {
                ["step"] = Number(part[^1], "step"),
                ["tokens"] = Number(part[^1], "tokens"),
                ["loss"] = part.Average(l => Number(l, "loss")),
                ["val_loss"] = part.Select(l => Number(l, "val_loss")).LastOrDefault(v => v is not null),
            });
        }
        return points;
    }

    private static double? Number(JsonObject line, string field) => line[field] is JsonValue v && v.TryGetValue(out double number) ? number : null;
}
