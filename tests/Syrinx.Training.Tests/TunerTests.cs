using Syrinx.Models;

namespace Syrinx.Training.Tests;

public sealed class TunerTests : IDisposable
{
    private readonly TinyHome _tiny = new();

    [Fact]
    public void Tuning_lowers_the_loss_on_the_answers()
    {
        Pretrainer.Run(_tiny.Settings("base"), _tiny.Context());
        string from = _tiny.Home.Model("base");
        string[] things = ["noodles", "bicycle", "umbrellas", "market"];
        var dialogues = Enumerable.Range(0, 120).Select(i => new TuningDialogue(
            [new ChatTurn("user", $"Who sells {things[i % 4]}?"), new ChatTurn("assistant", $"The baker sells {things[i % 4]}.")], i % 10 == 0)).ToList();
        var recipe = TrainRecipe.ForTuning(ModelConfig.Read(Path.Combine(from, "config.json"))) with { Steps = 60, LearningRate = 1e-2 };
        // 32 positions are too few for these dialogues
        var error = Assert.Throws<InputException>(() => Tuner.Run(new("chat", from, recipe with { SequenceLength = 64 }), dialogues, _tiny.Context()));
        Assert.Contains("max_position_embeddings is 32", error.Message);
        var longer = _tiny.Settings("long", TinyHome.Recipe with { SequenceLength = 128 });
        Pretrainer.Run(longer, _tiny.Context());
        var report = Tuner.Run(new("chat", _tiny.Home.Model("long"), recipe with { SequenceLength = 128 }), dialogues, _tiny.Context());
        Assert.True(report.ValLoss < 0.5 * report.ValLossBefore, $"{report.ValLoss} of {report.ValLossBefore}");
        Assert.Equal("long", ModelRecord.Read(Path.Combine(_tiny.Home.Model("chat"), "syrinx.json")).From);
    }

    public void Dispose() => _tiny.Dispose();
}
