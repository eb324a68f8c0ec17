using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syrinx.Models.Templates;

/// <summary>What a name stands for that nobody has set.</summary>
internal sealed record Undefined(string Name);

/// <summary>A dictionary in the order of its entries.</summary>
/// <param name="foreign">Whether its keys come from outside.</param>
internal sealed class TemplateDict(bool foreign) : OrderedDictionary<string, object?>
{
    /// <summary>A key as a value.</summary>
    public MarkedText Key(string key) => foreign ? MarkedText.OfInput(key) : MarkedText.OfTemplate(key);

    /// <summary>Whether fields may be set (<c>namespace()</c>).</summary>
    public bool IsNamespace { get; init; }
}

/// <summary>What a function was called with.</summary>
internal sealed record CallArguments(IReadOnlyList<object?> Positional, IReadOnlyDictionary<string, object?> Named)
{
    public bool Has(int index, string name) => index < Positional.Count || Named.ContainsKey(name);

    public object? Get(int index, string name, object? otherwise = null) =>
        index < Positional.Count ? Positional[index] : Named.TryGetValue(name, out var value) ? value : otherwise;
}

/// <summary>A macro, or a function of ours.</summary>
internal delegate object? TemplateFunction(CallArguments arguments);

/// <summary>
/// The values of templates – null, bool, long, double, <see cref="MarkedText"/>, lists, <see cref="TemplateDict"/>, functions – and
/// what Python makes of them.
/// </summary>
internal static class TemplateValues
{
    /// <summary>A value from outside.</summary>
    public static object? FromJson(JsonNode? node)
    {
        switch (node)
        {
            case null:
                return null;
            case JsonObject members:
                var dict = new TemplateDict(foreign: true);
                foreach (var (key, value) in members)
                    dict[key] = FromJson(value);
                return dict;
            case JsonArray items:
                return items.Select(FromJson).ToList();
        }
        return node.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => long.TryParse(node.ToJsonString(), CultureInfo.InvariantCulture, out long whole) ? (object)whole
                : double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture),
            _ => MarkedText.OfInput(node.GetValue<string>()),
        };
    }

    public static bool IsTrue(object? value) => value switch
    {
        null or Undefined => false,
        bool b => b,
        long n => n != 0,
        double n => n != 0,
        MarkedText text => text.Length > 0,
        List<object?> list => list.Count > 0,
        TemplateDict dict => dict.Count > 0,
        _ => true,
    };

    public static bool AreEqual(object? a, object? b) => (a, b) switch
    {
        (null, null) => true,
        (Undefined, Undefined) => true,
        (MarkedText x, MarkedText y) => x.Value == y.Value,
        (bool x, bool y) => x == y,
        (bool or long or double, bool or long or double) => Number(a) == Number(b),
        (List<object?> x, List<object?> y) => x.Count == y.Count && x.Zip(y).All(p => AreEqual(p.First, p.Second)),
        (TemplateDict x, TemplateDict y) => x.Count == y.Count && x.All(p => y.TryGetValue(p.Key, out var other) && AreEqual(p.Value, other)),
        _ => ReferenceEquals(a, b),
    };

    public static double Number(object? value) => value switch { bool b => b ? 1 : 0, long n => n, double n => n, _ => double.NaN };

    public static int Compare(object? a, object? b, int line) => (a, b) switch
    {
        (MarkedText x, MarkedText y) => string.CompareOrdinal(x.Value, y.Value),
        (bool or long or double, bool or long or double) => Number(a).CompareTo(Number(b)),
        _ => throw new TemplateException($"{Kind(a)} and {Kind(b)} have no order", line),
    };

    /// <summary>The name of a value's type, for messages.</summary>
    public static string Kind(object? value) => value switch
    {
        null => "none",
        Undefined u => $"'{u.Name}', which is undefined,",
        bool => "a boolean",
        long or double => "a number",
        MarkedText => "a string",
        List<object?> => "a list",
        TemplateDict => "a mapping",
        _ => "a function",
    };

    /// <summary>Python's <c>str()</c>.</summary>
    public static MarkedText ToText(object? value) => value switch
    {
        MarkedText text => text,
        Undefined => MarkedText.Empty,
        null => MarkedText.OfTemplate("None"),
        bool b => MarkedText.OfTemplate(b ? "True" : "False"),
        long n => MarkedText.OfTemplate(n.ToString(CultureInfo.InvariantCulture)),
        double n => MarkedText.OfTemplate(Spell(n)),
        List<object?> or TemplateDict => MarkedText.OfInput(Represent(value)),
        _ => MarkedText.OfTemplate("<function>"),
    };

    /// <summary>
    /// JSON as Python's <c>json.dumps</c> writes it with <c>ensure_ascii=False</c>: a space after commas and colons, or lines where
    /// <paramref name="indent"/> is given.
    /// </summary>
    public static void WriteJson(StringBuilder json, object? value, int? indent, int depth, int line)
    {
        if (json.Length > TemplateInterpreter.LongestOutput || depth > 200)
            throw new TemplateException("tojson: the value is too large", line);
        switch (value)
        {
            case null:
                json.Append("null");
                break;
            case bool b:
                json.Append(b ? "true" : "false");
                break;
            case long n:
                json.Append(n.ToString(CultureInfo.InvariantCulture));
                break;
            case double n:
                json.Append(Spell(n));
                break;
            case MarkedText text:
                Quote(json, text.Value);
                break;
            case List<object?> list:
                Container('[', ']', list.Count, i => WriteJson(json, list[i], indent, depth + 1, line));
                break;
            case TemplateDict dict:
                Container('{', '}', dict.Count, i =>
                {
                    Quote(json, dict.GetAt(i).Key);
                    json.Append(": ");
                    WriteJson(json, dict.GetAt(i).Value, indent, depth + 1, line);
                });
                break;
            default:
                throw new TemplateException($"tojson: {Kind(value)} cannot be JSON", line);
        }

        void Container(char open, char close, int count, Action<int> write)
        {
            json.Append(open);
            for (int i = 0; i < count; i++)
            {
                json.Append(i == 0 ? "" : indent is null ? ", " : ",");
                if (indent is { } width)
                    json.Append('\n').Append(' ', width * (depth + 1));
                write(i);
            }
            if (indent is { } outer && count > 0)
                json.Append('\n').Append(' ', outer * depth);
            json.Append(close);
        }
    }

    private static void Quote(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (char c in text)
        {
            json.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }
        json.Append('"');
    }

    /// <summary>Python's <c>repr()</c> of a number.</summary>
    private static string Spell(double n)
    {
        if (double.IsNaN(n) || double.IsInfinity(n))
            return double.IsNaN(n) ? "NaN" : n > 0 ? "Infinity" : "-Infinity";
        string text = n.ToString("R", CultureInfo.InvariantCulture);
        if (text.Contains('E'))
            return text.Replace("E", "e", StringComparison.Ordinal);
        return text.Contains('.') ? text : text + ".0";
    }

    private static string Represent(object? value) => value switch
    {
        MarkedText text => "'" + text.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal) + "'",
        List<object?> list => $"[{string.Join(", ", list.Select(Represent))}]",
        TemplateDict dict => $"{{{string.Join(", ", dict.Select(p => $"{Represent(dict.Key(p.Key))}: {Represent(p.Value)}"))}}}",
        _ => ToText(value).Value,
    };
}
