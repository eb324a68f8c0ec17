using Syrinx.Training.Modeling;
using static TorchSharp.torch;

namespace Syrinx.Training.Optimization;

/// <summary>
/// The recipe's optimizer: AdamW for every weight, or Muon for the layers' matrices and AdamW for embedding, head, norms and
/// biases. For one thread.
/// </summary>
internal sealed class Optimizer : IDisposable
{
    private readonly IReadOnlyList<Parameter> _all;
    private readonly StepEngine _engine;
    private readonly AdamW _adamW;
    private readonly Muon _muon;

    public Optimizer(IReadOnlyList<Parameter> all, TrainRecipe recipe, StepEngine engine)
    {
        (_all, _engine) = (all, engine);
        bool muon = recipe.Optimizer == "muon";
        Parameter[] matrices = [.. all.Where(p => muon && p.IsMatrix && !Replica.IsEnd(p))];
        Parameter[] others = [.. all.Except(matrices)];
        _muon = new Muon(matrices, recipe);
        _adamW = new AdamW(others, recipe.WeightDecay, recipe.Beta1, recipe.Beta2, recipe.Epsilon);
        State = [
            .. others.Zip(_adamW.Moments, (p, m) => ($"optimizer.first_moment.{p.Name}", m.First)),
            .. others.Zip(_adamW.Moments, (p, m) => ($"optimizer.second_moment.{p.Name}", m.Second)),
            .. matrices.Zip(_muon.Momentum, (p, m) => ($"optimizer.momentum.{p.Name}", m)),
        ];
    }

    /// <summary>What a checkpoint must keep of it, under the names in the file.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> State { get; }

    /// <summary>Changes the weights by their gradients and brings their computing copies up to date.</summary>
    /// <param name="step">Number of this update, from 1.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="gradientScale">What gradients are divided by; above 1 where they are clipped.</param>
    public void Step(long step, double learningRate, double gradientScale)
    {
        _adamW.Step(step, learningRate, gradientScale);
        _muon.Step(_engine, learningRate, gradientScale);
        using var noGrad = no_grad();
        foreach (var parameter in _all)
            parameter.Refresh();
    }

    public void Dispose()
    {
        _adamW.Dispose();
        _muon.Dispose();
    }
}
