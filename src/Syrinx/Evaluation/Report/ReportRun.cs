using System.Text.Json;
using System.Text.Json.Nodes;
using Syrinx.Models;

namespace Syrinx.Evaluation.Report;

/// <summary>A point of a loss curve.</summary>
/// <param name="Tokens">Tokens trained on.</param>
/// <param name="Loss">Nats a token.</param>
internal readonly record struct LossPoint(double Tokens, double Loss);

/// <summary>A model as the report card shows it: its evaluation, its record, and the run that made it.</summary>
internal sealed record ReportRun(string Name, EvaluationReport Evaluation, ModelRecord? Record, IReadOnlyList<LossPoint> Training, IReadOnlyList<LossPoint> Validation)
{
    /// <summary>Points that are left of a curve; each is the mean of its neighbours.</summary>
    private const int MostPoints = 300;

    /// <summary>Whether it was tuned to answer.</summary>
    public bool IsTuned => Record?.More?.TryGetValue("kind", out var kind) == true && kind.ValueKind == JsonValueKind.String && kind.GetString() == "tune";

    /// <summary>Reads a model's files.</summary>
    /// <exception cref="InputException">The model has not been evaluated, or a file is damaged.</exception>
    public static ReportRun Read(ModelDirectory directory, HomeFolder home)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(directory.Path));
        var evaluation = EvaluationReport.TryRead(directory.Path)
            ?? throw new InputException($"{directory.Path} has no {EvaluationReport.FileName}: run 'syrinx eval model --model {name}' first.");
        string metrics = Path.Combine(home.Runs, name, "metrics.jsonl");
        var lines = File.Exists(metrics) ? File.ReadLines(metrics).Select(Parse).OfType<JsonObject>().ToList() : [];
        return new(name, evaluation, File.Exists(directory.RecordPath) ? ModelRecord.Read(directory.RecordPath) : null,
            Thinned(Points(lines, "loss")), Points(lines, "val_loss"));
    }

    private static List<LossPoint> Points(List<JsonObject> lines, string field) =>
        [.. lines.Where(l => Number(l, field) is not null && Number(l, "tokens") is not null).Select(l => new LossPoint(Number(l, "tokens")!.Value, Number(l, field)!.Value))];

    private static List<LossPoint> Thinned(List<LossPoint> points) => points.Count <= MostPoints ? points :
        [.. points.Select((p, i) => (p, Bin: i * MostPoints / points.Count)).GroupBy(x => x.Bin, x => x.p).Select(g => new LossPoint(g.Average(p => p.Tokens), g.Average(p => p.Loss)))];

    private static double? Number(JsonObject line, string field) => line[field] is JsonValue v && v.TryGetValue(out double number) ? number : null;

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null; // the last line of a run that was killed
        }
    }
}
