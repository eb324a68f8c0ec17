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

    public static void Write(ModelDirectory target, TrainingTask task, SlicedTensors weights, TrainReport report, string? from, World world)
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
            Parameters = report.Params,
            Steps = report.Steps,
            TokensSeen = report.Tokens,
            Flops = report.Flops,
            Seconds = report.Seconds,
            EnergyJoules = joules,
            Evaluations = evaluations,
            More = new Dictionary<string, JsonElement>
            {
                ["kind"] = Element(task.Stage),
                ["epochs"] = Element(report.Epochs),
                ["mfu"] = Element(report.Mfu),
                ["tokens_per_second"] = Element(report.TokensPerSecond),
                ["energy_method"] = Element($"estimated, not measured: {report.Ranks * report.Threads} threads x {WattsPerCore} W x {report.Seconds:0} s"),
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
        AtomicFile.WriteText(task.Folder.Report, JsonSerializer.Serialize(report, TrainRecipe.Json) + "\n");
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
