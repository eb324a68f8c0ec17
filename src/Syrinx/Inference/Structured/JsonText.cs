using System.Globalization;
using System.Text;

namespace Syrinx.Inference.Structured;

/// <summary>
/// How JSON is spelled that a model writes: no whitespace but one space, if any, after a comma and a colon, so that it cannot fill
/// its tokens with nothing. Numbers have at most 15 digits before the point and 16 after it, and exponents two, so that every
/// reader can hold them. No escape spells half of a surrogate pair.
/// </summary>
internal static class JsonText
{
    public const int WholeDigits = 15, FractionDigits = 16;

    private const string Hex = "0123456789abcdefABCDEF";

    private static readonly Expr Digit = Expr.Range('0', '9');

    private static readonly Expr AnyHex = Expr.AnyOf(Hex);

    /// <summary>A comma between members or elements.</summary>
    public static Expr Comma { get; } = Expr.Seq(Expr.Text(","), Expr.Maybe(Expr.Text(" ")));

    /// <summary>The colon after a member's name.</summary>
    public static Expr Colon { get; } = Expr.Seq(Expr.Text(":"), Expr.Maybe(Expr.Text(" ")));

    /// <summary>One character that a string may have as it is.</summary>
    public static Characters Plain { get; } = new([(0x20, 0x21), (0x23, 0x5B), (0x5D, Characters.Highest)]);

    /// <summary>One character of a string: as it is, or escaped.</summary>
    public static Expr Character { get; } = Expr.Or(
        Plain,
        Expr.Seq(Expr.Text("\\"), Expr.Or(
            Expr.AnyOf("\"\\/bfnrt"),
            Expr.Seq(Expr.Text("u"), Expr.Or(
                Expr.Seq(Expr.AnyOf("0123456789abcefABCEF"), AnyHex, AnyHex, AnyHex),
                Expr.Seq(Expr.AnyOf("dD"), Expr.Range('0', '7'), AnyHex, AnyHex))))));

    /// <summary>Any integer.</summary>
    public static Expr Integer { get; } = Expr.Seq(Expr.Maybe(Expr.Text("-")), Whole);

    /// <summary>Any number.</summary>
    public static Expr Number { get; } = Expr.Seq(
        Integer,
        Expr.Maybe(Expr.Seq(Expr.Text("."), new Repeat(Digit, 1, FractionDigits))),
        Expr.Maybe(Expr.Seq(Expr.AnyOf("eE"), Expr.Maybe(Expr.AnyOf("+-")), new Repeat(Digit, 1, 2))));

    /// <summary>True or false.</summary>
    public static Expr Boolean { get; } = Expr.Or(Expr.Text("true"), Expr.Text("false"));

    private static Expr Whole => Expr.Or(
        Expr.Text("0"), Expr.Seq(Expr.Range('1', '9'), new Repeat(Digit, 0, WholeDigits - 1)));

    /// <summary>A string of these characters.</summary>
    public static Expr Quoted(Expr inside) => Expr.Seq(Expr.Text("\""), inside, Expr.Text("\""));

    /// <summary>A text as a JSON string, with as few escapes as can be.</summary>
    public static string Quote(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
            json.Append(Escape(rune.Value));
        return json.Append('"').ToString();
    }

    /// <summary>How one character stands in a string.</summary>
    public static string Escape(int character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        < 0x20 => "\\u" + character.ToString("x4", CultureInfo.InvariantCulture),
        _ => char.ConvertFromUtf32(character),
    };

    /// <summary>Characters of a string, each as it stands there.</summary>
    public static Expr Escaped(Characters set)
    {
        var plain = new List<(int, int)>();
        var escaped = new List<Expr>();
        foreach (var (first, last) in set.Ranges)
        {
            for (int c = first; c <= Math.Min(last, 0x1F); c++)
                escaped.Add(Expr.Text(Escape(c)));
            foreach (int c in (ReadOnlySpan<int>)['"', '\\'])
            {
                if (first <= c && c <= last)
                    escaped.Add(Expr.Text(Escape(c)));
            }
            foreach (var (from, to) in Plain.Ranges)
            {
                if (Math.Max(first, from) <= Math.Min(last, to))
                    plain.Add((Math.Max(first, from), Math.Min(last, to)));
            }
        }
        if (plain.Count > 0)
            escaped.Insert(0, new Characters(plain));
        return Expr.Or(escaped);
    }

    /// <summary>A string's characters that are none of these names; for the names of further members.</summary>
    public static Expr Except(IEnumerable<string> names) => Except(names.Select(n => n.EnumerateRunes().Select(r => r.Value).ToArray()).ToList(), 0);

    private static Expr Except(List<int[]> names, int depth)
    {
        var next = names.Where(n => n.Length > depth).GroupBy(n => n[depth]).ToList();
        var choices = new List<Expr>();
        if (!names.Any(n => n.Length == depth))
            choices.Add(Expr.Empty);
        foreach (var group in next)
        {
            // an escape could spell the name in another way, so only what stands for itself is told apart
            if (Plain.Ranges.Any(r => r.First <= group.Key && group.Key <= r.Last))
                choices.Add(Expr.Seq(new Characters([(group.Key, group.Key)]), Except([.. group], depth + 1)));
        }
        var other = new Characters([.. next.Select(g => (g.Key, g.Key))]).Complement();
        var free = Intersect(other, Plain);
        choices.Add(Expr.Seq(free, Expr.Many(Plain)));
        return Expr.Or(choices);
    }

    private static Characters Intersect(Characters a, Characters b) => new([.. a.Ranges.SelectMany(_ => b.Ranges, (x, y) =>
        (First: Math.Max(x.First, y.First), Last: Math.Min(x.Last, y.Last))).Where(r => r.First <= r.Last)]);
}
