namespace Syrinx.Training.Distributed;

/// <summary>A node of the tree in which micro-batches are added: the sum of micro-batches Index·2^Level up to the next node's first.</summary>
internal readonly record struct SumNode(int Level, int Index);

/// <summary>
/// Adds <paramref name="count"/> things in the order of a fixed binary tree: 0 to 1, 2 to 3, then these sums, and so on. Floating point sums depend
/// on their order; a fixed tree makes them the same whoever adds which part of it. (Adding one after the other would force all parts but
/// the first to wait; the pairwise order also has the smaller error, Higham, Accuracy and Stability of Numerical Algorithms, section 4.2.)
/// </summary>
/// <param name="count">Leaves of the tree.</param>
/// <param name="add">Adds the right sum to the left one and returns it.</param>
internal sealed class PairwiseSum<T>(int count, Func<T, T, T> add)
{
    private readonly List<(SumNode Node, T Value)> _open = [];

    /// <summary>What cannot be added further without what lies left or right of it, from left to right.</summary>
    public IReadOnlyList<(SumNode Node, T Value)> Open => _open;

    /// <summary>Whether a leaf that comes next would be added to the one before it, and not stand alone.</summary>
    public bool HasLeftOf(int leaf) => _open.Count > 0 && leaf % 2 == 1 && _open[^1].Node == new SumNode(0, leaf - 1);

    /// <summary>Begins anew.</summary>
    public void Clear() => _open.Clear();

    /// <summary>Takes the next value to the right, and adds what can be.</summary>
    public void Push(SumNode node, T value)
    {
        while (true)
        {
            if (node.Index % 2 == 1)
            {
                if (_open.Count == 0 || _open[^1].Node != (node with { Index = node.Index - 1 }))
                    break;
                value = add(_open[^1].Value, value);
                _open.RemoveAt(_open.Count - 1);
            }
            else if ((long)(node.Index + 1) << node.Level < count || 1L << node.Level >= count)
            {
                break; // its right neighbour is to come; or it is the whole
            }
            node = new SumNode(node.Level + 1, node.Index / 2);
        }
        _open.Add((node, value));
    }
}

/// <summary>The shape of the tree.</summary>
internal static class PairwiseSum
{
    /// <summary>The sums that the leaves from <paramref name="begin"/> to before <paramref name="end"/> come to by themselves.</summary>
    public static SumNode[] Nodes(int count, int begin, int end)
    {
        var sum = new PairwiseSum<int>(count, (_, _) => 0);
        for (int leaf = begin; leaf < end; leaf++)
            sum.Push(new SumNode(0, leaf), 0);
        return [.. sum.Open.Select(n => n.Node)];
    }
}
