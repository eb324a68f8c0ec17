using System.Globalization;
using System.Text;

namespace Syrinx.Models.Templates;

/// <summary>Functions, methods, filters and tests.</summary>
internal sealed partial class TemplateInterpreter
{
    private const int LongestRange = 100_000;

    private void AddFunctions()
    {
        void Add(string name, TemplateFunction function) => _globals.Set(name, function);
        Add("raise_exception", a => throw new TemplateException(TemplateValues.ToText(a.Get(0, "message")).Value, 0));
        Add("strftime_now", a => MarkedText.OfTemplate(StrfTime.Format(_time.GetLocalNow(), TemplateValues.ToText(a.Get(0, "format")).Value)));
        Add("range", a =>
        {
            long first = a.Positional.Count > 1 ? Long(a.Get(0, "start")) : 0, end = Long(a.Get(a.Positional.Count > 1 ? 1 : 0, "stop"));
            long step = a.Positional.Count > 2 ? Long(a.Get(2, "step")) : 1;
            if (step == 0 || Math.Abs((decimal)end - first) / Math.Abs(step) > LongestRange)
                throw new TemplateException($"range: more than {LongestRange} numbers", 0);
            var numbers = new List<object?>();
            for (long i = first; step > 0 ? i < end : i > end; i += step)
                numbers.Add(i);
            return numbers;
        });
        Add("namespace", a =>
        {
            var space = new TemplateDict(foreign: false) { IsNamespace = true };
            foreach (var (name, value) in a.Named)
                space[name] = value;
            return space;
        });
        Add("dict", a =>
        {
            var dict = new TemplateDict(foreign: false);
            foreach (var (name, value) in a.Named)
                dict[name] = value;
            return dict;
        });
    }

    private static long Long(object? value) => value is long n ? n : throw new TemplateException($"a whole number is wanted, not {TemplateValues.Kind(value)}", 0);

    private static TemplateFunction? Method(TemplateDict dict, string name) => name switch
    {
        "items" => _ => Pairs(dict),
        "keys" => _ => dict.Keys.Select(k => (object?)dict.Key(k)).ToList(),
        "values" => _ => dict.Values.ToList(),
        "get" => a => dict.TryGetValue(TemplateValues.ToText(a.Get(0, "key")).Value, out var value) ? value : a.Get(1, "default"),
        _ => null,
    };

    private static List<object?> Pairs(TemplateDict dict) => [.. dict.Select(p => (object?)new List<object?> { dict.Key(p.Key), p.Value })];

    private static TemplateFunction? Method(MarkedText text, string name, int line)
    {
        static string? Characters(CallArguments a) => a.Get(0, "chars") is MarkedText c ? c.Value : null;
        MarkedText Part(CallArguments a, int i = 0) => a.Get(i, "text") as MarkedText ?? throw new TemplateException($"{name}: a string is wanted", line);
        static int Most(CallArguments a) => a.Get(1, "maxsplit") is long n && n is >= 0 and < int.MaxValue ? (int)n : -1;
        bool AnyOf(CallArguments a, Func<string, bool> holds) => a.Get(0, "prefix") is List<object?> several
            ? several.OfType<MarkedText>().Any(t => holds(t.Value)) : holds(Part(a).Value);
        return name switch
        {
            "strip" => a => text.Trim(true, true, Characters(a)),
            "lstrip" => a => text.Trim(true, false, Characters(a)),
            "rstrip" => a => text.Trim(false, true, Characters(a)),
            "split" => a => text.Split((a.Get(0, "sep") as MarkedText)?.Value is { Length: > 0 } sep ? sep : null, Most(a)),
            "splitlines" => _ => text.Length == 0 ? [] : text.Replace("\r\n", MarkedText.OfTemplate("\n"), -1) is var lines && lines.Value.EndsWith('\n')
                ? lines.Slice(0, lines.Length - 1).Split("\n", -1) : lines.Split("\n", -1),
            "startswith" => a => AnyOf(a, p => text.Value.StartsWith(p, StringComparison.Ordinal)),
            "endswith" => a => AnyOf(a, p => text.Value.EndsWith(p, StringComparison.Ordinal)),
            "upper" => _ => text.WithCase(text.Value.ToUpperInvariant()),
            "lower" => _ => text.WithCase(text.Value.ToLowerInvariant()),
            "capitalize" => _ => Capitalized(text),
            "title" => _ => Titled(text),
            "replace" => a => text.Replace(Part(a).Value, Part(a, 1), a.Get(2, "count") is long n ? (int)n : -1),
            "find" => a => (long)text.Value.IndexOf(Part(a).Value, StringComparison.Ordinal),
            "rfind" => a => (long)text.Value.LastIndexOf(Part(a).Value, StringComparison.Ordinal),
            "count" => a => Part(a).Length == 0 ? text.Length + 1L : (long)text.Value.AsSpan().Count(Part(a).Value),
            "join" => a => Join(Items(a.Get(0, "iterable"), line), text),
            "isdigit" => _ => text.Length > 0 && text.Value.All(char.IsDigit),
            "isspace" => _ => text.Length > 0 && text.Value.All(char.IsWhiteSpace),
            _ => null,
        };
    }

