using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syrinx.Training.Runs;

/// <summary>What a run writes as it goes: recipe, a line a step, samples, and the same numbers for TensorBoard. A resumed run goes on after its checkpoint's step.</summary>
internal sealed class RunLog : IDisposable
{
    private readonly StepLog _metrics;
    private readonly StepLog _samples;
    private readonly TensorBoardLog _board;

    /// <summary>Opens the files; at step 0 without what a former run of the name left.</summary>
    /// <exception cref="InputException">They cannot be written.</exception>
    public RunLog(RunFolder folder, TrainRecipe recipe, long lastStep)
    {
        if (lastStep == 0)
            folder.Clear();
        AtomicFile.WriteText(folder.Recipe, JsonSerializer.Serialize(recipe, TrainRecipe.Json) + "\n");
        _metrics = new StepLog(folder.Metrics, lastStep);
        _samples = new StepLog(folder.Samples, lastStep);
        _board = new TensorBoardLog(folder.Path, _metrics.Kept);
    }

    /// <summary>Losses of the steps before, but those that were skipped.</summary>
    public IEnumerable<double> Losses => _metrics.Kept.Where(l => l["skipped"]?.GetValue<bool>() != true).Select(l => l["loss"]?.GetValue<double>()).OfType<double>();

    public void Append(JsonObject line)
    {
        _metrics.Append(line);
        _board.Append(line);
    }

    public void AppendSample(JsonObject line) => _samples.Append(line);

    public void Dispose()
    {
        _metrics.Dispose();
        _samples.Dispose();
        _board.Dispose();
    }
}
