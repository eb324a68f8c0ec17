using Syrinx.Evaluation;
using Syrinx.Inference;
using Syrinx.Models;
using Syrinx.Tests.Inference;
using Syrinx.Tests.Tokens;

namespace Syrinx.Tests.Evaluation;

/// <summary>A small model and a few dialogues to measure it on.</summary>
internal static class ToyCorpus
{
    private static readonly string[] Things = ["bridge", "noodle", "market", "bus", "river", "umbrella", "library", "cat", "night", "tea"];

    public static IReadOnlyList<HeldOutDialogue> Dialogues { get; } =
        [.. Enumerable.Range(0, 24).Select(i => new HeldOutDialogue($"x:{i}", i % 12 == 11 ? "fr" : "en",
            [new("user", $"Is the {Things[i % 10]} {i} open?"), new("assistant", $"The {Things[i % 10]} number {i} opens at {7 + i % 5}{new string('!', i % 4)}")], [$"x:{i}", $"x:{i}r"], "↳"))];

    public static IReadOnlyList<HeldOutDocument> Documents { get; } =
        [.. Enumerable.Range(0, 30).Select(i => new HeldOutDocument($"d:{i}", $"The {Things[i % 10]}, again {i}.\n↳ 你好 {i * i}", i % 3 == 0 ? "ptt/Food" : "x", i % 5 == 0 ? "zh-Hant" : "en"))];

    /// <summary>A model that finds every token equally likely, whatever came before.</summary>
    public static LanguageModel Uniform(TemporaryFolder folder)
    {
        var config = RandomModel.Config("Qwen3ForCausalLM");
        var weights = RandomModel.Shapes(config).Select(w => TensorSource.Float32(w.Name, w.Shape, new float[w.Shape.Aggregate(1L, (a, b) => a * b)])).ToList();
        new ModelDirectory(folder["uniform"]).Write(config, weights, TestTokenizer.Create("h+e", "l+l", "he+ll"), new ModelRecord { Name = "uniform", Canaries = new(7, 3) });
        return LanguageModel.Load(folder["uniform"], new() { Threads = 1 });
    }

    public static LanguageModel Random(TemporaryFolder folder)
    {
        RandomModel.Write(folder["random"], RandomModel.Config("LlamaForCausalLM"));
        return LanguageModel.Load(folder["random"], new() { Threads = 1 });
    }

    public static EvaluationSettings Few { get; } = new() { Answers = 4, Samples = 4, References = 63 };
}