    private static MarkedText Capitalized(MarkedText text) =>
        text.Length == 0 ? text : text.WithCase(char.ToUpperInvariant(text.Value[0]) + text.Value[1..].ToLowerInvariant());

    private static MarkedText Titled(MarkedText text)
    {
        char[] letters = text.Value.ToCharArray();
        for (int i = 0; i < letters.Length; i++)
            letters[i] = i > 0 && char.IsLetter(letters[i - 1]) ? char.ToLowerInvariant(letters[i]) : char.ToUpperInvariant(letters[i]);
        return text.WithCase(new(letters));
    }

    private static MarkedText Join(IEnumerable<object?> items, MarkedText separator)
    {
        var builder = new MarkedText.Builder();
        bool first = true;
        foreach (var item in items)
        {
            if (!first)
                builder.Add(separator);
            first = false;
            builder.Add(TemplateValues.ToText(item));
        }
        return builder.ToText();
    }

    private object? Filter(object? value, string name, CallArguments a, int line)
    {
        IEnumerable<object?> All() => Items(value, line);
        MarkedText Text() => TemplateValues.ToText(value);
        string? Attribute() => (a.Get(0, "attribute") as MarkedText)?.Value;
        object? Of(object? item, string path)
        {
            foreach (string part in path.Split('.'))
                item = item is Undefined ? item : long.TryParse(part, CultureInfo.InvariantCulture, out long i) ? Index(item, i, line)
                    : item is TemplateDict dict ? dict.TryGetValue(part, out var v) ? v : new Undefined(part) : Field(item, part, line);
            return item;
        }
        bool Selected(object? item, int from)
        {
            if (a.Positional.Count <= from)
                return TemplateValues.IsTrue(item);
            return Test(item, TemplateValues.ToText(a.Positional[from]).Value, [.. a.Positional.Skip(from + 1)], line);
        }
        switch (name)
        {
            case "tojson":
                var json = new StringBuilder();
                TemplateValues.WriteJson(json, value, a.Get(0, "indent") is long n && n is >= 0 and <= 32 ? (int)n : null, 0, line);
                return value is bool or long or double or null ? MarkedText.OfTemplate(json.ToString()) : MarkedText.OfInput(json.ToString());
            case "default" or "d":
                bool falseToo = TemplateValues.IsTrue(a.Get(1, "boolean"));
                return value is Undefined || (falseToo && !TemplateValues.IsTrue(value)) ? a.Get(0, "default_value", MarkedText.Empty) : value;
            case "trim":
                return Text().Trim(true, true, (a.Get(0, "chars") as MarkedText)?.Value);
            case "length" or "count":
                return value is MarkedText t ? t.Length : value is Undefined ? 0L : (long)All().Count();
            case "upper":
                return Text().WithCase(Text().Value.ToUpperInvariant());
            case "lower":
                return Text().WithCase(Text().Value.ToLowerInvariant());
            case "capitalize":
                return Capitalized(Text());
            case "title":
                return Titled(Text());
            case "string":
                return Text();
            case "safe":
                return value;
            case "escape" or "e":
                return Text().Made(Text().Value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
                    .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&#34;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal));
            case "replace":
                return Text().Replace(TemplateValues.ToText(a.Get(0, "old")).Value, TemplateValues.ToText(a.Get(1, "new")), a.Get(2, "count") is long most ? (int)most : -1);
            case "int":
                return value switch
                {
                    long or bool => (long)TemplateValues.Number(value),
                    double d => Math.Abs(d) < 9e18 ? (long)d : 0L,
                    _ => double.TryParse(Text().Value.Trim(), CultureInfo.InvariantCulture, out double d) && Math.Abs(d) < 9e18 ? (long)d : a.Get(0, "default", 0L),
                };
            case "float":
                return value is long or bool or double ? TemplateValues.Number(value)
                    : double.TryParse(Text().Value.Trim(), CultureInfo.InvariantCulture, out double f) ? f : a.Get(0, "default", 0.0);
            case "abs":
                return value is long whole ? (object)Math.Abs(whole) : Math.Abs(TemplateValues.Number(value));
            case "list":
                return All().ToList();
            case "items":
                return value is TemplateDict pairs ? Pairs(pairs) : value is Undefined ? [] : throw new TemplateException($"items: {TemplateValues.Kind(value)} has none", line);
            case "dictsort":
                return value is TemplateDict entries ? Pairs(entries).OrderBy(p => ((MarkedText)((List<object?>)p!)[0]!).Value.ToLowerInvariant(), StringComparer.Ordinal).ToList()
                    : throw new TemplateException($"dictsort: {TemplateValues.Kind(value)} has no keys", line);
            case "join":
                string? by = (a.Get(1, "attribute") as MarkedText)?.Value;
                return Join(by is null ? All() : All().Select(i => Of(i, by)), a.Get(0, "d", MarkedText.Empty) as MarkedText ?? MarkedText.Empty);
            case "first":
                return All().DefaultIfEmpty(new Undefined("first")).First();
            case "last":
                return All().DefaultIfEmpty(new Undefined("last")).Last();
            case "reverse":
                return value is MarkedText ? Join(All().Reverse(), MarkedText.Empty) : All().Reverse().ToList();
            case "unique":
                return All().Aggregate(new List<object?>(), (seen, i) =>
                {
                    if (!seen.Any(s => TemplateValues.AreEqual(s, i)))
                        seen.Add(i);
                    return seen;
                });
            case "sort":
                var key = (a.Get(2, "attribute") as MarkedText)?.Value;
                bool cased = TemplateValues.IsTrue(a.Get(1, "case_sensitive"));
                var sorted = All().Select((item, i) => (item, i)).ToList();
                object? Key(object? item) => (key is null ? item : Of(item, key)) is var k && k is MarkedText kt && !cased ? kt.WithCase(kt.Value.ToLowerInvariant()) : k;
                sorted.Sort((x, y) => TemplateValues.Compare(Key(x.item), Key(y.item), line) is var c && c != 0 ? c : x.i.CompareTo(y.i));
                if (TemplateValues.IsTrue(a.Get(0, "reverse")))
                    sorted.Reverse();
                return sorted.Select(s => s.item).ToList();
            case "sum":
                return All().Select(i => Attribute() is { } path ? Of(i, path) : i).Aggregate((object?)0L, (x, y) => Binary("+", x, y, line));
            case "min" or "max":
                return All().DefaultIfEmpty(new Undefined(name)).Aggregate((x, y) =>
                    TemplateValues.Compare(x, y, line) <= 0 == (name == "min") ? x : y);
            case "map":
                if (a.Named.TryGetValue("attribute", out var field))
                {
                    string path = TemplateValues.ToText(field).Value;
                    return All().Select(i => Of(i, path) is var v && v is Undefined && a.Named.TryGetValue("default", out var d) ? d : v).ToList();
                }
                string filter = TemplateValues.ToText(a.Get(0, "filter")).Value;
                return All().Select(i => Filter(i, filter, a with { Positional = [.. a.Positional.Skip(1)] }, line)).ToList();
            case "select":
                return All().Where(i => Selected(i, 0)).ToList();
            case "reject":
                return All().Where(i => !Selected(i, 0)).ToList();
            case "selectattr":
                return All().Where(i => Selected(Of(i, Attribute()!), 1)).ToList();
            case "rejectattr":
                return All().Where(i => !Selected(Of(i, Attribute()!), 1)).ToList();
            case "indent":
                return Indented(Text(), a.Get(0, "width") switch { long w and >= 0 and <= 100 => MarkedText.OfTemplate(new(' ', (int)w)), MarkedText w => w, _ => MarkedText.OfTemplate("    ") },
                    TemplateValues.IsTrue(a.Get(1, "first")), TemplateValues.IsTrue(a.Get(2, "blank")));
            default:
                throw new TemplateException($"there is no filter '{name}'", line);
        }
    }

