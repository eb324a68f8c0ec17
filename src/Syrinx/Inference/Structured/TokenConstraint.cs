using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Syrinx.Inference.Structured;

/// <summary>
/// A grammar over a model's vocabulary: which tokens may follow. For every state of the grammar it is decided once which tokens
/// fit whatever surrounds the state's rule; a token that ends the rule and goes on is looked at where that happens. Safe to share
/// between threads and generations.
/// </summary>
public sealed class TokenConstraint
{
    /// <summary>Masks and configurations that are kept; more would be a memory leak under a grammar that nests deeply.</summary>
    private const int MostConfigurations = 20_000, MostMaskBytes = 64 << 20;

    private readonly Lock _lock = new();
    private readonly PushdownAutomaton _automaton;
    private readonly TokenTrie _trie;
    private readonly int[] _ends;
    private readonly int _words;
    private readonly StateMask?[] _masks;
    private readonly Configuration?[] _path = new Configuration?[256];
    private readonly Dictionary<(int State, int Parent), StackNode> _nodes = [];
    private readonly Dictionary<ConfigurationKey, Configuration> _configurations = [];
    private readonly bool _spellsAll;
    private int _ids;
    private int _maskBytes;

    internal TokenConstraint(PushdownAutomaton automaton, TokenTrie trie, IEnumerable<int> ends)
    {
        (_automaton, _trie) = (automaton, trie);
        _ends = [.. ends];
        _words = (Math.Max(trie.VocabSize, _ends.DefaultIfEmpty(-1).Max() + 1) + 63) / 64;
        _masks = new StateMask?[automaton.StateCount];
        _spellsAll = trie.IsByteComplete;
        lock (_lock)
        {
            Start = Configure([Node(automaton.Start(0), null)]);
            ShortestTokens = Cost(Start);
        }
        if (ShortestTokens == 0 && Start.Tops.Length == 0)
            throw new InputException("Grammar: only the empty text fits it.");
        if (ShortestTokens >= PushdownAutomaton.Never)
            throw new InputException("Grammar: the model's vocabulary cannot spell a text that fits it.");
    }

    /// <summary>Tokens that the shortest text takes.</summary>
    public int ShortestTokens { get; }

    internal Configuration Start { get; }

    /// <summary>States of the grammar's automaton.</summary>
    internal int StateCount => _automaton.StateCount;

    /// <summary>Decides the tokens of every state now, until the time is up; the others are decided when they come.</summary>
    internal int Prepare(TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        int done = 0;
        for (int state = 0; state < _masks.Length && clock.Elapsed < limit; state++)
        {
            if (_automaton.State(state).Bytes.Length == 0)
                continue;
            lock (_lock)
                MaskOf(state);
            done++;
        }
        return done;
    }

    /// <summary>Begins a text of at most so many tokens.</summary>
    /// <exception cref="InputException">The shortest one takes more.</exception>
    internal ConstraintMatcher Begin(int mostTokens) => ShortestTokens <= mostTokens ? new(this)
        : throw new InputException(
            $"The shortest text that fits the grammar or schema takes {ShortestTokens} tokens, but there is room for {mostTokens}. " +
            "Raise max_tokens, or ask for less.");

    /// <summary>The tokens that may follow, if so many are left, this one included.</summary>
    /// <param name="at">Where the text is.</param>
    /// <param name="remaining">Tokens left, at least 1 and as many as the shortest end takes.</param>
    /// <param name="buffer">Where a mask is written that is not kept.</param>
    internal ReadOnlySpan<ulong> Mask(Configuration at, int remaining, ref ulong[]? buffer)
    {
        lock (_lock)
        {
            if (at.Mask is null)
                Fill(at);
            if (_spellsAll && at.LongestRest <= remaining - 1)
                return at.Mask;
            buffer ??= new ulong[_words];
            int budget = remaining - 1;
            if (budget < TokenCosts.Most)
            {
                (at.Costs ??= CostsOf(at)).Within(budget, buffer);
            }
            else
            {
                Array.Clear(buffer);
                int longest = 0;
                Walk(0, at, buffer, budget, ref longest);
            }
            AddEnds(at, buffer);
            return buffer;
        }
    }

