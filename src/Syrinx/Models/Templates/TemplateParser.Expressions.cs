using System.Globalization;

namespace Syrinx.Models.Templates;

/// <summary>Expressions, by rising precedence as Jinja has it.</summary>
internal sealed partial class TemplateParser
{
    private Expression Expression()
    {
        if (++_depth > DeepestNesting)
            throw Wrong("expressions stand too deep in each other");
        var value = Or();
        while (Current.IsName("if"))
        {
            Next();
            var condition = Or();
            Expression? otherwise = null;
            if (Current.IsName("else"))
            {
                Next();
                otherwise = Expression();
            }
            value = new ConditionalExpression(value.Line, condition, value, otherwise);
        }
        _depth--;
        return value;
    }

    private Expression Or()
    {
        var left = And();
        while (Current.IsName("or"))
        {
            Next();
            left = new BinaryExpression(left.Line, "or", left, And());
        }
        return left;
    }

    private Expression And()
    {
        var left = Not();
        while (Current.IsName("and"))
        {
            Next();
            left = new BinaryExpression(left.Line, "and", left, Not());
        }
        return left;
    }

    private Expression Not()
    {
        if (!Current.IsName("not"))
            return Compare();
        int line = Next().Line;
        if (++_depth > DeepestNesting)
            throw Wrong("expressions stand too deep in each other");
        var value = new UnaryExpression(line, "not", Not());
        _depth--;
        return value;
    }

    private Expression Compare()
    {
        var left = Sum();
        Expression? all = null;
        while (true)
        {
            string? comparison = null;
            if (Current.Kind == TokenKind.Sign && Comparisons.Contains(Current.Text))
                comparison = Next().Text;
            else if (Current.IsName("in"))
            {
                Next();
                comparison = "in";
            }
            else if (Current.IsName("not") && _tokens[_at + 1].IsName("in"))
            {
                _at += 2;
                comparison = "not in";
            }
            if (comparison is null)
                return all ?? left;
            var right = Sum();
            var one = new BinaryExpression(left.Line, comparison, left, right);
            all = all is null ? one : new BinaryExpression(left.Line, "and", all, one);
            left = right;
        }
    }

    private Expression Sum() => Binary(Concat, "+", "-");

    private Expression Concat() => Binary(Product, "~");

    private Expression Product() => Binary(Power, "*", "/", "//", "%");

    private Expression Power() => Binary(Unary, "**");

    private Expression Binary(Func<Expression> operand, params ReadOnlySpan<string> signs)
    {
        var left = operand();
        while (Current.Kind == TokenKind.Sign && signs.Contains(Current.Text))
            left = new BinaryExpression(left.Line, Next().Text, left, operand());
        return left;
    }

    private Expression Unary()
    {
        if (Current.Is("-") || Current.Is("+"))
        {
            var sign = Next();
            if (++_depth > DeepestNesting)
                throw Wrong("expressions stand too deep in each other");
            var value = FiltersAndTests(new UnaryExpression(sign.Line, sign.Text, Postfix(Current.Is("-") || Current.Is("+") ? Unary() : Primary())));
            _depth--;
            return value;
        }
        return FiltersAndTests(Postfix(Primary()));
    }

    private Expression FiltersAndTests(Expression value)
    {
        while (true)
        {
            if (Take("|"))
                value = Filter(value);
            else if (Current.IsName("is"))
            {
                Next();
                bool not = Current.IsName("not");
                if (not)
                    Next();
                int line = Line;
                string name = Name();
                IReadOnlyList<Expression> arguments = [];
                if (Take("("))
                    arguments = Arguments().Positional;
                else if (Current.Kind is TokenKind.String or TokenKind.Integer or TokenKind.Float
                    || (Current.Kind == TokenKind.Name && Current.Text is not ("and" or "or" or "not" or "if" or "else" or "is" or "in"))
                    || Current.Is("["))
                {
                    arguments = [Postfix(Primary())];
                }
                value = new TestExpression(line, value, name, arguments, not);
            }
            else
                return value;
        }
    }

