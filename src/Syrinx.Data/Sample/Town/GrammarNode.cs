using System.Globalization;

namespace Syrinx.Data.Sample.Town;

/// <summary>A piece of a grammar's alternative.</summary>
internal abstract record GrammarNode
{
    /// <summary>Words as they stand.</summary>
    internal sealed record Words(string Text) : GrammarNode;

    /// <summary>Another rule; <see cref="Optional"/> leaves it out half of the time.</summary>
    internal sealed record Rule(string Name, bool Optional) : GrammarNode;

    /// <summary>One of several pieces.</summary>
    internal sealed record Choice(GrammarNode[][] Options) : GrammarNode;

    /// <summary>A cell of <see cref="TownFacts"/>: of the thread's row, or of a row of this text alone.</summary>
    internal sealed record Fact(string Table, string Column, bool Fresh) : GrammarNode;

    /// <summary>A number.</summary>
    internal sealed record Number(int Low, int High, int Step) : GrammarNode;

    /// <summary>Parses <c>words {rule} {rule?} {this|that} {$table.column} {$*table.column} {#10-90/5}</c>.</summary>
    public static GrammarNode[] Parse(string text)
    {
        var nodes = new List<GrammarNode>();
        int at = 0;
        while (at < text.Length)
        {
            int open = text.IndexOf('{', at);
            if (open < 0)
                open = text.Length;
            if (open > at)
                nodes.Add(new Words(text[at..open].Replace("¶", "\n", StringComparison.Ordinal)));
            if (open == text.Length)
                break;
            int close = Closing(text, open);
            nodes.Add(Braced(text[(open + 1)..close]));
            at = close + 1;
        }
        return [.. nodes];
    }

    private static GrammarNode Braced(string inner)
    {
        var options = Split(inner);
        if (options.Count > 1)
            return new Choice([.. options.Select(Parse)]);
        if (inner[0] == '$')
        {
            bool fresh = inner[1] == '*';
            string[] path = inner[(fresh ? 2 : 1)..].Split('.');
            return path.Length == 2 ? new Fact(path[0], path[1], fresh)
                : throw new FormatException($"'{{{inner}}}' is not table.column.");
        }
        if (inner[0] == '#')
        {
            int[] numbers = [.. inner[1..].Split('-', '/').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
            return new Number(numbers[0], numbers[1], numbers.Length > 2 ? numbers[2] : 1);
        }
        return inner.EndsWith('?') ? new Rule(inner[..^1], true) : new Rule(inner, false);
    }

    private static int Closing(string text, int open)
    {
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (depth == 0)
                return i;
        }
        throw new FormatException($"No closing brace in '{text}'.");
    }

    private static List<string> Split(string inner)
    {
        var options = new List<string>();
        int depth = 0, start = 0;
        for (int i = 0; i < inner.Length; i++)
        {
            depth += inner[i] == '{' ? 1 : inner[i] == '}' ? -1 : 0;
            if (inner[i] == '|' && depth == 0)
            {
                options.Add(inner[start..i]);
                start = i + 1;
            }
        }
        options.Add(inner[start..]);
        return options;
    }
}
