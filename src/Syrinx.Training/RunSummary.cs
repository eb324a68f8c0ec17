using System.Text.Json;
using System.Text.Json.Nodes;
using Syrinx.Training.Runs;

namespace Syrinx.Training;

/// <summary>A training run as its files tell it; what a run did not measure is null.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State"><c>done</c>, or <c>unfinished</c>: running, stopped or killed.</param>
/// <param name="Steps">Steps done.</param>
/// <param name="Tokens">Tokens trained on.</param>
/// <param name="Params">Number of weights.</param>
/// <param name="TrainLoss">Mean loss of the last steps; of an unfinished run, of its last step.</param>
/// <param name="ValLoss">Last validation loss.</param>
/// <param name="ValBpb">The same in bits a byte.</param>
/// <param name="TokensPerSecond">Tokens trained on a second.</param>
/// <param name="Mfu">Share of the machine's GEMM peak.</param>
/// <param name="Seconds">Seconds it took.</param>
/// <param name="Recipe">Its recipe.</param>
public sealed record RunSummary(
    string Name, string State, long Steps, long Tokens, double? Params, double? TrainLoss, double? ValLoss, double? ValBpb,
    double? TokensPerSecond, double? Mfu, double? Seconds, JsonNode? Recipe)
{
    /// <summary>All runs of a home folder, by name. Files that cannot be read leave their numbers null.</summary>
    public static IReadOnlyList<RunSummary> ReadAll(HomeFolder home) => !Directory.Exists(home.Runs) ? [] :
        [.. Directory.EnumerateDirectories(home.Runs).Order(StringComparer.Ordinal).Select(Read).OfType<RunSummary>()];

    private static RunSummary? Read(string path)
    {
        var folder = new RunFolder(path);
        if (!File.Exists(folder.Recipe))
            return null;
        string name = Path.GetFileName(path);
        var recipe = Json(folder.Recipe);
        if (Json(folder.Report) is { } r)
        {
            return new(name, "done", (long)(Number(r, "steps") ?? 0), (long)(Number(r, "tokens") ?? 0), Number(r, "params"), Number(r, "train_loss"),
                Number(r, "val_loss"), Number(r, "val_bpb"), Number(r, "tokens_per_second"), Number(r, "mfu"), Number(r, "seconds"), recipe);
        }
        var lines = File.Exists(folder.Metrics) ? File.ReadLines(folder.Metrics).Select(Parse).OfType<JsonNode>().ToList() : [];
        var last = lines.LastOrDefault();
        return new(name, "unfinished", (long)(Number(last, "step") ?? 0), (long)(Number(last, "tokens") ?? 0), null, Number(last, "loss"),
            lines.Select(l => Number(l, "val_loss")).LastOrDefault(v => v is not null), null, Number(last, "tokens_per_second"), Number(last, "mfu"), null, recipe);
    }

    private static double? Number(JsonNode? node, string field) =>
        node is JsonObject o && o[field] is JsonValue v && v.TryGetValue(out double number) ? number : null;

    private static JsonNode? Json(string path)
    {
        try
        {
            return File.Exists(path) ? Parse(File.ReadAllText(path)) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
