using System.Runtime.InteropServices;
using System.Text.Json;
using Syrinx.Models;
using Syrinx.Training.Distributed;

namespace Syrinx.Training.Runs;

/// <summary>Writes a trained model, with its record of how it came to be, and the run's report; on rank 0, to which the others send their weights.</summary>
internal static class ModelOutput
{
    /// <summary>Watts of one busy core with its share of memory and power supply: an assumption, said beside the estimate.</summary>
    private const double WattsPerCore = 10;

    public static void Write(ModelDirectory target, TrainingTask task, SlicedTensors weights, TrainReport report, string? from, HomeFolder home, World world)
    {
        var type = task.Recipe.SavedType == "bfloat16" ? TensorType.BFloat16 : TensorType.Float32;
        if (!world.IsFirst)
        {
            weights.Send(type);
            return;
        }
        var config = task.Weights.Config with { TorchDtype = task.Recipe.SavedType };
        double joules = report.Seconds * report.Ranks * report.Threads * WattsPerCore;
        var evaluations = new Dictionary<string, double>();
        foreach (var (name, value) in new (string, double?)[]
            { ("train_loss", report.TrainLoss), ("val_loss_before", report.ValLossBefore), ("val_loss", report.ValLoss), ("val_bpb", report.ValBpb) })
        {
            if (value is { } number)
                evaluations[name] = number;
        }
        var recipe = task.Recipe.ToJson();
        target.Write(config, weights.Sources(type), task.Tokenizer, new ModelRecord
        {
            Name = report.Model,
            From = from is null ? null : Path.GetFileName(Path.TrimEndingDirectorySeparator(from)),
            Recipe = recipe,
            CorpusFingerprint = task.Data.Fingerprint,
            Data = task.Lineage,
            Canaries = task.Canaries,
            Parameters = report.Params,
            Steps = report.Steps,
            TokensSeen = report.Tokens,
            Flops = report.Flops,
            Seconds = report.Seconds,
            EnergyJoules = joules,
            Evaluations = evaluations,
            More = new Dictionary<string, JsonElement>(CorpusSummary(task, home))
            {
                ["kind"] = Element(task.Stage),
                ["epochs"] = Element(report.Epochs),
                ["mfu"] = Element(report.Mfu),
                ["tokens_per_second"] = Element(report.TokensPerSecond),
                ["energy_method"] = Element($"estimated, not measured: {report.Ranks * report.Threads} threads x {WattsPerCore} W x {report.Seconds:0} s"),
                ["curve"] = Element(LossCurve.Read(task.Folder.Metrics)),
                ["machine"] = Element(new
                {
                    cpu = CpuName(),
                    architecture = RuntimeInformation.ProcessArchitecture.ToString(),
                    threads = report.Threads,
                    ranks = report.Ranks,
                    os = RuntimeInformation.OSDescription,
                    gemm_peak_flops = report.GemmPeakFlops,
                    device = task.Recipe.Device,
                }),
            },
        }, from);
        ModelCard.Write(target);
        AtomicFile.WriteText(task.Folder.Report, JsonSerializer.Serialize(report, TrainRecipe.Json) + "\n");
    }

    /// <summary>What the corpus' card tells of the documents, where the model was trained on that corpus.</summary>
    private static Dictionary<string, JsonElement> CorpusSummary(TrainingTask task, HomeFolder home)
    {
        string path = Path.Combine(home.Corpus, "card.json");
        if (!File.Exists(path))
            return [];
        using var card = JsonDocument.Parse(File.ReadAllBytes(path));
        if (!card.RootElement.TryGetProperty("corpus", out var name) || !task.Lineage.Corpora.Contains(name.GetString()))
            return [];
        var summary = new Dictionary<string, JsonElement>();
        foreach (string field in (string[])["posts", "kept", "documents", "dialogues", "characters", "kept_by_language", "communities", "first", "last"])
        {
            if (card.RootElement.TryGetProperty(field, out var value))
                summary[field] = value.Clone();
        }
        return new() { ["corpus_summary"] = Element(summary) };
    }

    private static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value);

    private static string CpuName()
    {
        try
        {
            return File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "unknown";
        }
    }
}