    /// <summary>Where the text is after a token; null where it does not fit.</summary>
    internal Configuration? After(Configuration at, int token)
    {
        if (token >= _trie.VocabSize || _trie.Tokenizer.IsSpecial(token))
            return null;
        lock (_lock)
        {
            foreach (byte b in _trie.Tokenizer.TokenBytes(token))
            {
                at = Step(at, b);
                if (at == Configuration.Dead)
                    return null;
            }
            return at;
        }
    }

    private void Fill(Configuration at)
    {
        var mask = new ulong[_words];
        int longest = 0;
        foreach (var top in at.Tops)
        {
            var own = MaskOf(top.State);
            for (int i = 0; i < mask.Length; i++)
                mask[i] |= own.Tokens[i];
            var below = top.Parent is null ? null : Configure([top.Parent]);
            longest = Math.Max(longest, own.LongestRest + (below is null ? 0 : Cost(below)));
            if (below is null)
                continue;
            foreach (int node in own.Exits)
                Walk(node, below, mask, int.MaxValue, ref longest);
        }
        AddEnds(at, mask);
        Keep(mask.Length * sizeof(ulong));
        (at.Mask, at.LongestRest) = (mask, longest);
    }

    private TokenCosts CostsOf(Configuration at)
    {
        var costs = new TokenCosts(_words);
        int longest = 0;
        Walk(0, at, new ulong[_words], int.MaxValue, ref longest, costs: costs);
        Keep(costs.Bytes);
        return costs;
    }

    /// <summary>Makes room for so many bytes of masks and costs.</summary>
    private void Keep(int bytes)
    {
        if (_maskBytes > MostMaskBytes)
        {
            foreach (var known in _configurations.Values)
                (known.Mask, known.Costs) = (null, null);
            _maskBytes = 0;
        }
        _maskBytes += bytes;
    }

    private void AddEnds(Configuration at, ulong[] mask)
    {
        if (!at.Accepts)
            return;
        foreach (int end in _ends)
            mask[end >> 6] |= 1ul << end;
    }

    private StateMask MaskOf(int state)
    {
        if (_masks[state] is { } known)
            return known;
        var mask = new ulong[_words];
        int longest = 0;
        var exits = new List<int>();
        // one top only: the others of its configuration have masks of their own
        Walk(0, new Configuration([Node(state, null)], false), mask, int.MaxValue, ref longest, exits);
        return _masks[state] = new(mask, [.. exits], longest);
    }

    /// <summary>
    /// Walks the tokens below a node of the tree; those that fit go into the mask.
    /// </summary>
    /// <param name="root">The node where <paramref name="at"/> is.</param>
    /// <param name="at">Where the text is.</param>
    /// <param name="mask">The tokens.</param>
    /// <param name="budget">Tokens that the shortest end may take afterwards.</param>
    /// <param name="longest">The most that it takes after any of them, at least.</param>
    /// <param name="exits">Where given: nodes at which the rule can end while tokens go on.</param>
    /// <param name="costs">Where given: what the shortest end takes after each token that fits.</param>
    private void Walk(
        int root, Configuration at, ulong[] mask, int budget, ref int longest, List<int>? exits = null, TokenCosts? costs = null)
    {
        byte[] bytes = _trie.Bytes, depths = _trie.Depths;
        int[] ends = _trie.SubtreeEnd, tokens = _trie.Tokens;
        int last = ends[root];
        _path[depths[root]] = at;
        // within one state's mask bytes are the bound: what is below is not known, and tokens are never more than bytes
        for (int node = root + 1; node < last;)
        {
            int depth = depths[node];
            var from = _path[depth - 1]!;
            var next = from.Next is { } known && known[bytes[node]] is { } step ? step : Step(from, bytes[node]);
            if (next == Configuration.Dead)
            {
                node = ends[node];
                continue;
            }
            _path[depth] = next;
            if (tokens[node] >= 0)
            {
                int cost = Cost(next);
                if (cost <= budget)
                {
                    longest = Math.Max(longest, cost);
                    for (int token = tokens[node]; token >= 0; token = _trie.Same[token])
                    {
                        mask[token >> 6] |= 1ul << token;
                        costs?.Set(token, cost);
                    }
                }
            }
            if (exits is not null && next.Accepts && ends[node] > node + 1)
                exits.Add(node);
            node++;
        }
    }

