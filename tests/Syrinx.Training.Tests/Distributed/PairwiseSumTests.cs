using Syrinx.Training.Data;
using Syrinx.Training.Distributed;

namespace Syrinx.Training.Tests.Distributed;

public sealed class PairwiseSumTests
{
    [Theory]
    [InlineData(1, "0")]
    [InlineData(2, "(0+1)")]
    [InlineData(3, "((0+1)+2)")]
    [InlineData(4, "((0+1)+(2+3))")]
    [InlineData(6, "(((0+1)+(2+3))+(4+5))")]
    [InlineData(7, "(((0+1)+(2+3))+((4+5)+6))")]
    public void Neighbours_are_added_first(int count, string expected) => Assert.Equal(expected, Sum(count, [(0, count)]));

    [Fact]
    public void Whoever_adds_which_part_the_tree_is_the_same()
    {
        for (int count = 1; count <= 40; count++)
        {
            for (int ranks = 1; ranks <= count; ranks++)
            {
                var shares = Enumerable.Range(0, ranks).Select(r => (r * count / ranks, (r + 1) * count / ranks));
                Assert.Equal(Sum(count, [(0, count)]), Sum(count, shares));
            }
        }
    }

    [Fact]
    public void A_share_comes_to_few_sums_and_to_one_where_it_is_a_power_of_two()
    {
        Assert.Equal([new SumNode(2, 1)], PairwiseSum.Nodes(12, 4, 8));
        Assert.Equal([new SumNode(2, 0), new SumNode(1, 2)], PairwiseSum.Nodes(12, 0, 6));
        for (int count = 1; count <= 200; count++)
            Assert.InRange(PairwiseSum.Nodes(1000, 300, 300 + count).Length, 1, 2 * (int)Math.Log2(count + 1));
    }

    [Fact]
    public void Sums_of_floats_do_not_depend_on_the_shares_though_their_order_matters()
    {
        var random = new CounterRandom(11, 0);
        float[] values = [.. Enumerable.Range(0, 100).Select(i => (float)random.Unit((ulong)i))];
        float whole = Sum(values, 1);
        Assert.All(Enumerable.Range(2, 99), ranks => Assert.Equal(whole, Sum(values, ranks)));
        Assert.NotEqual(whole, values.Aggregate((a, b) => a + b)); // one after the other comes to another number
    }

    private static float Sum(float[] values, int ranks)
    {
        var all = new PairwiseSum<float>(values.Length, (a, b) => a + b);
        for (int rank = 0; rank < ranks; rank++)
        {
            var own = new PairwiseSum<float>(values.Length, (a, b) => a + b);
            for (int leaf = rank * values.Length / ranks; leaf < (rank + 1) * values.Length / ranks; leaf++)
                own.Push(new SumNode(0, leaf), values[leaf]);
            foreach (var (node, value) in own.Open)
                all.Push(node, value);
        }
        return Assert.Single(all.Open).Value;
    }

    private static string Sum(int count, IEnumerable<(int Begin, int End)> shares)
    {
        var all = new PairwiseSum<string>(count, (a, b) => $"({a}+{b})");
        foreach (var (begin, end) in shares)
        {
            var own = new PairwiseSum<string>(count, (a, b) => $"({a}+{b})");
            for (int leaf = begin; leaf < end; leaf++)
                own.Push(new SumNode(0, leaf), $"{leaf}");
            Assert.Equal(PairwiseSum.Nodes(count, begin, end), own.Open.Select(o => o.Node));
            foreach (var (node, value) in own.Open)
                all.Push(node, value);
        }
        return Assert.Single(all.Open).Value;
    }
}
