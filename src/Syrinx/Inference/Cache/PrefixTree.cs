using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Syrinx.Inference;

/// <summary>
/// Pages of keys and values by the tokens that they were computed from, so that sequences with the same beginning share
/// them: a radix tree whose edges are the tokens of one page (as SGLang's RadixAttention, Zheng et al. 2024,
/// <see href="https://arxiv.org/abs/2312.07104"/>). A page stays when nobody uses it any more, until room is needed: the one
/// unused longest goes first, from the ends of the tree. For one thread at a time.
/// </summary>
internal sealed class PrefixTree(KvPagePool pool)
{
    private readonly Node _root = new(null, default, 0);

    /// <summary>
    /// The pages that nobody uses, the one unused longest first. Who uses a page uses all before it, and <see cref="Release"/> ends a
    /// sequence's use from its end: so what comes after a page in the tree comes before it here, and the first is always an end.
    /// </summary>
    private readonly LinkedList<Node> _unused = new();

    /// <summary>Pages that nobody uses, which <see cref="Evict"/> can give back in time.</summary>
    public int Unused => _unused.Count;

    /// <summary>Pages that <see cref="Evict"/> has looked at so far, to choose among them.</summary>
    internal long LookedAt { get; private set; }

    /// <summary>The longest known beginning of some tokens, in whole pages; they are in use until <see cref="Release"/>.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="most">Most pages.</param>
    public List<Node> Match(ReadOnlySpan<int> tokens, int most)
    {
        var found = new List<Node>();
        var node = _root;
        while (found.Count < most && tokens.Length >= KvPagePool.PageTokens
            && node.Children.TryGetValue(new(tokens[..KvPagePool.PageTokens].ToArray()), out var child))
        {
            Use(child);
            found.Add(node = child);
            tokens = tokens[KvPagePool.PageTokens..];
        }
        return found;
    }

    /// <summary>
    /// Makes a filled page known, in use until <see cref="Release"/>. Where another sequence has filled the same one meanwhile, that is
    /// returned, and the new page goes back to the pool.
    /// </summary>
    /// <param name="before">The page before it; null for none.</param>
    /// <param name="tokens">The page's tokens.</param>
    /// <param name="page">The page.</param>
    public Node Add(Node? before, ReadOnlySpan<int> tokens, nint page)
    {
        var parent = before ?? _root;
        var key = new PageKey(tokens.ToArray());
        if (parent.Children.TryGetValue(key, out var known))
        {
            pool.Return(page);
            Use(known);
            return known;
        }
        var node = new Node(parent, key, page);
        parent.Children.Add(key, node);
        node.Users = 1;
        return node;
    }

    /// <summary>Ends a sequence's use of its pages.</summary>
    /// <param name="nodes">All that it uses, in order.</param>
    public void Release(IReadOnlyList<Node> nodes)
    {
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            if (--nodes[i].Users == 0)
                _unused.AddLast(nodes[i].Place);
        }
    }

    /// <summary>Gives so many unused pages back to the pool, or as many as there are.</summary>
    public void Evict(int pages)
    {
        for (; pages > 0 && _unused.First is { Value: var node }; pages--)
        {
            LookedAt++;
            Debug.Assert(node.Children.Count == 0);
            _unused.RemoveFirst();
            node.Parent!.Children.Remove(node.Key);
            pool.Return(node.Page);
        }
    }

    private void Use(Node node)
    {
        if (node.Users++ == 0)
            _unused.Remove(node.Place);
    }

    /// <summary>A page in the tree.</summary>
    internal sealed class Node
    {
        public Node(Node? parent, PageKey key, nint page) => (Parent, Key, Page, Place) = (parent, key, page, new(this));

        public Node? Parent { get; }

        public PageKey Key { get; }

        public nint Page { get; }

        /// <summary>Its place among the unused, while it is one.</summary>
        public LinkedListNode<Node> Place { get; }

        public Dictionary<PageKey, Node> Children { get; } = [];

        public int Users { get; set; }
    }

    /// <summary>The tokens of a page.</summary>
    internal readonly struct PageKey(int[] tokens) : IEquatable<PageKey>
    {
        private readonly int[] _tokens = tokens;

        public bool Equals(PageKey other) => _tokens.AsSpan().SequenceEqual(other._tokens);

        public override bool Equals(object? obj) => obj is PageKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(_tokens.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