    private Configuration Step(Configuration at, byte b)
    {
        at.Next ??= new Configuration?[256];
        if (at.Next[b] is { } known)
            return known;
        var tops = new List<StackNode>();
        foreach (var top in at.Tops)
        {
            int next = _automaton.Next(top.State, b);
            if (next >= 0)
                tops.Add(Node(next, top.Parent));
        }
        return at.Next[b] = tops.Count == 0 ? Configuration.Dead : Configure(tops);
    }

    /// <summary>Enters called rules and leaves ended ones, until all tops read bytes.</summary>
    private Configuration Configure(List<StackNode> tops)
    {
        var met = new HashSet<StackNode>();
        var open = new Stack<StackNode>(tops);
        var reading = new List<StackNode>();
        bool accepts = false;
        while (open.TryPop(out var node))
        {
            if (!met.Add(node))
                continue;
            var state = _automaton.State(node.State);
            if (state.Bytes.Length > 0)
                reading.Add(node);
            foreach (var call in state.Calls)
            {
                var back = _automaton.IsLast(call.Return) ? node.Parent : Node(call.Return, node.Parent);
                open.Push(Node(_automaton.Start(call.Rule), back));
            }
            if (!state.Accepts)
                continue;
            if (node.Parent is { } parent)
                open.Push(parent);
            else
                accepts = true;
        }
        reading.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        var key = new ConfigurationKey([.. reading], accepts);
        if (!_configurations.TryGetValue(key, out var found))
            _configurations.Add(key, found = new(key.Tops, accepts));
        return found;
    }

    private StackNode Node(int state, StackNode? parent)
    {
        var key = (state, parent?.Id ?? -1);
        if (_nodes.TryGetValue(key, out var node))
            return node;
        if (_configurations.Count > MostConfigurations || _nodes.Count > 20 * MostConfigurations)
        {
            // ids go on, so what is in use stays right; it is only not found again
            _configurations.Clear();
            _nodes.Clear();
            _maskBytes = 0;
        }
        _nodes.Add(key, node = new(_ids++, state, parent));
        return node;
    }

    /// <summary>Tokens that the shortest end takes: the fewest that spell the shortest bytes.</summary>
    internal int Cost(Configuration at)
    {
        if (at.Cost >= 0)
            return at.Cost;
        int least = at.Accepts ? 0 : PushdownAutomaton.Never;
        foreach (var top in at.Tops)
        {
            if (top.Cost < 0 && least > 0)
            {
                var text = new List<byte>();
                for (var node = top; node is not null; node = node.Parent)
                    _automaton.AddShortest(node.State, text);
                top.Cost = _trie.FewestTokens(CollectionsMarshal.AsSpan(text));
            }
            least = Math.Min(least, Math.Max(0, top.Cost));
        }
        return at.Cost = least;
    }

    /// <summary>What a state of the grammar allows, whatever is below it.</summary>
    /// <param name="Tokens">Tokens that fit.</param>
    /// <param name="Exits">Nodes of the tree where its rule can end while tokens go on.</param>
    /// <param name="LongestRest">The most tokens that the rule's end takes after one of them.</param>
    private sealed record StateMask(ulong[] Tokens, int[] Exits, int LongestRest)
    {
        public override string ToString() => $"{Tokens.Sum(w => BitOperations.PopCount(w))} tokens, {Exits.Length} exits";
    }

    private readonly struct ConfigurationKey(StackNode[] tops, bool accepts) : IEquatable<ConfigurationKey>
    {
        public StackNode[] Tops => tops;

        private bool Accepts => accepts;

        public bool Equals(ConfigurationKey other) => accepts == other.Accepts && tops.AsSpan().SequenceEqual(other.Tops);

        public override bool Equals(object? obj) => obj is ConfigurationKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var top in tops)
                hash.Add(top.Id);
            hash.Add(accepts);
            return hash.ToHashCode();
        }
    }
}
