using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syrinx.Models;

/// <summary>
/// A model's card, <c>README.md</c> beside its weights, as Hugging Face shows it: what it learnt from, how, how well it does, what
/// it cost. Every number is of <c>syrinx.json</c> or <c>config.json</c>; what they do not tell is said to be unknown.
/// </summary>
public static class ModelCard
{
    /// <summary>
    /// Operations of training from which on the EU presumes that a general-purpose model has systemic risk (Regulation (EU)
    /// 2024/1689, Article 51(2)).
    /// </summary>
    private const double SystemicRiskFlops = 1e25;

    private const string Unknown = "not known";

    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>The card of a model.</summary>
    /// <param name="record">How it came to be.</param>
    /// <param name="config">Its shape.</param>
    public static string Markdown(ModelRecord record, ModelConfig config)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            ---
            library_name: transformers
            pipeline_tag: text-generation
            tags: [syrinx]
            ---

            # {record.Name}

            A language model of {N(record.Parameters)} parameters, trained with `syrinx {Text(record, "kind") ?? "train"}`{From(record)}. Made by `syrinx`;
            the numbers are those of `syrinx.json` beside this file.

            {config.Architectures[0]}: {config.NumHiddenLayers} layers, width {config.HiddenSize}, {config.NumAttentionHeads} query and {config.NumKeyValueHeads} key-value heads of
            {config.HeadSize}, SwiGLU {config.IntermediateSize}, vocabulary {N(config.VocabSize)}, context {N(config.MaxPositionEmbeddings)}. Runs in transformers, vLLM and, after
            `syrinx export --format gguf`, in llama.cpp.

            ## Data


            """);
        Data(page, record);
        page.Append("\n## Training\n\n| | |\n| --- | --- |\n");
        Row(page, "steps", N(record.Steps));
        Row(page, "tokens, repeated ones counted each time", N(record.TokensSeen));
        Row(page, "rounds over the data", Number(record, "epochs")?.ToString("0.##", CultureInfo.InvariantCulture) ?? Unknown);
        Row(page, "seconds", record.Seconds?.ToString("0", CultureInfo.InvariantCulture) ?? Unknown);
        Row(page, "machine", Machine(record));
        Curve(page, record);
        page.Append("\n## Evaluation\n\n");
        if (record.Evaluations.Count == 0)
            page.Append("Nothing was measured.\n");
        else
        {
            page.Append("| measure | value |\n| --- | --- |\n");
            foreach (var (name, value) in record.Evaluations)
                Row(page, $"`{name}`", value.ToString("0.####", CultureInfo.InvariantCulture));
            page.Append("\nLosses are in nats a token, `val_bpb` in bits a byte of held-out text.\n");
        }
        page.Append("\n## Cost\n\n");
        page.Append(record.Flops is { } flops
            ? string.Create(CultureInfo.InvariantCulture, $"- {flops:0.00e+0} floating point operations{(record.From is null ? "" : ", those of the model it came from not counted")}. The EU presumes systemic risk of general-purpose models from 1e+25 on (Regulation 2024/1689, Article 51); this is {flops / SystemicRiskFlops:0.0e+0} of it.\n")
            : $"- Floating point operations: {Unknown}.\n");
        page.Append(record.EnergyJoules is { } joules
            ? string.Create(CultureInfo.InvariantCulture, $"- {joules / 3.6e6:0.####} kWh of energy ({Text(record, "energy_method") ?? "how it was estimated is not known"}).\n")
            : $"- Energy: {Unknown}.\n");
        page.Append(CultureInfo.InvariantCulture, $"""

            ## Licence and limits

            - Licence: {Unknown}. Whoever publishes the model must say it; it depends on what the members of the platform agreed to, and on the licence of
              the model that it was continued from{(record.From is null ? ", if there is one" : "")}.
            - It continues texts; what it says may be untrue, and may repeat what its data said. Its words must be marked as made by a machine.
            - Authors that are forgotten (`syrinx forget`) leave the data, not a model that was trained before.

            <details><summary>Recipe</summary>

            ```json
            {Json(record.Recipe)}
            ```

            </details>

