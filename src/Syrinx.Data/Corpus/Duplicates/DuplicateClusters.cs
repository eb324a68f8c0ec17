namespace Syrinx.Data.Corpus.Duplicates;

/// <summary>The clusters that <see cref="DuplicateFinder"/> found.</summary>
internal sealed class DuplicateClusters
{
    private readonly UnionFind _same;
    private readonly UnionFind _alike;
    private readonly HashSet<int> _firsts;

    public DuplicateClusters(UnionFind same, UnionFind alike, IEnumerable<int> firsts)
    {
        _same = same;
        _alike = alike;
        _firsts = [.. firsts];
    }

    /// <summary>The cluster of a text: the least index in it.</summary>
    public int ClusterOf(int index) => _same.Find(index);

    /// <summary>The wider cluster, in which texts are one that differ in numbers only: a template.</summary>
    public int TemplateOf(int index) => _alike.Find(index);

    /// <summary>Whether an earlier text is the same to the character after normalisation.</summary>
    public bool RepeatsExactly(int index) => !_firsts.Contains(index);
}
