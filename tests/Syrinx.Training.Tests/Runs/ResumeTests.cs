using System.Text.Json.Nodes;

namespace Syrinx.Training.Tests.Runs;

public sealed class ResumeTests : IDisposable
{
    private readonly TinyHome _tiny = new();

    [Fact]
    public void A_cancelled_run_that_is_resumed_ends_at_the_same_bytes()
    {
        Pretrainer.Run(_tiny.Settings("whole"), _tiny.Context());
        Cancelled("parts", at: 7);
        Assert.False(Directory.Exists(_tiny.Home.Model("parts")));
        Cancelled("parts", at: 15, resume: true);
        var report = Pretrainer.Run(_tiny.Settings("parts"), _tiny.Context(resume: true));
        Assert.Equal(_tiny.WeightsHash("whole"), _tiny.WeightsHash("parts"));
        Assert.Equal(24, report.Steps);
        Assert.Equal(Enumerable.Range(1, 24), Steps("parts"));
        Assert.Equal(Losses("whole"), Losses("parts"));
    }

    [Fact]
    public void A_damaged_checkpoint_is_passed_over_for_the_one_before()
    {
        Pretrainer.Run(_tiny.Settings("whole"), _tiny.Context());
        Cancelled("parts", at: 7);
        Cancelled("parts", at: 15, resume: true);
        string newest = Directory.GetDirectories(Path.Combine(_tiny.Home.Run("parts"), "checkpoints")).Order(StringComparer.Ordinal).Last();
        Assert.EndsWith("000000015", newest);
        using (var stream = File.OpenWrite(Path.Combine(newest, "state.safetensors")))
        {
            stream.Position = stream.Length / 2;
            stream.Write([1, 2, 3, 4, 5]);
        }
        // lines of lost steps, and one that was cut off
        File.AppendAllText(Path.Combine(_tiny.Home.Run("parts"), "metrics.jsonl"), "{\"step\":16,\"lo");
        var notes = new List<string>();
        Pretrainer.Run(_tiny.Settings("parts"), _tiny.Context(resume: true) with { Note = notes.Add });
        Assert.Contains(notes, n => n.Contains("is damaged"));
        Assert.Contains(notes, n => n.Contains("step 7 of 24"));
        Assert.Equal(_tiny.WeightsHash("whole"), _tiny.WeightsHash("parts"));
        Assert.Equal(Enumerable.Range(1, 24), Steps("parts"));
    }

    [Fact]
    public void Resuming_with_another_recipe_or_other_data_is_refused()
    {
        Cancelled("parts", at: 5);
        var other = TinyHome.Recipe with { LearningRate = 2e-2 };
        var error = Assert.Throws<InputException>(() => Pretrainer.Run(_tiny.Settings("parts", other), _tiny.Context(resume: true)));
        Assert.Contains("learning_rate = 0.01, not 0.02", error.Message);
        File.AppendAllText(_tiny.Text, "Something new has happened in the town.\n");
        error = Assert.Throws<InputException>(() => Pretrainer.Run(_tiny.Settings("parts"), _tiny.Context(resume: true)));
        Assert.Contains("data", error.Message);
    }

    [Fact]
    public void Resuming_a_run_that_has_ended_gives_the_same_model_and_report()
    {
        var first = Pretrainer.Run(_tiny.Settings("done"), _tiny.Context());
        string hash = _tiny.WeightsHash("done");
        var second = Pretrainer.Run(_tiny.Settings("done"), _tiny.Context(resume: true));
        Assert.Equal(hash, _tiny.WeightsHash("done"));
        Assert.Equal((first.Steps, first.TrainLoss, first.ValLoss, first.TokensPerSecond), (second.Steps, second.TrainLoss, second.ValLoss, second.TokensPerSecond));
    }

