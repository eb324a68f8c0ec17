using System.Text;

namespace Syrinx.Inference.Structured;

/// <summary>What a grammar's rule says; texts are UTF-8, characters are code points. Immutable.</summary>
internal abstract record Expr
{
    /// <summary>The empty text.</summary>
    public static Expr Empty { get; } = new Sequence([]);

    /// <summary>A text, letter by letter.</summary>
    public static Expr Text(string text) => new Literal(Encoding.UTF8.GetBytes(text));

    /// <summary>One after the other.</summary>
    public static Expr Seq(params IReadOnlyList<Expr> parts) => parts is [var one] ? one : new Sequence(parts);

    /// <summary>One of them.</summary>
    public static Expr Or(params IReadOnlyList<Expr> choices) => choices is [var one] ? one : new Choice(choices);

    /// <summary>Once or not at all.</summary>
    public static Expr Maybe(Expr item) => new Repeat(item, 0, 1);

    /// <summary>Any number of times.</summary>
    public static Expr Many(Expr item) => new Repeat(item, 0, null);

    /// <summary>One of the characters from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public static Expr Range(int first, int last) => new Characters([(first, last)]);

    /// <summary>One of these ASCII characters.</summary>
    public static Expr AnyOf(string characters) => new Characters([.. characters.Select(c => ((int)c, (int)c))]);
}

/// <summary>These bytes.</summary>
internal sealed record Literal(byte[] Bytes) : Expr;

/// <summary>One character out of ranges of code points; surrogates in them are passed over.</summary>
internal sealed record Characters(IReadOnlyList<(int First, int Last)> Ranges) : Expr
{
    public const int Highest = 0x10FFFF;

    /// <summary>All characters that are in none of the ranges.</summary>
    public Characters Complement()
    {
        var rest = new List<(int, int)>();
        int next = 0;
        foreach (var (first, last) in Ranges.OrderBy(r => r.First))
        {
            if (first > next)
                rest.Add((next, first - 1));
            next = Math.Max(next, last + 1);
        }
        if (next <= Highest)
            rest.Add((next, Highest));
        return new(rest);
    }
}

/// <summary>One after the other.</summary>
internal sealed record Sequence(IReadOnlyList<Expr> Parts) : Expr;

/// <summary>One of them.</summary>
internal sealed record Choice(IReadOnlyList<Expr> Choices) : Expr;

/// <summary>Between <paramref name="Least"/> and <paramref name="Most"/> times; null for without end.</summary>
internal sealed record Repeat(Expr Item, int Least, int? Most) : Expr;

/// <summary>What another rule says.</summary>
internal sealed record Call(int Rule) : Expr;

/// <summary>A grammar: rules by number, the first one is the whole text. Filled while it is read, then left alone.</summary>
internal sealed class GrammarRules
{
    private readonly List<(string Name, Expr? Body)> _rules = [];

    public int Count => _rules.Count;

    public string Name(int rule) => _rules[rule].Name;

    public Expr Body(int rule) => _rules[rule].Body ?? throw new InvalidOperationException($"rule {Name(rule)} is empty");

    public bool IsDefined(int rule) => _rules[rule].Body is not null;

    /// <summary>A new rule, whose body may follow later.</summary>
    public Call Add(string name, Expr? body = null)
    {
        _rules.Add((name, body));
        return new(_rules.Count - 1);
    }

    public void Define(Call rule, Expr body) => _rules[rule.Rule] = (_rules[rule.Rule].Name, body);
}
