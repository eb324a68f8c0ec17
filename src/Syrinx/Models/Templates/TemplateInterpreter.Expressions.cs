using System.Runtime.CompilerServices;

namespace Syrinx.Models.Templates;

/// <summary>Expressions.</summary>
internal sealed partial class TemplateInterpreter
{
    private object? Evaluate(Expression expression, Scope scope, Scope? caller = null)
    {
        Step(expression.Line);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (expression)
        {
            case Constant constant:
                return constant.Value;
            case NameExpression name:
                return scope.Get(name.Name);
            case ListExpression list:
                return list.Items.Select(i => Evaluate(i, scope)).ToList();
            case DictExpression literal:
                var dict = new TemplateDict(foreign: false);
                foreach (var (key, value) in literal.Items)
                    dict[TemplateValues.ToText(Evaluate(key, scope)).Value] = Evaluate(value, scope);
                return dict;
            case FieldExpression field:
                return Field(Evaluate(field.Of, scope), field.Name, field.Line);
            case IndexExpression index:
                return Index(Evaluate(index.Of, scope), Evaluate(index.Index, scope), index.Line);
            case SliceExpression slice:
                return Slice(slice, scope);
            case CallExpression call:
                return Call(call, scope, caller);
            case FilterExpression filter:
                // the value is wanted even where it is undefined: default() is for that
                return Filter(Evaluate(filter.Of, scope), filter.Name, Arguments(filter.Arguments, filter.Named, scope), filter.Line);
            case TestExpression test:
                bool holds = Test(Evaluate(test.Of, scope), test.Name, [.. test.Arguments.Select(a => Evaluate(a, scope))], test.Line);
                return holds != test.Not;
            case UnaryExpression unary:
                return Unary(unary, Evaluate(unary.Of, scope));
            case BinaryExpression { Operator: "and" } and:
                var left = Evaluate(and.Left, scope);
                return TemplateValues.IsTrue(left) ? Evaluate(and.Right, scope) : left;
            case BinaryExpression { Operator: "or" } or:
                var first = Evaluate(or.Left, scope);
                return TemplateValues.IsTrue(first) ? first : Evaluate(or.Right, scope);
            case BinaryExpression binary:
                return Binary(binary.Operator, Evaluate(binary.Left, scope), Evaluate(binary.Right, scope), binary.Line);
            case ConditionalExpression conditional:
                return TemplateValues.IsTrue(Evaluate(conditional.Condition, scope)) ? Evaluate(conditional.Then, scope)
                    : conditional.Else is null ? new Undefined("else") : Evaluate(conditional.Else, scope);
            default:
                throw new InvalidOperationException(expression.GetType().Name);
        }
    }

    private static object? Field(object? of, string name, int line) => of switch
    {
        // as in Python, a method comes before an entry of the same name
        TemplateDict dict when Method(dict, name) is { } method && !dict.IsNamespace => method,
        TemplateDict dict => dict.TryGetValue(name, out var value) ? value : new Undefined(name),
        MarkedText text => Method(text, name, line) is { } method ? method : new Undefined(name),
        Undefined undefined => throw new TemplateException($"'{undefined.Name}' is undefined, so it has no '{name}'", line),
        _ => new Undefined(name),
    };

    private static object? Index(object? of, object? index, int line)
    {
        switch (of, index)
        {
            case (TemplateDict dict, MarkedText key):
                return dict.TryGetValue(key.Value, out var found) ? found : Field(dict, key.Value, line);
            case (TemplateDict dict, _):
                return dict.TryGetValue(TemplateValues.ToText(index).Value, out var other) ? other : new Undefined("index");
            case (List<object?> list, long i):
                i = i < 0 ? i + list.Count : i;
                return i >= 0 && i < list.Count ? list[(int)i] : new Undefined("index");
            case (MarkedText text, long i):
                i = i < 0 ? i + text.Length : i;
                return i >= 0 && i < text.Length ? text.Slice((int)i, 1) : new Undefined("index");
            case (Undefined undefined, _):
                throw new TemplateException($"'{undefined.Name}' is undefined, so it has no parts", line);
            case (_, MarkedText name):
                return Field(of, name.Value, line);
            default:
                return new Undefined("index");
        }
    }

    private object? Slice(SliceExpression slice, Scope scope)
    {
        var of = Evaluate(slice.Of, scope);
        long? Part(Expression? e) => e is null ? null : Evaluate(e, scope) switch
        {
            long n => n,
            null => null,
            var other => throw new TemplateException($"a slice goes by numbers, not by {TemplateValues.Kind(other)}", slice.Line),
        };
        long? from = Part(slice.From), to = Part(slice.To);
        long step = Part(slice.Step) ?? 1;
        int count = of switch
        {
            List<object?> list => list.Count,
            MarkedText text => text.Length,
            _ => throw new TemplateException($"{TemplateValues.Kind(of)} has no slices", slice.Line),
        };
        if (step == 0)
            throw new TemplateException("a slice's step must not be 0", slice.Line);
        long Bound(long? bound, long otherwise) => bound is not { } b ? otherwise
            : Math.Clamp(b < 0 ? b + count : b, step > 0 ? 0 : -1, step > 0 ? count : count - 1);
        long start = Bound(from, step > 0 ? 0 : count - 1), end = Bound(to, step > 0 ? count : -1);
        if (step == 1)
        {
            int length = (int)Math.Max(0, end - start);
            return of is MarkedText t ? t.Slice((int)Math.Min(start, count), length) : ((List<object?>)of!).GetRange((int)Math.Min(start, count), length);
        }
        var picked = new List<object?>();
        for (long i = start; step > 0 ? i < end : i > end; i += step)
            picked.Add(of is MarkedText t ? t.Slice((int)i, 1) : ((List<object?>)of!)[(int)i]);
        if (of is not MarkedText)
            return picked;
        var builder = new MarkedText.Builder();
        foreach (var one in picked)
            builder.Add((MarkedText)one!);
        return builder.ToText();
    }

