using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using Syrinx.Models;
using Syrinx.Training.Distributed;
using Syrinx.Training.Modeling;
using Syrinx.Training.Native;
using Syrinx.Training.Optimization;
using TorchSharp;

namespace Syrinx.Training.Runs;

/// <summary>
/// The steps of a training: batch, gradients, update, log; now and then validation, a sample, a checkpoint. Pretraining and
/// tuning differ only in their batches. Ranks run it in step; rank 0 writes the files, and decides what the clock decides. For one thread.
/// </summary>
internal sealed class TrainingLoop : IDisposable
{
    private const int MostBadSteps = 10;

    private readonly TrainingTask _task;
    private readonly TrainContext _context;
    private readonly TrainRecipe _recipe;
    private readonly World _world;
    private readonly StepEngine _engine;
    private readonly Optimizer _optimizer;
    private readonly CheckpointStore _checkpoints;
    private readonly SlicedTensors _saved;
    private readonly Sampler _sampler;
    private readonly double _flopsPerToken;
    private readonly long _validationBytes;
    private readonly Stopwatch _clock = new();
    private readonly List<double> _losses = [];
    private readonly List<double> _stepTimes = [];

    private CheckpointState _state;
    private SpikeGuard _spikes;
    private double _peak;
    private TimeSpan _waitedBefore;
    private double? _validationLoss;

    public TrainingLoop(TrainingTask task, TrainContext context)
    {
        (_task, _context, _recipe, _world) = (task, context, task.Recipe, context.World);
        if (_world.Size > _recipe.MicroBatches)
        {
            throw new InputException(
                $"micro_batches {_recipe.MicroBatches} cannot be shared among {_world.Size} ranks: give --micro-batches {_world.Size} or more, and a batch_size that is a multiple of it.");
        }
        _engine = new StepEngine(
            task.Weights, _recipe.SequenceLength, _recipe.MicroBatches, context.Threads, _recipe.Optimizer == "muon", _world, _recipe.CheckpointActivations, _recipe.ZLoss);
        _optimizer = new Optimizer(task.Weights.All, _recipe, _engine);
        _checkpoints = new CheckpointStore(task.Folder.Checkpoints, _recipe.KeepCheckpoints, _recipe.KeepEveryHours);
        _saved = new SlicedTensors(_world, [.. _optimizer.Masters, .. _optimizer.State]);
        Weights = new SlicedTensors(_world, _optimizer.Masters);
        _sampler = new Sampler(_engine, task.Tokenizer, _recipe.SequenceLength, _recipe.Seed);
        _flopsPerToken = Flops.PerToken(task.Weights.Config, _recipe.SequenceLength);
        _validationBytes = task.Data.Validation.Sum(b => b.Targets.Where(t => t >= 0 && !task.Tokenizer.IsSpecial(t)).Sum(t => (long)task.Tokenizer.TokenBytes(t).Length));
        _state = new CheckpointState { Step = 0, Updates = 0, Data = task.Data.Fingerprint, Recipe = _recipe.ToJson(), TotalSteps = StepBudget.Of(_recipe, task.Data, task.Weights.Config.Parameters) };
        _spikes = new SpikeGuard(_recipe.SpikeDeviations, [], []);
    }

    /// <summary>The trained weights, for a file.</summary>
    public SlicedTensors Weights { get; }

