using Syrinx.Training.Modeling;
using Syrinx.Training.Modeling.Fused;
using Syrinx.Training.Native;
using static TorchSharp.torch;

namespace Syrinx.Training.Optimization;

/// <summary>
/// Muon (Jordan et al. 2024) for the layers' matrices: momentum whose singular values are made equal, so that every
/// direction that a matrix can turn to is learnt at the same pace. Scaled by 0.2·√(larger side), its steps are as long as AdamW's
/// and take the same learning rate and decay (Liu et al. 2025, https://arxiv.org/abs/2502.16982, section 2.2).
/// </summary>
internal sealed class Muon : IDisposable
{
    private readonly IReadOnlyList<Parameter> _matrices;
    private readonly TrainRecipe _recipe;

    public Muon(IReadOnlyList<Parameter> matrices, TrainRecipe recipe)
    {
        (_matrices, _recipe) = (matrices, recipe);
        Momentum = [.. matrices.Select(p => zeros_like(p.Master).DetachFromDisposeScope())];
    }

    /// <summary>Momentum of each matrix; saved with a checkpoint.</summary>
    public IReadOnlyList<Tensor> Momentum { get; }

    /// <summary>Changes the matrices by their gradients.</summary>
    /// <param name="engine">Its workers share the matrices; each is computed by one of them, so the result does not depend on their number.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="gradientScale">What gradients are divided by.</param>
    public void Step(StepEngine engine, double learningRate, double gradientScale) => engine.ForEach(_matrices.Count, i =>
    {
        using var noGrad = no_grad();
        var (parameter, momentum) = (_matrices[i], Momentum[i]);
        double length = 0.2 * Math.Sqrt(Math.Max(parameter.Master.shape[0], parameter.Master.shape[1]));
        double keep = 1 - (learningRate * _recipe.WeightDecay);
        if (Memory.Reaches(parameter.Master))
            Fused(parameter, momentum, gradientScale, keep, -learningRate * length);
        else
            Composed(parameter, momentum, gradientScale, keep, -learningRate * length);
    });

    private unsafe void Fused(Parameter parameter, Tensor momentum, double gradientScale, double keep, double factor)
    {
        nint count = (nint)parameter.Master.numel();
        var ahead = empty(parameter.Master.shape, ScalarType.BFloat16);
        double squares = FusedMomentum.Ahead(
            (float*)Memory.Of(parameter.Gradient), (float*)Memory.Of(momentum), Memory.Of(ahead), count, (float)_recipe.MuonMomentum, (float)(1 / gradientScale));
        var update = NewtonSchulz.Orthogonalize(ahead, Math.Sqrt(squares)).contiguous();
        FusedMomentum.Apply((float*)Memory.Of(parameter.Master), Memory.Of(update), count, (float)keep, (float)factor);
    }

    /// <summary>The slow twin, and what a GPU runs.</summary>
    internal void Composed(Parameter parameter, Tensor momentum, double gradientScale, double keep, double factor)
    {
        var gradient = parameter.Gradient.Over(gradientScale);
        momentum.TimesInPlace(_recipe.MuonMomentum).PlusInPlace(gradient);
        var ahead = gradient.PlusInPlace(momentum, _recipe.MuonMomentum); // Nesterov
        parameter.Master.TimesInPlace(keep);
        parameter.Master.PlusInPlace(NewtonSchulz.Orthogonalize(ahead), factor);
    }

    public void Dispose()
    {
        foreach (var momentum in Momentum)
            momentum.Dispose();
    }
}
