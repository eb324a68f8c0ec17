using Syrinx.Training.Distributed;
using Syrinx.Training.Modeling;
using static TorchSharp.torch;

namespace Syrinx.Training.Optimization;

/// <summary>
/// The recipe's optimizer: AdamW for every weight, or Muon for the layers' matrices and AdamW for embedding, head, norms and
/// biases. It updates the slices that this rank owns. For one thread.
/// </summary>
internal sealed class Optimizer : IDisposable
{
    private readonly StepEngine _engine;
    private readonly AdamW _adamW;
    private readonly Muon _muon;
    private readonly double _adamShare;

    public Optimizer(IReadOnlyList<Parameter> all, TrainRecipe recipe, StepEngine engine)
    {
        _engine = engine;
        _adamShare = recipe.Optimizer == "muon" ? (recipe.AdamwLearningRate ?? recipe.LearningRate) / recipe.LearningRate : 1;
        Parameter[] matrices = [.. all.Where(p => recipe.Optimizer == "muon" && p.IsMatrix && !Replica.IsEnd(p))];
        Parameter[] others = [.. all.Except(matrices)];
        var mine = engine.Plan.Mine.ToLookup(s => matrices.Contains(s.Parameter));
        Slice[] muonSlices = [.. mine[true]], adamSlices = [.. mine[false]];
        _muon = new Muon([.. muonSlices.Select(s => s.Parameter)], recipe);
        _adamW = new AdamW(adamSlices, recipe.WeightDecay, recipe.Beta1, recipe.Beta2, recipe.Epsilon);
        var moments = adamSlices.Zip(_adamW.Moments).ToDictionary(p => p.First, p => p.Second);
        var momentum = muonSlices.Zip(_muon.Momentum).ToDictionary(p => p.First, p => p.Second);
        Masters = [.. all.Select(p => Sliced(p, p.Name, s => s.Of(p.Master)))];
        State = [
            .. others.Select(p => Sliced(p, $"optimizer.first_moment.{p.Name}", s => moments[s].First)),
            .. others.Select(p => Sliced(p, $"optimizer.second_moment.{p.Name}", s => moments[s].Second)),
            .. matrices.Select(p => Sliced(p, $"optimizer.momentum.{p.Name}", s => momentum[s])),
        ];
    }

    /// <summary>The master weights, which only their owners keep up to date.</summary>
    public IReadOnlyList<SlicedTensor> Masters { get; }

    /// <summary>What a checkpoint must keep of the optimizer, under the names in the file.</summary>
    public IReadOnlyList<SlicedTensor> State { get; }

    /// <summary>Changes the weights by their gradients and brings their computing copies up to date, on all ranks.</summary>
    /// <param name="step">Number of this update, from 1.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="gradientScale">What gradients are divided by; above 1 where they are clipped.</param>
    public void Step(long step, double learningRate, double gradientScale)
    {
        _adamW.Step(step, learningRate * _adamShare, gradientScale);
        _muon.Step(_engine, learningRate, gradientScale);
        using (no_grad())
        {
            foreach (var slice in _engine.Plan.Mine)
                slice.Refresh();
        }
        _engine.ShareWeights();
    }

    public void Dispose()
    {
        _adamW.Dispose();
        _muon.Dispose();
    }

    private SlicedTensor Sliced(Parameter parameter, string name, Func<Slice, Tensor> of) =>
        new(name, parameter.Master.shape, [.. _engine.Plan.All.Where(s => s.Parameter == parameter)
            .Select(s => (s, _engine.Plan.IsMine(s) ? () => of(s) : (Func<Tensor>?)null))]);
}