    /// <summary>Runs to the end, from the beginning or from the newest checkpoint.</summary>
    /// <returns>The report, without model name and path; of rank 0, what it tells of the process.</returns>
    public TrainReport Run()
    {
        using var mine = _world.IsFirst ? _task.Folder.Lock() : null;
        RollCall.Same(_world, Facts());
        if (_world.IsFirst)
            _checkpoints.RemoveUnfinished();
        if (_context.Resume)
            Resume();
        else if (_task.Folder.HasCheckpoint && !File.Exists(_task.Folder.Report))
            _context.Note?.Invoke($"An unfinished run in {_task.Folder.Path} is replaced; --resume would have gone on with it.");
        using var log = _world.IsFirst ? new RunLog(_task.Folder, _recipe, _state.Step) : null;
        if (_world.IsFirst)
            _task.Lineage.Write(_task.Folder.Data);
        _losses.AddRange(log?.Losses ?? []);
        SetHint(_state.Step);

        _clock.Start();
        _world.Meet("the measurement of the machine");
        _peak = _world.AllGather<double>([GemmPeak.Measure(_context.Threads, _recipe.Device)], "the machines' peaks").Sum();
        torch.set_num_threads(_context.Threads);
        _context.Note?.Invoke(RunDescription.Of(_task, _state.TotalSteps, _flopsPerToken, _peak, _engine, _context));
        if (_task.ValidateFirst && _state.Step == 0)
            _state = _state with { ValLossBefore = Validate() };
        var lastSaved = _clock.Elapsed;
        long firstStep = _state.Step;
        _waitedBefore = _world.Waited;
        double earlier = _state.Seconds;
        int bad = 0;
        while (_state.TotalSteps is not { } end || _state.Step < end)
        {
            var line = Step(ref bad);
            if (Due(_recipe.EvaluateEvery, 5) && (_validationLoss = Validate()) is { } loss)
                line["val_loss"] = loss;
            bool justFixed = FixSteps(firstStep);
            log?.Append(line);
            Show(line);
            if (_recipe.Samples > 0 && Due(0, _recipe.Samples) && log is not null)
                Sample(log);
            _state = _state with { Seconds = earlier + _clock.Elapsed.TotalSeconds };
            bool stable = EndsStablePhase();
            bool stop = Agree(justFixed || stable || _clock.Elapsed - lastSaved >= _context.CheckpointEvery, out bool save);
            bool ended = _state.Step == _state.TotalSteps;
            if (save || ended || stop)
            {
                Save(stable);
                lastSaved = _clock.Elapsed;
            }
            if (ended || stop)
                _checkpoints.Wait();
            else
                _checkpoints.ThrowIfFailed();
            if (stop && !ended)
            {
                _world.Meet("the last checkpoint", patient: true); // a rank that ends earlier could take the others with it
                _world.Stopped = true;
                throw new OperationCanceledException("All ranks have stopped after the same step.", _context.Cancel);
            }
        }
        _validationLoss ??= Validate();
        return Report(earlier + _clock.Elapsed.TotalSeconds);
    }

    public void Dispose()
    {
        _checkpoints.Dispose();
        _engine.Dispose();
        _optimizer.Dispose();
    }

    /// <summary>What rank 0's clock decides, and a wish to stop of any rank, become known to all.</summary>
    /// <returns>Whether to stop.</returns>
    private bool Agree(bool saveDue, out bool save)
    {
        var mine = new Wish(_state.TotalSteps ?? -1, saveDue, _context.Cancel.IsCancellationRequested);
        Wish[] all = _world.AllGather<Wish>([mine], "the end of the step");
        _state = _state with { TotalSteps = all[0].TotalSteps < 0 ? null : all[0].TotalSteps };
        save = all[0].Save;
        return all.Any(w => w.Stop);
    }

    private readonly record struct Wish(long TotalSteps, bool Save, bool Stop);

    /// <summary>Whether the rate falls from the next step on; a run with a stable phase can go on from here to more steps, so this checkpoint is kept.</summary>
    private bool EndsStablePhase() => _recipe.Decay == "wsd" && _state.TotalSteps is { } total && _state.Step == LearningRate.FallBegins(_recipe, total);

    /// <summary>Rank 0 copies and begins to write, the others send it what they hold; then training goes on.</summary>
    private void Save(bool keep)
    {
        if (!_world.IsFirst)
        {
            _saved.Send(TensorType.Float32);
            SetHint(_state.Step);
            return;
        }
        _checkpoints.Wait(); // the former one's copies are freed before the next are made
        var state = _state with { RecentLosses = _spikes.Losses, RecentNorms = _spikes.Norms, Keep = keep };
        _checkpoints.Begin(state, _saved.Copies(), () => SetHint(state.Step));
    }

    private void SetHint(long step) => _world.Hint = step == 0 ? "Nothing was saved yet: start again."
        : $"The same command with --resume goes on from {(_world.IsFirst ? $"step {step}" : "the newest checkpoint")}.";

    /// <summary>What the result depends on, and so must be the same in all ranks.</summary>
    private JsonObject Facts() => new()
    {
        ["program"] = typeof(TrainingLoop).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
        ["recipe"] = _recipe.ToJson(),
        ["data"] = _task.Data.Fingerprint,
        ["threads of a micro-batch (--threads / --micro-batches)"] = _engine.ThreadsEach,
        ["--resume"] = _context.Resume,
    };

    private void Resume()
    {
        var newest = _world.FromFirst(() => _checkpoints.Newest(Refuse, _context.Note) is var (s, f) ? new Found(s, f) : null, "the newest checkpoint");
        if (newest is null)
        {
            _context.Note?.Invoke($"{_task.Folder.Path} has no checkpoint yet: the run begins at its beginning.");
            return;
        }
        var (state, path) = newest;
        using (var file = Safetensors.Open(path))
        {
            _task.Weights.Overwrite(file);
            new SlicedTensors(_world, _optimizer.State).Read(file);
        }
        bool otherBudget = Difference(state.Recipe, _state.Recipe, [.. Housekeeping]) is not null;
        _state = state with { Recipe = _state.Recipe, TotalSteps = otherBudget ? _state.TotalSteps : state.TotalSteps };
        _spikes = new SpikeGuard(_recipe.SpikeDeviations, state.RecentLosses, state.RecentNorms);
        if (_world.IsFirst && _state.Step != _state.TotalSteps)
            File.Delete(_task.Folder.Report); // it has not ended after all
        _context.Note?.Invoke($"Going on from step {state.Step}{(_state.TotalSteps is { } total ? $" of {total}" : "")}.");
    }