    private FilterExpression Filter(Expression of)
    {
        int line = Line;
        string name = Name();
        var (positional, named) = Take("(") ? Arguments() : ([], []);
        return new(line, of, name, positional, named);
    }

    private Expression Postfix(Expression value)
    {
        while (true)
        {
            int line = Line;
            if (Take("."))
                value = Current.Kind == TokenKind.Integer
                    ? new IndexExpression(line, value, new Constant(line, long.Parse(Next().Text, CultureInfo.InvariantCulture)))
                    : new FieldExpression(line, value, Name());
            else if (Take("["))
                value = Subscript(line, value);
            else if (Take("("))
            {
                var (positional, named) = Arguments();
                value = new CallExpression(line, value, positional, named);
            }
            else
                return value;
        }
    }

    private Expression Subscript(int line, Expression of)
    {
        Expression? Part() => Current.Is(":") || Current.Is("]") ? null : Expression();
        var first = Part();
        if (!Current.Is(":"))
        {
            Sign("]");
            return new IndexExpression(line, of, first ?? throw Wrong("an index is missing"));
        }
        Sign(":");
        var to = Part();
        var step = Take(":") ? Part() : null;
        Sign("]");
        return new SliceExpression(line, of, first, to, step);
    }

    private (List<Expression> Positional, List<(string, Expression)> Named) Arguments()
    {
        var positional = new List<Expression>();
        var named = new List<(string, Expression)>();
        while (!Take(")"))
        {
            if (Current.Kind == TokenKind.Name && _tokens[_at + 1].Is("="))
            {
                string name = Name();
                Next();
                named.Add((name, Expression()));
            }
            else
                positional.Add(Expression());
            if (!Take(","))
            {
                Sign(")");
                break;
            }
        }
        return (positional, named);
    }

    private Expression Primary()
    {
        var token = Next();
        switch (token.Kind)
        {
            case TokenKind.String:
                string text = token.Text;
                while (Current.Kind == TokenKind.String)
                    text += Next().Text;
                return new Constant(token.Line, MarkedText.OfTemplate(text));
            case TokenKind.Integer:
                return new Constant(token.Line, long.TryParse(token.Text, CultureInfo.InvariantCulture, out long number) ? number
                    : throw Wrong($"{token.Text} is too large"));
            case TokenKind.Float:
                return new Constant(token.Line, double.Parse(token.Text, CultureInfo.InvariantCulture));
            case TokenKind.Name:
                return token.Text switch
                {
                    "true" or "True" => new Constant(token.Line, true),
                    "false" or "False" => new Constant(token.Line, false),
                    "none" or "None" => new Constant(token.Line, null),
                    _ => new NameExpression(token.Line, token.Text),
                };
            case TokenKind.Sign when token.Text == "(":
                if (Take(")"))
                    return new ListExpression(token.Line, []);
                var inner = Expression();
                if (!Current.Is(","))
                {
                    Sign(")");
                    return inner;
                }
                var tuple = new List<Expression> { inner };
                while (Take(","))
                {
                    if (Current.Is(")"))
                        break;
                    tuple.Add(Expression());
                }
                Sign(")");
                return new ListExpression(token.Line, tuple);
            case TokenKind.Sign when token.Text == "[":
                var items = new List<Expression>();
                while (!Take("]"))
                {
                    items.Add(Expression());
                    if (!Take(","))
                    {
                        Sign("]");
                        break;
                    }
                }
                return new ListExpression(token.Line, items);
            case TokenKind.Sign when token.Text == "{":
                var pairs = new List<(Expression, Expression)>();
                while (!Take("}"))
                {
                    var key = Expression();
                    Sign(":");
                    pairs.Add((key, Expression()));
                    if (!Take(","))
                    {
                        Sign("}");
                        break;
                    }
                }
                return new DictExpression(token.Line, pairs);
            default:
                _at--;
                throw Wrong(token.Text.Length > 0 ? $"'{token.Text}' is no value" : "a value is missing");
        }
    }
}
