namespace Syrinx.Data.Corpus.Threads;

/// <summary>
/// The kept posts as trees: a reply under what it answers, a quotation under what it quotes. Where that is not in the store or
/// was dropped, the post begins a conversation of its own; a dropped duplicate's replies move to the copy that is kept, and those
/// to a bare picture or an aside in another language move up. Cycles, which
/// only damaged exports have, are cut. Immutable once built.
/// </summary>
internal sealed class ConversationForest
{
    private const int MaxHops = 32;

    private readonly PostFacts[] _posts;
    private readonly int[] _parent;
    private readonly int[] _firstChild;
    private readonly int[] _children;

    /// <summary>Builds the trees of the posts that are not dropped.</summary>
    public ConversationForest(PostFacts[] posts, IReadOnlyDictionary<string, int> indexOfId)
    {
        _posts = posts;
        _parent = new int[posts.Length];
        foreach (var post in posts)
            _parent[post.Index] = post.Dropped is null ? ParentOf(post, indexOfId) : PostFacts.None;
        CutCycles();

        _firstChild = new int[posts.Length + 1];
        foreach (int parent in _parent.Where(p => p != PostFacts.None))
            _firstChild[parent + 1]++;
        for (int i = 0; i < posts.Length; i++)
            _firstChild[i + 1] += _firstChild[i];
        _children = new int[_firstChild[^1]];
        int[] next = [.. _firstChild];
        for (int i = 0; i < posts.Length; i++)
        {
            if (_parent[i] != PostFacts.None)
                _children[next[_parent[i]]++] = i;
        }
        for (int i = 0; i < posts.Length; i++)
            _children.AsSpan(_firstChild[i], _firstChild[i + 1] - _firstChild[i]).Sort(Compare);
    }

    /// <summary>The posts that begin a conversation, in the store's order.</summary>
    public IEnumerable<PostFacts> Roots => _posts.Where(p => p.Dropped is null && _parent[p.Index] == PostFacts.None);

    /// <summary>What a post answers, or null.</summary>
    public PostFacts? Parent(PostFacts post) => _parent[post.Index] == PostFacts.None ? null : _posts[_parent[post.Index]];

    /// <summary>What answers a post: first what its author went on to say, then by time.</summary>
    public IEnumerable<PostFacts> Children(PostFacts post)
    {
        for (int c = _firstChild[post.Index]; c < _firstChild[post.Index + 1]; c++)
            yield return _posts[_children[c]];
    }

    /// <summary>A conversation in reading order: depth first.</summary>
    public List<PostFacts> ReadingOrder(PostFacts root)
    {
        List<PostFacts> order = [];
        var stack = new Stack<int>(); // a chain of ten thousand replies must not end the process
        stack.Push(root.Index);
        while (stack.TryPop(out int index))
        {
            order.Add(_posts[index]);
            for (int c = _firstChild[index + 1] - 1; c >= _firstChild[index]; c--)
                stack.Push(_children[c]);
        }
        return order;
    }

    private int Compare(int a, int b)
    {
        int parent = _parent[a];
        bool ownA = IsOwn(a, parent), ownB = IsOwn(b, parent);
        if (ownA != ownB)
            return ownA ? -1 : 1;
        int byTime = _posts[a].Time.CompareTo(_posts[b].Time);
        return byTime != 0 ? byTime : a.CompareTo(b);
    }

    // pushes of an article's author answer other pushes; they stay in the order of time
    private bool IsOwn(int child, int parent) =>
        _posts[child].Author != PostFacts.None && _posts[child].Author == _posts[parent].Author && _posts[child].Kind != "push";

    private int ParentOf(PostFacts post, IReadOnlyDictionary<string, int> indexOfId)
    {
        var at = post;
        for (int hop = 0; hop < MaxHops; hop++)
        {
            if (at.ParentId is null || !indexOfId.TryGetValue(at.ParentId, out int parent))
                return PostFacts.None;
            if (_posts[parent].Dropped is not null && _posts[parent].Cluster != PostFacts.None)
                parent = _posts[parent].Cluster;
            if (parent == post.Index)
                return PostFacts.None;
            if (_posts[parent].Dropped is null)
                return parent;
            if (_posts[parent].Dropped is not (DropReason.Empty or DropReason.MinorLanguage))
                return PostFacts.None;
            at = _posts[parent];
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