    /// <summary>What may be another when a run is resumed, since it does not change the result.</summary>
    private static readonly string[] Housekeeping = ["keep_checkpoints", "keep_every_hours"];

    /// <summary>What may be another as long as no step that was done had another learning rate because of it.</summary>
    private static readonly string[] Budget = ["steps", "tokens", "minutes", "max_epochs"];

    /// <summary>Whether this run cannot go on from a state: null, or why an older one might do.</summary>
    /// <exception cref="InputException">No state of that run will do.</exception>
    private string? Refuse(CheckpointState state)
    {
        if (Difference(state.Recipe, _state.Recipe, [.. Housekeeping, .. Budget]) is { } field)
        {
            throw new InputException(
                $"--resume: the run was begun with {field} = {state.Recipe[field]?.ToJsonString() ?? "null"}, not {_state.Recipe[field]?.ToJsonString() ?? "null"}. " +
                "Give the same arguments as then, or start anew without --resume.");
        }
        if (state.Data != _task.Data.Fingerprint)
            throw new InputException("--resume: the data or the tokenizer are not those that the run was begun with. Start anew without --resume.");
        if (Difference(state.Recipe, _state.Recipe, [.. Housekeeping]) is not { } budget)
            return null;
        if (state.TotalSteps is { } before && _state.TotalSteps is { } now && now >= state.Step && LearningRate.SameUntil(_recipe, state.Step, before, now))
            return null;
        return $"--resume: the run was begun with {budget} = {state.Recipe[budget]?.ToJsonString() ?? "null"}, not {_state.Recipe[budget]?.ToJsonString() ?? "null"}, " +
            "and no checkpoint is there whose steps had the learning rates of such a run. Give the same arguments as then, or start anew without --resume; " +
            "a run with \"decay\": \"wsd\" in its recipe keeps one at the end of its stable phase and can go on to more steps.";
    }

    private sealed record Found(CheckpointState State, string File);

    private static string? Difference(JsonObject then, JsonObject now, string[] except) =>
        then.Select(p => p.Key).Union(now.Select(p => p.Key)).Except(except).FirstOrDefault(key => !JsonNode.DeepEquals(then[key], now[key]));

    private JsonObject Step(ref int bad)
    {
        var start = _clock.Elapsed;
        long step = _state.Step;
        double rate = LearningRate.At(_recipe, step, _state.TotalSteps);
        int rowsEach = _recipe.BatchSize / _recipe.MicroBatches;
        var mine = _task.Data.Training(step, _engine.Share.Begin * rowsEach, (_engine.Share.End - _engine.Share.Begin) * rowsEach);
        var (loss, norm) = _engine.Differentiate(mine, _task.Data.Targets(step));
        bool isNumber = double.IsFinite(loss) && double.IsFinite(norm);
        string? reason = isNumber ? _spikes.Take(loss, norm) : "its loss or gradient is no number";
        bad = isNumber ? 0 : bad + 1;
        if (reason is not null)
        {
            _state = _state with { Step = step + 1, Skipped = _state.Skipped + 1 };
            _context.Note?.Invoke($"Step {step + 1} is skipped: {reason}.");
            if (bad == MostBadSteps)
            {
                throw new InputException(
                    $"The loss was no number in {bad} steps in a row, until step {step + 1}: the training has diverged. " +
                    $"Set a learning_rate below {_recipe.LearningRate} in the recipe. Checkpoints from before remain in {_task.Folder.Checkpoints}.");
            }
        }
        else
        {
            _optimizer.Step(_state.Updates + 1, rate, _recipe.GradientClip > 0 ? Math.Max(1, norm / _recipe.GradientClip) : 1);
            _state = _state with { Step = step + 1, Updates = _state.Updates + 1 };
            _losses.Add(loss);
        }
        double seconds = (_clock.Elapsed - start).TotalSeconds;
        if (_state.TotalSteps is null)
            _stepTimes.Add(seconds);
        _state = _state with { StepSeconds = _state.StepSeconds + seconds };
        double tokensPerSecond = _recipe.TokensPerStep / seconds;
        var line = new JsonObject
        {
            ["step"] = step + 1,
            ["loss"] = isNumber ? loss : null,
            ["tokens"] = (step + 1) * _recipe.TokensPerStep,
            ["lr"] = rate,
            ["grad_norm"] = isNumber ? norm : null,
            ["tokens_per_second"] = Math.Round(tokensPerSecond, 1),
            ["mfu"] = Math.Round(tokensPerSecond * _flopsPerToken / _peak, 4),
            ["skipped"] = reason is not null,
        };
        if (reason is not null)
            line["skip_reason"] = reason;
        return line;
    }

