namespace Syrinx.Data.Corpus.Classifiers;

/// <summary>
/// A sum of small decision trees over numbers, some of which may be unknown (NaN): at every fork the unknown has a side of its own.
/// Immutable and thread-safe.
/// </summary>
/// <param name="Bias">What is added to the sum: log-odds.</param>
/// <param name="Nodes">All trees' nodes, each tree's root before its branches.</param>
/// <param name="Roots">Where each tree begins.</param>
internal sealed record BoostedTrees(float Bias, IReadOnlyList<BoostedTrees.Node> Nodes, IReadOnlyList<int> Roots)
{
    /// <summary>A fork, or a leaf where <paramref name="Feature"/> is negative.</summary>
    /// <param name="Feature">Which number is asked, or −1.</param>
    /// <param name="Value">The threshold: less goes left; of a leaf, its log-odds.</param>
    /// <param name="Left">The left branch; the right one follows it.</param>
    /// <param name="UnknownLeft">Where NaN goes.</param>
    internal readonly record struct Node(short Feature, float Value, int Left, bool UnknownLeft);

    /// <summary>The log-odds of a row.</summary>
    public float Score(ReadOnlySpan<float> row)
    {
        float sum = Bias;
        foreach (int root in Roots)
        {
            var node = Nodes[root];
            while (node.Feature >= 0)
            {
                float x = row[node.Feature];
                bool left = float.IsNaN(x) ? node.UnknownLeft : x < node.Value;
                node = Nodes[left ? node.Left : node.Left + 1];
            }
            sum += node.Value;
        }
        return sum;
    }
}