    private object? Call(CallExpression call, Scope scope, Scope? caller)
    {
        var of = Evaluate(call.Of, scope);
        var arguments = Arguments(call.Arguments, call.Named, scope);
        if (caller is not null)
            arguments = arguments with { Named = arguments.Named.Append(KeyValuePair.Create("caller", caller.Get("caller"))).ToDictionary() };
        return of is TemplateFunction function ? function(arguments) : throw new TemplateException(
            call.Of is NameExpression { Name: var name } ? $"there is no function '{name}'"
            : call.Of is FieldExpression field ? $"there is no method '{field.Name}' here" : $"{TemplateValues.Kind(of)} cannot be called", call.Line);
    }

    private CallArguments Arguments(IReadOnlyList<Expression> positional, IReadOnlyList<(string Name, Expression Value)> named, Scope scope) => new(
        [.. positional.Select(a => Evaluate(a, scope))], named.Count == 0 ? EmptyNames : named.DistinctBy(n => n.Name).ToDictionary(n => n.Name, n => Evaluate(n.Value, scope)));

    private static readonly Dictionary<string, object?> EmptyNames = [];

    private static object? Unary(UnaryExpression unary, object? value) => (unary.Operator, value) switch
    {
        ("not", _) => !TemplateValues.IsTrue(value),
        ("-", long n) => unchecked(-n),
        ("-", double n) => -n,
        ("+", long or double) => value,
        _ => throw new TemplateException($"'{unary.Operator}' takes a number, not {TemplateValues.Kind(value)}", unary.Line),
    };

    private static object? Binary(string sign, object? a, object? b, int line)
    {
        switch (sign)
        {
            case "==":
                return TemplateValues.AreEqual(a, b);
            case "!=":
                return !TemplateValues.AreEqual(a, b);
            case "<":
                return TemplateValues.Compare(a, b, line) < 0;
            case ">":
                return TemplateValues.Compare(a, b, line) > 0;
            case "<=":
                return TemplateValues.Compare(a, b, line) <= 0;
            case ">=":
                return TemplateValues.Compare(a, b, line) >= 0;
            case "in":
                return Contains(b, a, line);
            case "not in":
                return !Contains(b, a, line);
            case "~":
                return TemplateValues.ToText(a) + TemplateValues.ToText(b);
            case "+" when a is MarkedText x && b is MarkedText y:
                return x + y;
            case "+" when a is List<object?> x && b is List<object?> y:
                return x.Concat(y).ToList();
            case "*" when a is MarkedText text && b is long times:
                if (times > 0 && text.Length * times > LongestOutput)
                    throw new TemplateException("the text is too long", line);
                var builder = new MarkedText.Builder();
                for (long i = 0; i < times && text.Length > 0; i++)
                    builder.Add(text);
                return builder.ToText();
        }
        if (a is bool)
            a = (long)TemplateValues.Number(a);
        if (b is bool)
            b = (long)TemplateValues.Number(b);
        if (a is not (long or double) || b is not (long or double))
            throw new TemplateException($"'{sign}' cannot join {TemplateValues.Kind(a)} and {TemplateValues.Kind(b)}", line);
        double p = TemplateValues.Number(a), q = TemplateValues.Number(b);
        if (sign is "/" or "//" or "%" && q == 0)
            throw new TemplateException("a number is divided by 0", line);
        if (a is long m && b is long n)
        {
            switch (sign)
            {
                case "+":
                    return unchecked(m + n);
                case "-":
                    return unchecked(m - n);
                case "*":
                    return unchecked(m * n);
                case "//":
                    return n == -1 ? unchecked(-m) : m / n - (m % n != 0 && (m < 0) != (n < 0) ? 1 : 0);
                case "%":
                    return n == -1 ? 0L : (m % n + n) % n;
                case "**" when n >= 0 && Math.Abs(Math.Pow(m, n)) < 1e18:
                    return (long)Math.Round(Math.Pow(m, n));
            }
        }
        return sign switch
        {
            "+" => p + q,
            "-" => p - q,
            "*" => p * q,
            "/" => p / q,
            "//" => Math.Floor(p / q),
            "%" => p - q * Math.Floor(p / q),
            "**" => Math.Pow(p, q),
            _ => throw new InvalidOperationException(sign),
        };
    }

    private static bool Contains(object? container, object? item, int line) => container switch
    {
        MarkedText text => item is MarkedText part ? text.Value.Contains(part.Value, StringComparison.Ordinal)
            : throw new TemplateException($"a string cannot contain {TemplateValues.Kind(item)}", line),
        List<object?> list => list.Any(x => TemplateValues.AreEqual(x, item)),
        TemplateDict dict => item is MarkedText key && dict.ContainsKey(key.Value),
        Undefined => false,
        _ => throw new TemplateException($"{TemplateValues.Kind(container)} contains nothing", line),
    };
}
