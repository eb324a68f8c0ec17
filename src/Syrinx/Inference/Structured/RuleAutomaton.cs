namespace Syrinx.Inference.Structured;

/// <summary>A step that reads one byte.</summary>
internal readonly record struct ByteEdge(byte First, byte Last, int Target);

/// <summary>A step that goes through another rule and comes back at <paramref name="Return"/>.</summary>
internal readonly record struct CallEdge(int Rule, int Return);

/// <summary>A state of a rule; of each byte, and of each rule called, there is one next state at most.</summary>
internal sealed record AutomatonState(ByteEdge[] Bytes, CallEdge[] Calls, bool Accepts);

/// <summary>
/// One rule as a deterministic automaton over bytes and calls: Thompson's construction, then sets of states.
/// </summary>
internal sealed class RuleAutomaton
{
    /// <summary>States of one rule before sets are made; more would take seconds and a hundred megabytes.</summary>
    private const int MostStates = 400_000;

    private readonly string _name;
    private readonly List<Node> _nodes = [];

    private RuleAutomaton(string name) => _name = name;

    /// <summary>The states of a rule; the first is where it begins.</summary>
    /// <exception cref="InputException">The rule is too large.</exception>
    public static List<AutomatonState> Build(string name, Expr body)
    {
        var automaton = new RuleAutomaton(name);
        int start = automaton.New(), end = automaton.New();
        automaton.Add(body, start, end);
        return automaton.Determinize(start, end);
    }

    private int New()
    {
        if (_nodes.Count == MostStates)
        {
            throw new InputException(
                $"Grammar: rule '{_name}' has more than {MostStates} states. Repeat fewer times (maxLength, maxItems, {{m,n}}).");
        }
        _nodes.Add(new());
        return _nodes.Count - 1;
    }

    private void Add(Expr expression, int from, int to)
    {
        switch (expression)
        {
            case Literal literal:
                foreach (byte b in literal.Bytes)
                {
                    int next = New();
                    _nodes[from].Bytes.Add(new(b, b, next));
                    from = next;
                }
                _nodes[from].Empty.Add(to);
                break;
            case Characters characters:
                AddCharacters(characters, from, to);
                break;
            case Sequence sequence:
                foreach (var part in sequence.Parts)
                {
                    int next = New();
                    Add(part, from, next);
                    from = next;
                }
                _nodes[from].Empty.Add(to);
                break;
            case Choice choice:
                foreach (var one in choice.Choices)
                    Add(one, from, to);
                break;
            case Repeat repeat:
                AddRepeat(repeat, from, to);
                break;
            case Call call:
                _nodes[from].Calls.Add(new(call.Rule, to));
                break;
            default:
                throw new InvalidOperationException(expression.GetType().Name);
        }
    }

    private void AddCharacters(Characters characters, int from, int to)
    {
        // one tree of the leading bytes keeps the sets small
        foreach (var (first, last) in characters.Ranges)
        {
            foreach (var bytes in Utf8Ranges.Of(first, Math.Min(last, Characters.Highest)))
            {
                int at = from;
                for (int i = 0; i < bytes.Length; i++)
                {
                    int next = i == bytes.Length - 1 ? to : New();
                    _nodes[at].Bytes.Add(new(bytes[i].First, bytes[i].Last, next));
                    at = next;
                }
            }
        }
    }

    private void AddRepeat(Repeat repeat, int from, int to)
    {
        for (int i = 0; i < repeat.Least; i++)
        {
            int next = New();
            Add(repeat.Item, from, next);
            from = next;
        }
        if (repeat.Most is not { } most)
        {
            int loop = New();
            _nodes[from].Empty.Add(loop);
            int back = New();
            Add(repeat.Item, loop, back);
            _nodes[back].Empty.Add(loop);
            _nodes[loop].Empty.Add(to);
            return;
        }
        for (int i = repeat.Least; i < most; i++)
        {
            _nodes[from].Empty.Add(to);
            int next = New();
            Add(repeat.Item, from, next);
            from = next;
        }
        _nodes[from].Empty.Add(to);
    }

    private List<AutomatonState> Determinize(int start, int end)
    {
        var numbers = new Dictionary<Set, int>();
        var sets = new List<Set>();
        int Number(IEnumerable<int> nodes)
        {
            var set = new Set(Closure(nodes));
            if (!numbers.TryGetValue(set, out int number))
            {
                numbers.Add(set, number = sets.Count);
                sets.Add(set);
            }
            return number;
        }
        Number([start]);
        var states = new List<AutomatonState>();
        for (int i = 0; i < sets.Count; i++)
        {
            int[] nodes = sets[i].Nodes;
            var edges = nodes.SelectMany(n => _nodes[n].Bytes).ToList();
            var calls = nodes.SelectMany(n => _nodes[n].Calls).GroupBy(c => c.Rule)
                .Select(g => new CallEdge(g.Key, Number(g.Select(c => c.Return)))).ToArray();
            states.Add(new(Bytes(edges, Number), calls, nodes.Contains(end)));
        }
        return states;
    }

    private static ByteEdge[] Bytes(List<ByteEdge> edges, Func<IEnumerable<int>, int> number)
    {
        if (edges.Count == 0)
            return [];
        if (edges.Count == 1)
            return [edges[0] with { Target = number([edges[0].Target]) }];
        var result = new List<ByteEdge>();
        int[] cuts = [.. edges.SelectMany(e => (int[])[e.First, e.Last + 1]).Distinct().Order()];
        for (int i = 0; i + 1 < cuts.Length; i++)
        {
            var targets = edges.Where(e => e.First <= cuts[i] && e.Last >= cuts[i]).Select(e => e.Target).ToList();
            if (targets.Count == 0)
                continue;
            var edge = new ByteEdge((byte)cuts[i], (byte)(cuts[i + 1] - 1), number(targets));
            if (result.Count > 0 && result[^1].Target == edge.Target && result[^1].Last + 1 == edge.First)
                result[^1] = result[^1] with { Last = edge.Last };
            else
                result.Add(edge);
        }
        return [.. result];
    }

    private int[] Closure(IEnumerable<int> nodes)
    {
        var found = new SortedSet<int>();
        var open = new Stack<int>(nodes);
        while (open.TryPop(out int node))
        {
            if (!found.Add(node))
                continue;
            foreach (int next in _nodes[node].Empty)
                open.Push(next);
        }
        // nodes that only lead on say nothing of their own; the last node of the rule is always node 1
        return [.. found.Where(n => n == 1 || _nodes[n].Bytes.Count + _nodes[n].Calls.Count > 0)];
    }

    private sealed class Node
    {
        public readonly List<int> Empty = [];
        public readonly List<ByteEdge> Bytes = [];
        public readonly List<CallEdge> Calls = [];
    }

    private readonly struct Set(int[] nodes) : IEquatable<Set>
    {
        public int[] Nodes => nodes;

        public bool Equals(Set other) => nodes.AsSpan().SequenceEqual(other.Nodes);

        public override bool Equals(object? obj) => obj is Set other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (int node in nodes)
                hash.Add(node);
            return hash.ToHashCode();
        }
    }
}
