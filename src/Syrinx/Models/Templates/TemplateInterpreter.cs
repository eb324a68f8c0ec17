using System.Runtime.CompilerServices;

namespace Syrinx.Models.Templates;

/// <summary>
/// Runs a template. It can only compute: no files, no clock but the one it is given, and it ends, since steps, output and nesting are
/// limited. For one rendering.
/// </summary>
internal sealed partial class TemplateInterpreter
{
    internal const int LongestOutput = 4 << 20;

    private const int MostSteps = 1_000_000, DeepestCalls = 100;

    private readonly TimeProvider _time;
    private readonly Scope _globals = new(null);
    private int _steps;
    private int _depth;

    private TemplateInterpreter(TimeProvider time) => _time = time;

    private enum Flow { On, Continue, Break }

    /// <summary>The text that a template makes of these variables.</summary>
    /// <exception cref="TemplateException">It cannot be run, or says so itself.</exception>
    public static MarkedText Render(Block template, IEnumerable<KeyValuePair<string, object?>> variables, TimeProvider time)
    {
        var interpreter = new TemplateInterpreter(time);
        interpreter.AddFunctions();
        foreach (var (name, value) in variables)
            interpreter._globals.Set(name, value);
        var output = new MarkedText.Builder();
        interpreter.Run(template, interpreter._globals, output);
        return output.ToText();
    }

