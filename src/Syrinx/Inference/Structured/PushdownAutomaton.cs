namespace Syrinx.Inference.Structured;

/// <summary>
/// A grammar as automata that call each other: states of all rules in one table, what cannot end cut away, and of every state the
/// shortest way to its rule's end, in bytes. Immutable.
/// </summary>
internal sealed class PushdownAutomaton
{
    /// <summary>A distance that no text has.</summary>
    public const int Never = int.MaxValue / 4;

    /// <summary>The longest shortest text, in bytes, that is worked with.</summary>
    private const int LongestText = 1_000_000;

    private readonly AutomatonState[] _states;
    private readonly int[] _starts;
    private readonly int[] _distance;
    private readonly Step[] _steps;
    private readonly byte[]?[] _texts;

    private enum Kind : byte { End, Byte, Call }

    private readonly record struct Step(Kind Kind, int Value, int Target);

    /// <summary>Compiles a grammar.</summary>
    /// <exception cref="InputException">A rule is left-recursive, can never end, or is too large.</exception>
    public PushdownAutomaton(GrammarRules rules)
    {
        var states = new List<AutomatonState>();
        _starts = new int[rules.Count];
        for (int rule = 0; rule < rules.Count; rule++)
        {
            int at = _starts[rule] = states.Count;
            foreach (var state in RuleAutomaton.Build(rules.Name(rule), rules.Body(rule)))
            {
                states.Add(new(
                    [.. state.Bytes.Select(e => e with { Target = e.Target + at })],
                    [.. state.Calls.Select(c => c with { Return = c.Return + at })], state.Accepts));
            }
        }
        _states = [.. states];
        _distance = new int[_states.Length];
        _steps = new Step[_states.Length];
        _texts = new byte[rules.Count][];
        Measure();
        if (_distance[_starts[0]] >= LongestText)
        {
            int rule = Enumerable.Range(0, rules.Count).First(r => _distance[_starts[r]] >= LongestText);
            throw new InputException($"Grammar: no text of finite length fits '{rules.Name(rule)}': it needs itself within itself.");
        }
        for (int i = 0; i < _states.Length; i++)
        {
            var state = _states[i];
            _states[i] = state with
            {
                Bytes = [.. state.Bytes.Where(e => _distance[e.Target] < Never)],
                Calls = [.. state.Calls.Where(c => _distance[_starts[c.Rule]] < Never && _distance[c.Return] < Never)],
            };
        }
        RefuseLeftRecursion(rules);
    }

    public int StateCount => _states.Length;

    public AutomatonState State(int state) => _states[state];

    public int Start(int rule) => _starts[rule];

    /// <summary>Bytes that the shortest way from a state to its rule's end takes.</summary>
    public int Distance(int state) => _distance[state];

    /// <summary>Whether a state has nothing after it, so that nobody needs to come back to it.</summary>
    public bool IsLast(int state) => _states[state] is { Accepts: true, Bytes.Length: 0, Calls.Length: 0 };

    /// <summary>The state after a byte, or −1.</summary>
    public int Next(int state, byte b)
    {
        foreach (var edge in _states[state].Bytes)
        {
            if (b <= edge.Last)
                return b >= edge.First ? edge.Target : -1;
        }
        return -1;
    }

    /// <summary>The bytes of the shortest way from a state to its rule's end.</summary>
    public void AddShortest(int state, List<byte> text)
    {
        while (_steps[state] is { Kind: not Kind.End } step)
        {
            if (step.Kind == Kind.Byte)
                text.Add((byte)step.Value);
            else
                text.AddRange(ShortestText(step.Value));
            state = step.Target;
        }
    }

    private byte[] ShortestText(int rule)
    {
        if (_texts[rule] is { } known)
            return known;
        var text = new List<byte>();
        AddShortest(_starts[rule], text);
        return _texts[rule] = [.. text];
    }

    /// <summary>Knuth's generalization of Dijkstra's algorithm, by relaxing until nothing gets shorter.</summary>
    private void Measure()
    {
        Array.Fill(_distance, Never);
        bool shorter = true;
        while (shorter)
        {
            shorter = false;
            // from the last state: rules run forwards, so one or two rounds do
            for (int i = _states.Length - 1; i >= 0; i--)
            {
                var state = _states[i];
                if (state.Accepts)
                    shorter |= Improve(i, 0, new(Kind.End, 0, i));
                foreach (var edge in state.Bytes)
                    shorter |= Improve(i, 1 + _distance[edge.Target], new(Kind.Byte, edge.First, edge.Target));
                foreach (var call in state.Calls)
                {
                    shorter |= Improve(i, _distance[_starts[call.Rule]] + _distance[call.Return],
                        new(Kind.Call, call.Rule, call.Return));
                }
            }
        }
    }

    private bool Improve(int state, int distance, Step step)
    {
        if (distance >= _distance[state])
            return false;
        (_distance[state], _steps[state]) = (distance, step);
        return true;
    }

    private void RefuseLeftRecursion(GrammarRules rules)
    {
        var seen = new int[_starts.Length]; // 1 being looked at, 2 done
        void Look(int rule)
        {
            if (seen[rule] == 2)
                return;
            if (seen[rule] == 1)
            {
                throw new InputException(
                    $"Grammar: rule '{rules.Name(rule)}' is left-recursive: it begins with itself. Put what repeats behind, or use *.");
            }
            seen[rule] = 1;
            var open = new Stack<int>([_starts[rule]]);
            var met = new HashSet<int>();
            while (open.TryPop(out int state))
            {
                if (!met.Add(state))
                    continue;
                foreach (var call in _states[state].Calls)
                {
                    System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
                    Look(call.Rule);
                    if (_distance[_starts[call.Rule]] == 0)
                        open.Push(call.Return);
                }
            }
            seen[rule] = 2;
        }
        for (int rule = 0; rule < _starts.Length; rule++)
            Look(rule);
    }
}
