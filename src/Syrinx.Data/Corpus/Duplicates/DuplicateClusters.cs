namespace Syrinx.Data.Corpus.Duplicates;

/// <summary>The clusters that <see cref="DuplicateFinder"/> found. Immutable, thread-safe.</summary>
internal sealed class DuplicateClusters
{
    private readonly int[] _firsts;
    private readonly UnionFind _same;
    private readonly UnionFind _alike;

    /// <param name="firsts">The first text that is the same to the character, for each.</param>
    /// <param name="same">Exact and near duplicates, flattened.</param>
    /// <param name="alike">These, and texts that differ in numbers only, flattened.</param>
    public DuplicateClusters(int[] firsts, UnionFind same, UnionFind alike) => (_firsts, _same, _alike) = (firsts, same, alike);

    /// <summary>The cluster of a text: the least index in it.</summary>
    public int ClusterOf(int index) => _same.RootOf(index);

    /// <summary>The wider cluster, in which texts are one that differ in numbers only: a template.</summary>
    public int TemplateOf(int index) => _alike.RootOf(index);

    /// <summary>Whether two texts are the same to the character after normalisation.</summary>
    public bool AreEqual(int a, int b) => _firsts[a] == _firsts[b];
}
