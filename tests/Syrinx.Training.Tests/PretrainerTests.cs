using System.Text.Json.Nodes;
using Syrinx.Models;
using TorchSharp;

namespace Syrinx.Training.Tests;

public sealed class PretrainerTests : IDisposable
{
    private readonly TinyHome _tiny = new();

    [Fact]
    public void The_loss_goes_down_and_everything_is_written()
    {
        var report = Pretrainer.Run(_tiny.Settings("town", TinyHome.Recipe with { Steps = 80 }), _tiny.Context());
        Assert.InRange(report.ValLoss!.Value, 0.3, 1.9); // from ln 290 = 5.7
        Assert.InRange(report.TrainLoss!.Value, 0.3, 1.9);
        Assert.Equal(80 * 8 * 32, report.Tokens);
        Assert.True(report.ValBpb < report.ValLoss / Math.Log(2)); // characters of several bytes
        var directory = new ModelDirectory(_tiny.Home.Model("town"));
        foreach (string file in (string[])[directory.ConfigPath, directory.WeightsPath, directory.TokenizerPath, directory.TokenizerConfigPath, directory.RecordPath])
            Assert.True(File.Exists(file), file);
        using var weights = Safetensors.Open(directory.WeightsPath);
        Assert.Equal(report.Params, weights.Tensors.Values.Sum(t => t.Count));
        var record = ModelRecord.Read(directory.RecordPath);
        Assert.Equal(report.ValLoss, record.Evaluations["val_loss"]);
        Assert.Contains("estimated", record.More!["energy_method"].GetString());
        string card = File.ReadAllText(Path.Combine(directory.Path, "README.md"));
        foreach (string part in (string[])["# town", $"| steps | 80 |", "| up to step | tokens | mean loss | validation |", "| 80 | 20,480 |", "1e+25", "estimated, not measured", "Licence: not known"])
            Assert.Contains(part, card);
        Assert.Contains(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"| `val_loss` | {report.ValLoss:0.####} |"), card);
        string[] metrics = _tiny.MetricLines("town");
        Assert.Equal(80, metrics.Length);
        var line = JsonNode.Parse(metrics[9])!.AsObject();
        foreach (string field in (string[])["step", "loss", "tokens", "lr", "tokens_per_second", "mfu", "val_loss"])
            Assert.NotNull(line[field]);
        Assert.Single(File.ReadAllLines(Path.Combine(_tiny.Home.Run("town"), "samples.jsonl")));
        Assert.Equal("done", Assert.Single(RunSummary.ReadAll(_tiny.Home)).State);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_the_result()
    {
        var recipe = TinyHome.Recipe with { Steps = 6, MicroBatches = 4 };
        foreach (int threads in (int[])[1, 2, 3])
            Pretrainer.Run(_tiny.Settings($"threads{threads}", recipe), _tiny.Context(threads: threads));
        Assert.Equal(_tiny.WeightsHash("threads1"), _tiny.WeightsHash("threads2"));
        Assert.Equal(_tiny.WeightsHash("threads1"), _tiny.WeightsHash("threads3"));
    }

    [Fact]
    public void Zero_steps_write_the_initialised_model_and_going_on_from_it_is_training_it()
    {
        Pretrainer.Run(_tiny.Settings("start", TinyHome.Recipe with { Steps = 0 }), _tiny.Context());
        Pretrainer.Run(_tiny.Settings("whole"), _tiny.Context());
        var from = _tiny.Settings("continued") with { From = _tiny.Home.Model("start") };
        Pretrainer.Run(from, _tiny.Context());
        Assert.NotEqual(_tiny.WeightsHash("start"), _tiny.WeightsHash("whole"));
        Assert.Equal(_tiny.WeightsHash("whole"), _tiny.WeightsHash("continued"));
        Assert.Equal("start", ModelRecord.Read(new ModelDirectory(_tiny.Home.Model("continued")).RecordPath).From);
    }

    [Fact]
    public void Going_on_from_a_GGUF_file_is_going_on_from_what_its_numbers_stand_for()
    {
        var recipe = TinyHome.Recipe with { Steps = 0 };
        Pretrainer.Run(_tiny.Settings("start", recipe), _tiny.Context());
        string gguf = Path.Combine(_tiny.Home.Path, "start.gguf"), unpacked = Path.Combine(_tiny.Home.Path, "unpacked");
        using (var model = ModelFiles.Open(_tiny.Home.Model("start")))
            ModelExport.WriteGguf(model, TensorType.Q8, gguf);
        using (var model = ModelFiles.Open(gguf))
            ModelExport.WriteHuggingFace(model, TensorType.Float32, unpacked);
        Pretrainer.Run(_tiny.Settings("a", TinyHome.Recipe with { Steps = 2 }) with { From = gguf }, _tiny.Context());
        Pretrainer.Run(_tiny.Settings("b", TinyHome.Recipe with { Steps = 2 }) with { From = unpacked }, _tiny.Context());
        Assert.Equal(_tiny.WeightsHash("b"), _tiny.WeightsHash("a"));
        Assert.Equal("start.gguf", ModelRecord.Read(new ModelDirectory(_tiny.Home.Model("a")).RecordPath).From);
    }

    [Fact]
    public void Another_seed_gives_another_model()
    {
        var recipe = TinyHome.Recipe with { Steps = 2 };
        Pretrainer.Run(_tiny.Settings("a", recipe), _tiny.Context());
        Pretrainer.Run(_tiny.Settings("b", recipe with { Seed = 43 }), _tiny.Context());
        Assert.NotEqual(_tiny.WeightsHash("a"), _tiny.WeightsHash("b"));
    }

    [Fact]
    public void Too_little_text_is_told_with_numbers()
    {
        File.WriteAllText(_tiny.Text, "short");
        var error = Assert.Throws<InputException>(() => Pretrainer.Run(_tiny.Settings("short"), _tiny.Context()));
        Assert.Contains("has 6 tokens, but one sequence takes 33", error.Message);
    }

    [Fact]
    public void A_loss_that_diverges_ends_the_run_with_the_reason()
    {
        var recipe = TinyHome.Recipe with { LearningRate = 1e30, GradientClip = 0, WarmupSteps = 0, WeightDecay = 0 };
        var error = Assert.Throws<InputException>(() => Pretrainer.Run(_tiny.Settings("diverged", recipe), _tiny.Context()));
        Assert.Contains("learning_rate", error.Message);
        Assert.Contains(_tiny.MetricLines("diverged"), l => l.Contains("\"skipped\":true"));
    }

    [Fact]
    public void Two_hundred_steps_leave_no_tensor_behind()
    {
        Pretrainer.Run(_tiny.Settings("warm", TinyHome.Recipe with { Steps = 2 }), _tiny.Context());
        long before = LiveTensors();
        long atStep50 = 0, atStep200 = 0;
        var progress = new Both(new AtStep(50, () => atStep50 = LiveTensors()), new AtStep(200, () => atStep200 = LiveTensors()));
        Pretrainer.Run(_tiny.Settings("long", TinyHome.Recipe with { Steps = 200 }), _tiny.Context(progress: progress));
        Assert.InRange(atStep200 - atStep50, -50, 50);
        Assert.InRange(LiveTensors() - before, -50, 50);

        static long LiveTensors()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return torch.Tensor.TotalCount;
        }
    }

    public void Dispose() => _tiny.Dispose();

    private sealed class Both(IProgress<StageProgress> a, IProgress<StageProgress> b) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            a.Report(value);
            b.Report(value);
        }
    }
}
