namespace Syrinx.Data.Corpus.Duplicates;

/// <summary>Disjoint sets of 0…n−1; a set's root is its least member, so the result does not depend on the order of
/// joins.</summary>
internal sealed class UnionFind
{
    private readonly int[] _parent;

    public UnionFind(int count)
    {
        _parent = new int[count];
        for (int i = 0; i < count; i++)
            _parent[i] = i;
    }

    public int Find(int member)
    {
        while (_parent[member] != member)
            member = _parent[member] = _parent[_parent[member]];
        return member;
    }

    /// <summary>As <see cref="Find"/> after <see cref="Flatten"/>, for any number of threads.</summary>
    public int RootOf(int member) => _parent[member];

    public void Join(int a, int b)
    {
        a = Find(a);
        b = Find(b);
        if (a < b)
            _parent[b] = a;
        else
            _parent[a] = b;
    }

    /// <summary>Lets every member point at its root: parents are less than their children, so one pass upwards does it.</summary>
    public void Flatten()
    {
        for (int i = 0; i < _parent.Length; i++)
            _parent[i] = _parent[_parent[i]];
    }
}
