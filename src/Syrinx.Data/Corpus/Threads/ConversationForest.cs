namespace Syrinx.Data.Corpus.Threads;

/// <summary>
/// The kept posts as trees: a reply under what it answers, a quotation under what it quotes. Where that is not in the store or
/// was dropped, the post begins a conversation of its own; a dropped duplicate's replies move to the copy that is kept, and those
/// to a bare picture or an aside in another language move up. Cycles, which only damaged exports have, are cut. Twelve bytes a
/// post. Immutable once built.
/// </summary>
internal sealed class ConversationForest
{
    private const int MaxHops = 32;

    private readonly PostTable _posts;
    private readonly int[] _parent;
    private readonly PostTable.Groups _byParent;

    /// <summary>Builds the trees of the posts that are not dropped.</summary>
    public ConversationForest(PostTable posts)
    {
        _posts = posts;
        _parent = new int[posts.Count];
        for (int i = 0; i < posts.Count; i++)
            _parent[i] = posts[i].IsKept ? ParentOf(i) : PostFacts.None;
        CutCycles();

        _byParent = posts.GroupBy(i => _parent[i]);
        for (int i = 0; i < _byParent.Count; i++)
        {
            if (_byParent[i].Length > 1)
                _byParent.Members.AsSpan(_byParent.Starts[i].._byParent.Starts[i + 1]).Sort(Compare);
        }
    }

    /// <summary>The posts that begin a conversation, in the store's order.</summary>
    public IEnumerable<int> Roots
    {
        get
        {
            for (int i = 0; i < _posts.Count; i++)
            {
                if (_parent[i] == PostFacts.None && _posts[i].IsKept)
                    yield return i;
            }
        }
    }

    /// <summary>What a post answers, or <see cref="PostFacts.None"/>.</summary>
    public int Parent(int post) => _parent[post];

    /// <summary>A conversation in reading order: depth first.</summary>
    public List<int> ReadingOrder(int root)
    {
        List<int> order = [];
        var stack = new Stack<int>(); // a chain of ten thousand replies must not end the process
        stack.Push(root);
        while (stack.TryPop(out int post))
        {
            order.Add(post);
            var children = post < _byParent.Count ? _byParent[post] : [];
            for (int c = children.Length - 1; c >= 0; c--)
                stack.Push(children[c]);
        }
        return order;
    }

    private int Compare(int a, int b)
    {
        bool ownA = IsOwn(a), ownB = IsOwn(b);
        if (ownA != ownB)
            return ownA ? -1 : 1;
        int byTime = _posts[a].Time.CompareTo(_posts[b].Time);
        return byTime != 0 ? byTime : a.CompareTo(b);
    }

    // pushes of an article's author answer other pushes; they stay in the order of time
    private bool IsOwn(int child) =>
        _posts[child].Author != PostFacts.None && _posts[child].Author == _posts[_parent[child]].Author && !_posts[child].IsPush;

    private int ParentOf(int post)
    {
        int at = post;
        for (int hop = 0; hop < MaxHops; hop++)
        {
            int parent = _posts[at].Parent;
            if (parent < 0)
                return PostFacts.None;
            if (!_posts[parent].IsKept && _posts[parent].Cluster != PostFacts.None)
                parent = _posts[parent].Cluster;
            if (parent == post)
                return PostFacts.None;
            if (_posts[parent].IsKept)
                return parent;
            if (_posts[parent].Dropped is not (DropReason.Empty or DropReason.MinorLanguage))
                return PostFacts.None;
            at = parent;
        }
        return PostFacts.None;
    }

    // Walking up from each post in turn: who is met twice on one walk loses their parent.
    private void CutCycles()
    {
        var walk = new int[_parent.Length]; // 0 not seen, else the walk on which it was seen
        for (int i = 0; i < _parent.Length; i++)
        {
            int at = i, last = PostFacts.None;
            while (at != PostFacts.None && walk[at] == 0)
            {
                walk[at] = i + 1;
                last = at;
                at = _parent[at];
            }
            if (at != PostFacts.None && last != PostFacts.None && walk[at] == i + 1)
                _parent[at] = PostFacts.None;
        }
    }
}
