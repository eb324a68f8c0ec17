using Syrinx.Training.Modeling;
using static TorchSharp.torch;

namespace Syrinx.Training.Distributed;

/// <summary>Numbers of one parameter that are updated together, by one rank: a layer's whole matrix, or a run of what is not one.</summary>
/// <param name="Index">Its place among all slices.</param>
/// <param name="Parameter">Whose numbers.</param>
/// <param name="Offset">The first of them, row-major.</param>
/// <param name="Count">How many.</param>
/// <param name="Owner">The rank that sums their gradients, keeps their moments and updates them.</param>
internal sealed record Slice(int Index, Parameter Parameter, long Offset, int Count, int Owner)
{
    /// <summary>These numbers of a contiguous tensor of the parameter's shape; a view.</summary>
    public Tensor Of(Tensor whole) => whole.view(-1).narrow(0, Offset, Count);

    /// <summary>Brings the computing copy of these numbers up to date.</summary>
    public void Refresh()
    {
        if (Parameter.Compute.dtype == Parameter.Master.dtype)
            return;
        using var scope = NewDisposeScope();
        Of(Parameter.Compute).copy_(Of(Parameter.Master));
    }
}

/// <summary>
/// Which rank updates which weights. Every rank computes gradients for all weights, and each weight has one owner that keeps its optimizer state
/// (ZeRO stage 1, Rajbhandari et al. 2020, https://arxiv.org/abs/1910.02054). How weights are cut does not depend on the ranks, so neither do sums
/// over slices; only who owns a slice does.
/// </summary>
internal sealed class SlicePlan
{
    /// <summary>Most numbers of a slice that is not a whole matrix: 4 MB. A multiple of every vector length, so that vector loops end where they would.</summary>
    private const int MostNumbers = 1 << 20;

    private readonly int _rank;

    private SlicePlan(IReadOnlyList<Slice> all, int rank)
    {
        (All, _rank) = (all, rank);
        Mine = [.. all.Where(IsMine)];
    }

    /// <summary>Whether this rank owns a slice.</summary>
    public bool IsMine(Slice slice) => slice.Owner == _rank;

    /// <summary>All slices, in the order of the weights.</summary>
    public IReadOnlyList<Slice> All { get; }

    /// <summary>Those of this rank, in the same order.</summary>
    public IReadOnlyList<Slice> Mine { get; }

    /// <summary>Cuts the weights and deals the slices out, so that ranks have about the same work with them.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="isMatrixOfLayer">Which are kept whole, as Muon needs them.</param>
    /// <param name="muon">Whether Muon updates those; then they are most of the work.</param>
    /// <param name="world">The ranks.</param>
    public static SlicePlan Of(IReadOnlyList<Parameter> parameters, Func<Parameter, bool> isMatrixOfLayer, bool muon, World world)
    {
        var cuts = new List<(Parameter Parameter, long Offset, int Count, double Cost)>();
        foreach (var parameter in parameters)
        {
            bool whole = isMatrixOfLayer(parameter);
            long numbers = parameter.Master.numel();
            for (long offset = 0; offset < numbers;)
            {
                int count = checked((int)(whole ? numbers : Math.Min(MostNumbers, numbers - offset)));
                cuts.Add((parameter, offset, count, count * CostOfNumber(parameter, muon && whole)));
                offset += count;
            }
        }
        // longest first, each to who has least (Graham 1969)
        int[] owners = new int[cuts.Count];
        var loads = new PriorityQueue<int, (double, int)>(Enumerable.Range(0, world.Size).Select(r => (r, (0.0, r))));
        foreach (int i in Enumerable.Range(0, cuts.Count).OrderByDescending(i => cuts[i].Cost))
        {
            loads.TryDequeue(out int rank, out var load);
            owners[i] = rank;
            loads.Enqueue(rank, (load.Item1 + cuts[i].Cost, rank));
        }
        return new([.. cuts.Select((c, i) => new Slice(i, c.Parameter, c.Offset, c.Count, owners[i]))], world.Rank);
    }

    /// <summary>Relative cost of a number: moving and adding it, and what Muon's products take (<see cref="Optimization.NewtonSchulz"/>).</summary>
    private static double CostOfNumber(Parameter parameter, bool muon)
    {
        // moved and updated in about 5 ns, in which a core does 1,000 operations of a bf16 product
        const double moving = 1000;
        if (!muon)
            return moving;
        double small = Math.Min(parameter.Master.shape[0], parameter.Master.shape[1]), large = Math.Max(parameter.Master.shape[0], parameter.Master.shape[1]);
        return moving + (5 * ((4 * small) + (2 * small * small / large)));
    }
}