    private Flow Run(Block block, Scope scope, MarkedText.Builder output)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var statement in block.Statements)
        {
            Step(statement.Line);
            var flow = Run(statement, scope, output);
            if (flow != Flow.On)
                return flow;
        }
        return Flow.On;
    }

    private Flow Run(Statement statement, Scope scope, MarkedText.Builder output)
    {
        switch (statement)
        {
            case TextStatement text:
                Write(text.Text);
                return Flow.On;
            case OutputStatement one:
                Write(TemplateValues.ToText(Evaluate(one.Value, scope)));
                return Flow.On;
            case IfStatement conditional:
                foreach (var (condition, body) in conditional.Branches)
                {
                    if (TemplateValues.IsTrue(Evaluate(condition, scope)))
                        return Run(body, scope, output);
                }
                return conditional.Else is null ? Flow.On : Run(conditional.Else, scope, output);
            case ForStatement loop:
                return Run(loop, scope, output);
            case SetStatement set:
                Set(set, scope);
                return Flow.On;
            case MacroStatement macro:
                scope.Set(macro.Name, Macro(macro, scope));
                return Flow.On;
            case FilterStatement filter:
                Write(TemplateValues.ToText(Filtered(filter.Value, Captured(filter.Body, scope), scope)));
                return Flow.On;
            case CallStatement call:
                var inner = new Scope(scope);
                inner.Set("caller", (TemplateFunction)(_ => Captured(call.Body, new(scope))));
                Write(TemplateValues.ToText(Evaluate(call.Call, inner, inner)));
                return Flow.On;
            case Block block:
                return Run(block, scope, output);
            case LoopStatement leave:
                return leave.Break ? Flow.Break : Flow.Continue;
            default:
                throw new InvalidOperationException(statement.GetType().Name);
        }

        void Write(MarkedText text)
        {
            if (output.Length + text.Length > LongestOutput)
                throw new TemplateException($"the text is longer than {LongestOutput} characters", statement.Line);
            output.Add(text);
        }
    }

    private MarkedText Captured(Block body, Scope scope)
    {
        var output = new MarkedText.Builder();
        Run(body, scope, output);
        return output.ToText();
    }

    private Flow Run(ForStatement loop, Scope scope, MarkedText.Builder output)
    {
        var items = new List<object?>();
        foreach (var item in Items(Evaluate(loop.Items, scope), loop.Line))
        {
            Step(loop.Line);
            if (loop.Filter is not null)
            {
                var inner = new Scope(scope);
                Unpack(loop, item, inner);
                if (!TemplateValues.IsTrue(Evaluate(loop.Filter, inner)))
                    continue;
            }
            items.Add(item);
        }
        if (items.Count == 0)
            return loop.Else is null ? Flow.On : Run(loop.Else, scope, output);
        for (int i = 0; i < items.Count; i++)
        {
            Step(loop.Line);
            var inner = new Scope(scope);
            int index = i;
            inner.Set("loop", new TemplateDict(foreign: false)
            {
                ["index"] = i + 1L,
                ["index0"] = (long)i,
                ["revindex"] = (long)items.Count - i,
                ["revindex0"] = items.Count - i - 1L,
                ["first"] = i == 0,
                ["last"] = i == items.Count - 1,
                ["length"] = (long)items.Count,
                ["previtem"] = i > 0 ? items[i - 1] : new Undefined("loop.previtem"),
                ["nextitem"] = i + 1 < items.Count ? items[i + 1] : new Undefined("loop.nextitem"),
                ["cycle"] = (TemplateFunction)(a => a.Positional.Count == 0 ? null : a.Positional[index % a.Positional.Count]),
            });
            Unpack(loop, items[i], inner);
            if (Run(loop.Body, inner, output) == Flow.Break)
                break;
        }
        return Flow.On;
    }

    private static void Unpack(ForStatement loop, object? item, Scope scope)
    {
        if (loop.Names is [var name])
        {
            scope.Set(name, item);
            return;
        }
        if (item is not List<object?> parts || parts.Count != loop.Names.Count)
            throw new TemplateException($"{TemplateValues.Kind(item)} cannot be taken apart as {string.Join(", ", loop.Names)}", loop.Line);
        for (int i = 0; i < parts.Count; i++)
            scope.Set(loop.Names[i], parts[i]);
    }

    private void Set(SetStatement set, Scope scope)
    {
        object? value = set.Body is null ? Evaluate(set.Value!, scope) : Captured(set.Body, new(scope));
        if (set.Body is not null && set.Value is not null)
            value = Filtered(set.Value, (MarkedText)value!, scope);
        if (set.Field is not null)
        {
            if (scope.Get(set.Names[0]) is not TemplateDict { IsNamespace: true } space)
                throw new TemplateException($"'{set.Names[0]}' is no namespace, so its fields cannot be set", set.Line);
            space[set.Field] = value;
            return;
        }
        if (set.Names is [var name])
        {
            scope.Set(name, value);
            return;
        }
        if (value is not List<object?> parts || parts.Count != set.Names.Count)
            throw new TemplateException($"{TemplateValues.Kind(value)} cannot be taken apart as {string.Join(", ", set.Names)}", set.Line);
        for (int i = 0; i < parts.Count; i++)
            scope.Set(set.Names[i], parts[i]);
    }

    private TemplateFunction Macro(MacroStatement macro, Scope scope) => arguments =>
    {
        if (++_depth > DeepestCalls)
            throw new TemplateException($"macros call each other more than {DeepestCalls} deep", macro.Line);
        var inner = new Scope(scope);
        for (int i = 0; i < macro.Parameters.Count; i++)
        {
            var (name, otherwise) = macro.Parameters[i];
            inner.Set(name, arguments.Has(i, name) ? arguments.Get(i, name)
                : otherwise is null ? new Undefined(name) : Evaluate(otherwise, inner));
        }
        if (arguments.Named.TryGetValue("caller", out var caller))
            inner.Set("caller", caller);
        var text = Captured(macro.Body, inner);
        _depth--;
        return text;
    };

    /// <summary>A text through filters, of which the innermost has an empty name below it.</summary>
    private object? Filtered(Expression filters, MarkedText text, Scope scope)
    {
        var inner = new Scope(scope);
        inner.Set("", text);
        return Evaluate(filters, inner);
    }

    private void Step(int line)
    {
        if (++_steps > MostSteps)
            throw new TemplateException($"it takes more than {MostSteps} steps", line);
    }

    private static IEnumerable<object?> Items(object? value, int line) => value switch
    {
        List<object?> list => list,
        TemplateDict dict => dict.Keys.Select(k => (object?)dict.Key(k)),
        MarkedText text => Enumerable.Range(0, text.Length).Select(i => (object?)text.Slice(i, 1)),
        Undefined => [],
        _ => throw new TemplateException($"{TemplateValues.Kind(value)} cannot be walked through", line),
    };

    /// <summary>Names, and those around them.</summary>
    private sealed class Scope(Scope? around)
    {
        private readonly Dictionary<string, object?> _names = [];

        public void Set(string name, object? value) => _names[name] = value;

        public object? Get(string name)
        {
            for (var scope = this; scope is not null; scope = scope.Around)
            {
                if (scope._names.TryGetValue(name, out var value))
                    return value;
            }
            return new Undefined(name);
        }

        private Scope? Around => around;
    }
}
