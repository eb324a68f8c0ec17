namespace Syrinx.Models.Templates;

/// <summary>A statement of a template.</summary>
internal abstract record Statement(int Line);

internal sealed record TextStatement(int Line, MarkedText Text) : Statement(Line);

internal sealed record OutputStatement(int Line, Expression Value) : Statement(Line);

internal sealed record IfStatement(int Line, IReadOnlyList<(Expression Condition, Block Body)> Branches, Block? Else) : Statement(Line);

internal sealed record ForStatement(
    int Line, IReadOnlyList<string> Names, Expression Items, Expression? Filter, Block Body, Block? Else) : Statement(Line);

/// <summary>Sets names, or a field of a namespace.</summary>
internal sealed record SetStatement(int Line, IReadOnlyList<string> Names, string? Field, Expression? Value, Block? Body) : Statement(Line);

internal sealed record MacroStatement(int Line, string Name, IReadOnlyList<(string Name, Expression? Default)> Parameters, Block Body)
    : Statement(Line);

/// <summary>A part whose output goes through filters.</summary>
internal sealed record FilterStatement(int Line, Expression Value, Block Body) : Statement(Line);

/// <summary>A macro that is called with a body, which it calls as <c>caller()</c>.</summary>
internal sealed record CallStatement(int Line, CallExpression Call, Block Body) : Statement(Line);

/// <summary>Statements one after the other, such as <c>generation</c>'s.</summary>
internal sealed record Block(int Line, IReadOnlyList<Statement> Statements) : Statement(Line);

internal sealed record LoopStatement(int Line, bool Break) : Statement(Line);

/// <summary>An expression of a template.</summary>
internal abstract record Expression(int Line);

internal sealed record Constant(int Line, object? Value) : Expression(Line);

internal sealed record NameExpression(int Line, string Name) : Expression(Line);

internal sealed record ListExpression(int Line, IReadOnlyList<Expression> Items) : Expression(Line);

internal sealed record DictExpression(int Line, IReadOnlyList<(Expression Key, Expression Value)> Items) : Expression(Line);

internal sealed record FieldExpression(int Line, Expression Of, string Name) : Expression(Line);

internal sealed record IndexExpression(int Line, Expression Of, Expression Index) : Expression(Line);

internal sealed record SliceExpression(int Line, Expression Of, Expression? From, Expression? To, Expression? Step) : Expression(Line);

internal sealed record CallExpression(
    int Line, Expression Of, IReadOnlyList<Expression> Arguments, IReadOnlyList<(string Name, Expression Value)> Named) : Expression(Line);

internal sealed record FilterExpression(
    int Line, Expression Of, string Name, IReadOnlyList<Expression> Arguments, IReadOnlyList<(string Name, Expression Value)> Named)
    : Expression(Line);

internal sealed record TestExpression(int Line, Expression Of, string Name, IReadOnlyList<Expression> Arguments, bool Not) : Expression(Line);

internal sealed record UnaryExpression(int Line, string Operator, Expression Of) : Expression(Line);

internal sealed record BinaryExpression(int Line, string Operator, Expression Left, Expression Right) : Expression(Line);

internal sealed record ConditionalExpression(int Line, Expression Condition, Expression Then, Expression? Else) : Expression(Line);

/// <summary>A template that cannot be read or run; the message tells the line.</summary>
internal sealed class TemplateException(string message, int line) : Exception(message)
{
    public int Line => line;
}