            """);
        return page.ToString();
    }

    /// <summary>Writes the card of a folder that holds <c>syrinx.json</c> and <c>config.json</c>.</summary>
    /// <exception cref="InputException">One of them is missing or damaged, or the folder cannot be written.</exception>
    public static void Write(ModelDirectory directory) => AtomicFile.WriteText(
        Path.Combine(directory.Path, "README.md"), Markdown(ModelRecord.Read(directory.RecordPath), ModelConfig.Read(directory.ConfigPath)));

    private static void Data(StringBuilder page, ModelRecord record)
    {
        if (record.Data is not { Corpora.Count: > 0 } data)
            page.Append("Not a corpus of `syrinx curate` but a text file, or data of a version that did not record it.\n");
        else
            page.Append(CultureInfo.InvariantCulture, $"- Corpora: {string.Join(", ", data.Corpora.Select(c => $"`{c}`"))}; policy **{data.Policy ?? Unknown}**. `datasheet.md` of a corpus tells how it was made.\n");
        if (record.CorpusFingerprint is { } fingerprint)
            page.Append(CultureInfo.InvariantCulture, $"- Fingerprint of the tokens: `{fingerprint}`.\n");
        if (record.More?.TryGetValue("corpus_summary", out var summary) != true || summary.ValueKind != JsonValueKind.Object)
            return;
        foreach (var field in summary.EnumerateObject())
        {
            string value = field.Value.ValueKind == JsonValueKind.Object
                ? string.Join(", ", field.Value.EnumerateObject().Select(p => $"{Escaped(p.Name)} {Value(p.Value)}")) : Value(field.Value);
            page.Append(CultureInfo.InvariantCulture, $"- {Escaped(field.Name.Replace('_', ' '))}: {value}\n");
        }
    }

    private static void Curve(StringBuilder page, ModelRecord record)
    {
        if (record.More?.TryGetValue("curve", out var curve) != true || curve.ValueKind != JsonValueKind.Array || curve.GetArrayLength() < 2)
            return;
        var points = curve.EnumerateArray().Where(p => p.ValueKind == JsonValueKind.Object).ToList();
        double[] losses = [.. points.Select(p => Double(p, "loss") ?? double.NaN)];
        double least = losses.Min(), span = losses.Max() - least;
        page.Append("\nLoss: ");
        foreach (double loss in losses)
            page.Append(Levels[span > 0 ? (int)Math.Round((loss - least) / span * (Levels.Length - 1)) : 0]);
        page.Append("\n\n| up to step | tokens | mean loss | validation |\n| --- | --- | --- | --- |\n");
        foreach (var point in points)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"| {N((long?)Double(point, "step"))} | {N((long?)Double(point, "tokens"))} | {Double(point, "loss"):0.000} | {Double(point, "val_loss")?.ToString("0.000", CultureInfo.InvariantCulture) ?? ""} |\n");
        }
    }

    private static string From(ModelRecord record) => record.From is { } from ? $" from `{from}`" : "";

    private static string Machine(ModelRecord record) => record.More?.TryGetValue("machine", out var machine) == true && machine.ValueKind == JsonValueKind.Object
        ? string.Join(", ", machine.EnumerateObject().Where(p => p.Name is "cpu" or "threads" or "ranks" or "device").Select(p => $"{p.Name} {Value(p.Value)}")) : Unknown;

    private static void Row(StringBuilder page, string name, string value) => page.Append(CultureInfo.InvariantCulture, $"| {name} | {Escaped(value)} |\n");

    private static string? Text(ModelRecord record, string field) =>
        record.More?.TryGetValue(field, out var value) == true && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(ModelRecord record, string field) =>
        record.More?.TryGetValue(field, out var value) == true && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static double? Double(JsonElement element, string field) =>
        element.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string Value(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? N(number) : Escaped(value.ToString());

    // names of boards are people's words: they must not become markup
    private static string Escaped(string text) => text.Replace("|", "\\|").Replace("<", "&lt;").Replace("\n", " ");

    private static string Json(JsonNode? recipe) => recipe?.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) ?? "{}";

    private static string N(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? Unknown;
}