    /// <summary><c>--minutes</c>: rank 0 fixes the number of steps after the first ones.</summary>
    /// <returns>Whether it just did.</returns>
    private bool FixSteps(long firstStep)
    {
        if (!_world.IsFirst || _state.TotalSteps is not null
            || StepBudget.OfMinutes(_task, _state.Step - firstStep, _clock.Elapsed.TotalSeconds, _stepTimes) is not { } more)
            return false;
        _state = _state with { TotalSteps = _state.Step + more };
        return true;
    }

    /// <summary>Whether something is due after this step that happens every so many steps, or so many times in a run.</summary>
    private bool Due(int every, int times)
    {
        if (_state.TotalSteps is not { } total)
            return false;
        long step = _state.Step;
        return step == total || (every > 0 ? step % every == 0 : step * times / total != (step - 1) * times / total);
    }

    private double? Validate()
    {
        if (_task.Data.Validation.Count == 0)
            return null;
        var (sum, targets) = _engine.Loss(_task.Data.Validation);
        return targets == 0 || !double.IsFinite(sum) ? null : sum / targets;
    }

    private double? BitsPerByte(double? loss) =>
        loss is null || _validationBytes == 0 ? null
            : loss / Math.Log(2) * _task.Data.Validation.Sum(b => (long)b.TargetCount) / _validationBytes;

    private void Sample(RunLog log)
    {
        if (_task.Prompts.Count == 0)
            return;
        int[] prompt = _task.Prompts[(int)(_state.Step % _task.Prompts.Count)];
        string text = _sampler.Continue(prompt, _state.Step, _task.Weights.Config.VocabSize);
        string begin = _task.Tokenizer.Decode(prompt);
        log.AppendSample(new JsonObject { ["step"] = _state.Step, ["prompt"] = begin, ["text"] = text });
        _context.Note?.Invoke($"step {_state.Step}: {(begin + " … " + text).ReplaceLineEndings(" ⏎ ")}");
    }

    private void Show(JsonObject line)
    {
        string detail = $"loss {line["loss"]?.GetValue<double>():0.000}";
        if (_validationLoss is { } val)
            detail += $"  val {val:0.000}";
        detail += $"  {line["tokens_per_second"]!.GetValue<double>():0} tokens/s  MFU {100 * line["mfu"]!.GetValue<double>():0}%  lr {line["lr"]!.GetValue<double>():0.0e+0}";
        if (_state.Skipped > 0)
            detail += $"  {_state.Skipped} skipped";
        _context.Progress?.Report(new StageProgress(_task.Stage, _state.Step, _state.TotalSteps, "steps", detail));
    }

    private TrainReport Report(double seconds)
    {
        double tokensPerSecond = _state.Step == 0 ? 0 : _state.Step * _recipe.TokensPerStep / _state.StepSeconds;
        int last = (int)Math.Clamp(_losses.Count / 10, 1, 50);
        using var process = Process.GetCurrentProcess();
        return new TrainReport
        {
            Model = "",
            Path = "",
            Steps = _state.Step,
            Tokens = _state.Step * _recipe.TokensPerStep,
            Params = _task.Weights.Config.Parameters,
            TrainLoss = _losses.Count == 0 ? null : _losses.TakeLast(last).Average(),
            ValLossBefore = _state.ValLossBefore,
            ValLoss = _validationLoss,
            ValBpb = BitsPerByte(_validationLoss),
            ValTokens = _task.Data.Validation.Sum(b => (long)b.TargetCount),
            TokensPerSecond = tokensPerSecond,
            Flops = _state.Step * _recipe.TokensPerStep * _flopsPerToken,
            Mfu = tokensPerSecond * _flopsPerToken / _peak,
            GemmPeakFlops = _peak,
            PeakRssBytes = process.PeakWorkingSet64,
            Seconds = seconds,
            Threads = _context.Threads,
            Ranks = _world.Size,
            ExchangeSeconds = _engine.Exchanging.TotalSeconds,
            WaitSeconds = (_world.Waited - _waitedBefore).TotalSeconds,
            SkippedSteps = _state.Skipped,
            Epochs = _task.Data.Epochs(_state.Step),
        };
    }
}
