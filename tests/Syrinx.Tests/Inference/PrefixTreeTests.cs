using Syrinx.Inference;

namespace Syrinx.Tests.Inference;

/// <summary>Which pages the tree of known beginnings gives back, in which order, and how much it looks at for it.</summary>
public sealed class PrefixTreeTests
{
    private readonly KvPagePool _pool = new(layers: 1, heads: 1, headSize: 16, CacheType.F16);
    private readonly PrefixTree _tree;
    private readonly Dictionary<nint, string> _names = [];

    public PrefixTreeTests() => _tree = new(_pool);

    [Fact]
    public void The_beginning_used_last_longest_ago_goes_first_and_from_its_end()
    {
        Say("ab");
        Say("cd");
        Say("abe"); // uses a and b once more
        Assert.Equal(["cd", "c", "abe", "ab", "a"], Evicted());
    }

    [Fact]
    public void A_page_that_others_used_later_outlives_the_end_after_it()
    {
        Say("abc");
        Say("x");
        Say("a"); // a alone is used later than x, b and c
        Assert.Equal(["abc", "ab", "x", "a"], Evicted());
    }

    [Fact]
    public void Many_at_once_go_in_the_same_order_as_one_by_one()
    {
        Say("ab");
        Say("cd");
        _tree.Evict(2);
        Assert.Equal(["cd"], Known("a", "cd"));
    }

    [Fact]
    public void Pages_in_use_stay_whatever_is_asked_for()
    {
        Say("abc");
        Say("de");
        var used = _tree.Match(Tokens("abx"), 3);
        Assert.Equal(2, used.Count);
        _tree.Evict(100);
        Assert.Equal((2, 0), (_pool.Used, _tree.Unused));
        Assert.Equal(["ab"], Known("ab", "abc", "de"));
        _tree.Release(used);
        _tree.Evict(100);
        Assert.Equal((0, 0), (_pool.Used, _tree.Unused));
    }

    [Fact]
    public void Two_users_of_a_page_must_both_have_ended()
    {
        Say("a");
        var (one, two) = (_tree.Match(Tokens("a"), 1), _tree.Match(Tokens("a"), 1));
        _tree.Release(one);
        _tree.Evict(1);
        Assert.Equal(["a"], Known("a"));
        _tree.Release(two);
        _tree.Evict(1);
        Assert.Empty(Known("a"));
    }

    [Fact]
    public void A_full_cache_looks_at_no_more_pages_than_it_gives_back()
    {
        for (int i = 0; i < 2_000; i++)
            Say($"{(char)('\u4e00' + i)}{(char)('a' + i % 26)}");
        for (int i = 0; i < 1_000; i++)
            _tree.Evict(1);
        Assert.Equal(1_000, _tree.LookedAt);
        _tree.Evict(-5);
        Assert.Equal(1_000, _tree.LookedAt);
        Assert.Equal(3_000, _pool.Used);
    }

    /// <summary>Against the rule spelled out: among the ends that nobody uses, the one whose use ended longest ago.</summary>
    [Fact]
    public void Random_use_is_evicted_as_the_rule_says()
    {
        var random = new Random(1);
        var endedAt = new Dictionary<string, int>(); // of every page, named by the text up to it
        var running = new List<(string Text, List<PrefixTree.Node> Nodes)>();
        for (int step = 0; step < 20_000; step++)
        {
            int what = random.Next(3);
            if (what == 0)
            {
                string text = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => (char)('a' + random.Next(3))));
                running.Add((text, Start(text)));
                foreach (string page in Beginnings(text))
                    endedAt.TryAdd(page, 0);
            }
            else if (what == 1 && running.Count > 0)
            {
                var (text, nodes) = running[random.Next(running.Count)];
                running.RemoveAll(r => r.Nodes == nodes);
                _tree.Release(nodes);
                foreach (string page in Beginnings(text))
                    endedAt[page] = step;
            }
            else if (endedAt.Keys.Where(IsUnusedEnd).MinBy(page => endedAt[page]) is { } next)
            {
                Assert.Equal(next, EvictOne());
                endedAt.Remove(next);
            }
            Assert.Equal(endedAt.Count, _pool.Used);
        }

        bool IsUnusedEnd(string page) => !running.Any(r => r.Text.StartsWith(page, StringComparison.Ordinal))
            && !endedAt.Keys.Any(other => other.Length == page.Length + 1 && other.StartsWith(page, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Beginnings(string text) => Enumerable.Range(1, text.Length).Select(n => text[..n]);

    /// <summary>Each letter fills a page.</summary>
    private static int[] Tokens(string text) => [.. text.SelectMany(c => Enumerable.Repeat((int)c, KvPagePool.PageTokens))];

    /// <summary>A sequence that reads a text: known pages are taken, the others filled and made known.</summary>
    private List<PrefixTree.Node> Start(string text)
    {
        var nodes = _tree.Match(Tokens(text), text.Length);
        for (int i = nodes.Count; i < text.Length; i++)
        {
            nint page = _pool.Rent();
            _names[page] = text[..(i + 1)];
            nodes.Add(_tree.Add(i > 0 ? nodes[^1] : null, Tokens(text[i..(i + 1)]), page));
        }
        return nodes;
    }

    private void Say(string text) => _tree.Release(Start(text));

    /// <summary>Has one page given back and says which: the pool hands out first what came back last.</summary>
    private string EvictOne()
    {
        _tree.Evict(1);
        nint page = _pool.Rent();
        _pool.Return(page);
        return _names[page];
    }

    private List<string> Evicted()
    {
        var evicted = new List<string>();
        while (_tree.Unused > 0)
            evicted.Add(EvictOne());
        return evicted;
    }

    /// <summary>Those of some texts that are known as a whole. Asking is a use, too.</summary>
    private List<string> Known(params string[] texts)
    {
        var known = new List<string>();
        foreach (string text in texts)
        {
            var nodes = _tree.Match(Tokens(text), text.Length);
            if (nodes.Count == text.Length)
                known.Add(text);
            _tree.Release(nodes);
        }
        return known;
    }
}
