using Syrinx.Training.Distributed;
using Syrinx.Training.Modeling;
using static TorchSharp.torch;

namespace Syrinx.Training.Tests.Distributed;

public sealed class SliceLayoutTests
{
    [Fact]
    public void Pieces_cover_every_number_of_every_owner_once_and_in_order()
    {
        Native.Torch.Ready();
        using var a = new Parameter("a", zeros(3, 5), ScalarType.Float32);
        using var b = new Parameter("b", zeros(1), ScalarType.Float32);
        Slice[] slices = [new(0, a, 0, 7, 1), new(1, a, 7, 8, 0), new(2, b, 0, 1, 1)];
        var layout = new SliceLayout(slices, ranks: 3);
        Assert.Equal([8L, 8, 0], Enumerable.Range(0, 3).Select(layout.Length));
        Assert.Equal(8, layout.Longest);
        foreach (int piece in (int[])[1, 3, 8, 100])
        {
            for (int owner = 0; owner < 3; owner++)
            {
                var seen = new List<(string, long)>();
                for (long begin = 0; begin < layout.Longest; begin += piece)
                {
                    int at = 0;
                    foreach (var p in layout.Pieces(owner, begin, layout.CountIn(owner, begin, piece)))
                    {
                        Assert.Equal(at, p.At);
                        at += p.Count;
                        seen.AddRange(Enumerable.Range(0, p.Count).Select(i => (p.Slice.Parameter.Name, p.Offset + i)));
                    }
                    Assert.Equal(layout.CountIn(owner, begin, piece), at);
                }
                var expected = slices.Where(s => s.Owner == owner).SelectMany(s => Enumerable.Range(0, s.Count).Select(i => (s.Parameter.Name, s.Offset + i)));
                Assert.Equal(expected, seen);
            }
        }
    }

    [Fact]
    public void How_weights_are_cut_and_so_the_gradients_norm_does_not_depend_on_the_recipe_of_sharing()
    {
        Native.Torch.Ready();
        using var embedding = new Parameter("embedding", zeros(1 << 11, 1200), ScalarType.Float32);
        using var matrix = new Parameter("matrix", zeros(1 << 11, 1200), ScalarType.Float32);
        Parameter[] all = [embedding, matrix];
        var muon = SlicePlan.Of(all, p => p == matrix, muon: true, World.Alone).All;
        Assert.Equal([1 << 20, 1 << 20, (1 << 11) * 1200 - (2 << 20), (1 << 11) * 1200], muon.Select(s => s.Count));
        Assert.Equal(muon, SlicePlan.Of(all, p => p == matrix, muon: false, World.Alone).All);
    }
}