    private static MarkedText Indented(MarkedText text, MarkedText indent, bool first, bool blank)
    {
        var lines = text.Split("\n", -1).Cast<MarkedText>().ToList();
        return Join(lines.Select((l, i) => (object?)((i == 0 ? first : blank || l.Length > 0) ? indent + l : l)), MarkedText.OfTemplate("\n"));
    }

    private static bool Test(object? value, string name, List<object?> arguments, int line)
    {
        object? Other() => arguments.Count > 0 ? arguments[0] : throw new TemplateException($"the test '{name}' wants a value", line);
        return name switch
        {
            "defined" => value is not Undefined,
            "undefined" => value is Undefined,
            "none" => value is null,
            "string" => value is MarkedText,
            "mapping" => value is TemplateDict,
            "sequence" => value is List<object?> or MarkedText or TemplateDict,
            "iterable" => value is List<object?> or MarkedText or TemplateDict,
            "number" => value is long or double or bool,
            "integer" => value is long,
            "float" => value is double,
            "boolean" => value is bool,
            "true" => value is true,
            "false" => value is false,
            "callable" => value is TemplateFunction,
            "odd" => value is long n && n % 2 != 0,
            "even" => value is long n && n % 2 == 0,
            "divisibleby" => value is long n && Other() is long d && d != 0 && n % d == 0,
            "eq" or "equalto" or "==" => TemplateValues.AreEqual(value, Other()),
            "ne" or "!=" => !TemplateValues.AreEqual(value, Other()),
            "sameas" => TemplateValues.AreEqual(value, Other()) && (value is bool) == (Other() is bool),
            "lt" or "<" or "lessthan" => TemplateValues.Compare(value, Other(), line) < 0,
            "gt" or ">" or "greaterthan" => TemplateValues.Compare(value, Other(), line) > 0,
            "le" or "<=" => TemplateValues.Compare(value, Other(), line) <= 0,
            "ge" or ">=" => TemplateValues.Compare(value, Other(), line) >= 0,
            "in" => Contains(Other(), value, line),
            "lower" => value is MarkedText t && t.Value.Any(char.IsLetter) && t.Value == t.Value.ToLowerInvariant(),
            "upper" => value is MarkedText t && t.Value.Any(char.IsLetter) && t.Value == t.Value.ToUpperInvariant(),
            _ => throw new TemplateException($"there is no test '{name}'", line),
        };
    }
}