    [Fact]
    public void A_budget_in_minutes_becomes_a_number_of_steps_that_the_checkpoint_keeps()
    {
        var recipe = TinyHome.Recipe with { Steps = null, Minutes = 0.05 };
        long total = 0;
        using var cancel = new CancellationTokenSource();
        var progress = new Until(p => p.Total is not null, p =>
        {
            total = (long)p.Total!;
            cancel.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => Pretrainer.Run(_tiny.Settings("timed", recipe), _tiny.Context(progress: progress, cancel: cancel.Token)));
        var report = Pretrainer.Run(_tiny.Settings("timed", recipe), _tiny.Context(resume: true));
        Assert.True(total > 6);
        Assert.Equal(total, report.Steps);
    }

    [Fact]
    public void Spikes_are_skipped_alike_in_an_undisturbed_and_in_a_resumed_run()
    {
        // half a deviation, so that many steps count as spikes once there are enough to tell
        var recipe = TinyHome.Recipe with { Steps = 90, SpikeDeviations = 0.5, EvaluateEvery = 0, Samples = 0 };
        var whole = Pretrainer.Run(_tiny.Settings("whole", recipe), _tiny.Context(threads: 1));
        Assert.InRange(whole.SkippedSteps, 1, 26);
        Cancelled("parts", at: 70, recipe: recipe);
        Cancelled("parts", at: 80, resume: true, recipe: recipe);
        var parts = Pretrainer.Run(_tiny.Settings("parts", recipe), _tiny.Context(resume: true));
        Assert.Equal(_tiny.WeightsHash("whole"), _tiny.WeightsHash("parts"));
        Assert.Equal((whole.SkippedSteps, whole.TrainLoss), (parts.SkippedSteps, parts.TrainLoss));
        Assert.Equal(whole.SkippedSteps, _tiny.MetricLines("parts").Count(l => l.Contains("standard deviations")));
    }

    [Fact]
    public void A_run_with_a_stable_phase_goes_on_to_more_steps_as_if_it_had_been_asked_for_them_at_once()
    {
        var recipe = TinyHome.Recipe with { Decay = "wsd", DecayShare = 0.25, Steps = 40, Samples = 0 };
        Pretrainer.Run(_tiny.Settings("long", recipe), _tiny.Context());
        Pretrainer.Run(_tiny.Settings("short", recipe with { Steps = 24 }), _tiny.Context());
        var report = Pretrainer.Run(_tiny.Settings("short", recipe), _tiny.Context(resume: true));
        Assert.Equal(40, report.Steps);
        Assert.Equal(Losses("long"), Losses("short"));
        Assert.Equal(_tiny.WeightsHash("long"), _tiny.WeightsHash("short"));
    }

    [Fact]
    public void A_run_whose_rate_has_fallen_is_not_drawn_out()
    {
        Pretrainer.Run(_tiny.Settings("done"), _tiny.Context());
        var error = Assert.Throws<InputException>(() => Pretrainer.Run(_tiny.Settings("done", TinyHome.Recipe with { Steps = 48 }), _tiny.Context(resume: true)));
        Assert.Contains("steps = 24, not 48", error.Message);
        Assert.Contains("wsd", error.Message);
        // how many checkpoints are kept may change
        Assert.Equal(24, Pretrainer.Run(_tiny.Settings("done", TinyHome.Recipe with { KeepCheckpoints = 5 }), _tiny.Context(resume: true)).Steps);
    }

    public void Dispose() => _tiny.Dispose();

    private void Cancelled(string name, int at, bool resume = false, TrainRecipe? recipe = null)
    {
        using var cancel = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
            Pretrainer.Run(_tiny.Settings(name, recipe), _tiny.Context(resume, progress: new AtStep(at, cancel.Cancel), cancel: cancel.Token)));
    }

    private IEnumerable<int> Steps(string run) => _tiny.MetricLines(run).Select(l => JsonNode.Parse(l)!["step"]!.GetValue<int>());

    private IEnumerable<double> Losses(string run) => _tiny.MetricLines(run).Select(l => JsonNode.Parse(l)!["loss"]!.GetValue<double>());

    private sealed class Until(Func<StageProgress, bool> when, Action<StageProgress> act) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (when(value) && value.Unit == "steps")
                act(value);
        }
    }
}
