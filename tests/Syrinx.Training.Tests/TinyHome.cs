using System.Security.Cryptography;
using System.Text;
using Syrinx.Training.Data;

namespace Syrinx.Training.Tests;

/// <summary>A home folder that is deleted with the test, a text of our own, and a recipe that trains in a second.</summary>
internal sealed class TinyHome : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("syrinx-training-").FullName;

    public TinyHome(int sentences = 400)
    {
        Home = new HomeFolder(Path.Combine(_path, "home"));
        Text = Path.Combine(_path, "town.txt");
        File.WriteAllText(Text, Sentences(sentences));
    }

    public HomeFolder Home { get; }

    public string Text { get; }

    public static TrainRecipe Recipe { get; } = new()
    {
        Layers = 2,
        HiddenSize = 32,
        IntermediateSize = 64,
        Heads = 2,
        KeyValueHeads = 1,
        HeadSize = 16,
        SequenceLength = 32,
        BatchSize = 8,
        LearningRate = 1e-2,
        Optimizer = "muon",
        WarmupSteps = 4,
        ValidationWindows = 8,
        Steps = 24,
        Samples = 1,
        EvaluateEvery = 10,
    };

    public PretrainSettings Settings(string name, TrainRecipe? recipe = null) => new(name, recipe ?? Recipe, Text, Characters: true);

    public TrainContext Context(bool resume = false, int threads = 2, IProgress<StageProgress>? progress = null, CancellationToken cancel = default) =>
        new(Home, threads, resume, progress, null, cancel);

    public string WeightsHash(string model) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Home.Model(model), "model.safetensors"))));

    public string[] MetricLines(string run) => File.ReadAllLines(Path.Combine(Home.Run(run), "metrics.jsonl"));

    public void Dispose() => Directory.Delete(_path, recursive: true);

    private static string Sentences(int count)
    {
        string[] who = ["The baker", "A cat", "My neighbour", "老王", "The bus driver"];
        string[] does = [" sells", " watches", " repairs", " 喜歡", " forgets"];
        string[] what = [" the noodles.\n", " an old bicycle.\n", " the night market.\n", " 雨傘。\n", " two umbrellas.\n"];
        var random = new CounterRandom(7, 0);
        var text = new StringBuilder();
        for (ulong i = 0; i < (ulong)count; i++)
            text.Append(who[random.Below(3 * i, 5)]).Append(does[random.Below((3 * i) + 1, 5)]).Append(what[random.Below((3 * i) + 2, 5)]);
        return text.ToString();
    }
}

/// <summary>Does something at a step.</summary>
internal sealed class AtStep(int step, Action act) : IProgress<StageProgress>
{
    public void Report(StageProgress value)
    {
        if (value.Unit == "steps" && (int)value.Done == step)
            act();
    }
}
