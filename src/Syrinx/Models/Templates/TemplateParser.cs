using System.Globalization;

namespace Syrinx.Models.Templates;

/// <summary>Reads a template's tokens as statements and expressions, with Jinja's precedences.</summary>
internal sealed class TemplateParser
{
    private const int DeepestNesting = 100;

    private static readonly string[] Comparisons = ["==", "!=", "<", ">", "<=", ">="];

    private readonly List<TemplateToken> _tokens;
    private int _at;
    private int _depth;

    private TemplateParser(List<TemplateToken> tokens) => _tokens = tokens;

    /// <exception cref="TemplateException">The template cannot be read.</exception>
    public static Block Parse(string source)
    {
        var parser = new TemplateParser(TemplateLexer.Read(source));
        var body = parser.Body();
        return parser.Current.Kind == TokenKind.End ? body
            : throw parser.Wrong($"'{parser._tokens[parser._at + 1].Text}' ends nothing");
    }

    private TemplateToken Current => _tokens[_at];

    private int Line => Current.Line;

    private TemplateException Wrong(string why) => new(why, Line);

    /// <summary>Statements up to a block whose first word is one of these; the block is left where it is.</summary>
    private Block Body(params ReadOnlySpan<string> ends)
    {
        if (++_depth > DeepestNesting)
            throw Wrong("blocks stand too deep in each other");
        int line = Line;
        var statements = new List<Statement>();
        while (Current.Kind != TokenKind.End)
        {
            if (Current.Kind == TokenKind.Text)
                statements.Add(new TextStatement(Line, MarkedText.OfTemplate(Next().Text)));
            else if (Current.Kind == TokenKind.OutputStart)
            {
                Next();
                statements.Add(new OutputStatement(Line, Expression()));
                Expect(TokenKind.OutputEnd, "'}}'");
            }
            else
            {
                string word = _tokens[_at + 1].Text;
                if (ends.Contains(word) || word.StartsWith("end", StringComparison.Ordinal) || word is "else" or "elif")
                    break;
                Next();
                statements.Add(Statement());
            }
        }
        _depth--;
        return new(line, statements);
    }

    private Statement Statement()
    {
        int line = Line;
        string word = Name();
        switch (word)
        {
            case "if":
                return If(line);
            case "for":
                return For(line);
            case "set":
                return Set(line);
            case "macro":
                string name = Name();
                var parameters = new List<(string, Expression?)>();
                Sign("(");
                while (!Take(")"))
                {
                    parameters.Add((Name(), Take("=") ? Expression() : null));
                    if (!Take(","))
                    {
                        Sign(")");
                        break;
                    }
                }
                return new MacroStatement(line, name, parameters, EndedBy("endmacro"));
            case "filter":
                Expression value = new NameExpression(line, "");
                value = Filter(value);
                while (Take("|"))
                    value = Filter(value);
                return new FilterStatement(line, value, EndedBy("endfilter"));
            case "call":
                var call = Expression() as CallExpression ?? throw Wrong("after 'call' a macro is called");
                return new CallStatement(line, call, EndedBy("endcall"));
            case "generation":
                return EndedBy("endgeneration");
            case "break" or "continue":
                Expect(TokenKind.BlockEnd, "'%}'");
                return new LoopStatement(line, word == "break");
            default:
                throw Wrong($"the statement '{word}' is not supported");
        }
    }

    private Block EndedBy(string word)
    {
        Expect(TokenKind.BlockEnd, "'%}'");
        var body = Body(word);
        End(word);
        return body;
    }

    private void End(string word)
    {
        if (Current.Kind != TokenKind.BlockStart || !_tokens[_at + 1].IsName(word))
            throw Wrong($"'{word}' is missing");
        _at += 2;
        Expect(TokenKind.BlockEnd, "'%}'");
    }

    private IfStatement If(int line)
    {
        var branches = new List<(Expression, Block)>();
        Block? otherwise = null;
        var condition = Expression();
        while (true)
        {
            Expect(TokenKind.BlockEnd, "'%}'");
            branches.Add((condition, Body()));
            if (Current.Kind != TokenKind.BlockStart)
                throw Wrong("'endif' is missing");
            if (!_tokens[_at + 1].IsName("elif"))
                break;
            _at += 2;
            condition = Expression();
        }
        if (_tokens[_at + 1].IsName("else"))
        {
            _at += 2;
            Expect(TokenKind.BlockEnd, "'%}'");
            otherwise = Body();
        }
        End("endif");
        return new(line, branches, otherwise);
    }

    private ForStatement For(int line)
    {
        var names = Names();
        if (!Current.IsName("in"))
            throw Wrong("'in' is missing");
        Next();
        var items = Or(); // 'if' filters here
        Expression? filter = null;
        if (Current.IsName("if"))
        {
            Next();
            filter = Expression();
        }
        if (Current.IsName("recursive"))
            throw Wrong("recursive loops are not supported");
        Expect(TokenKind.BlockEnd, "'%}'");
        var body = Body();
        Block? otherwise = null;
        if (Current.Kind == TokenKind.BlockStart && _tokens[_at + 1].IsName("else"))
        {
            _at += 2;
            Expect(TokenKind.BlockEnd, "'%}'");
            otherwise = Body();
        }
        End("endfor");
        return new(line, names, items, filter, body, otherwise);
    }

    private SetStatement Set(int line)
    {
        var names = Names();
        string? field = null;
        if (names.Count == 1 && Take("."))
            field = Name();
        if (Take("="))
        {
            var value = Expression();
            if (Current.Is(","))
            {
                var items = new List<Expression> { value };
                while (Take(","))
                    items.Add(Expression());
                value = new ListExpression(line, items);
            }
            Expect(TokenKind.BlockEnd, "'%}'");
            return new(line, names, field, value, null);
        }
        Expression? filtered = null;
        while (Take("|"))
            filtered = Filter(filtered ?? new NameExpression(line, ""));
        return new(line, names, field, filtered, EndedBy("endset"));
    }

    private List<string> Names()
    {
        bool open = Take("(");
        var names = new List<string> { Name() };
        while (Take(","))
            names.Add(Name());
        if (open)
            Sign(")");
        return names;
    }

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

    private TemplateToken Next() => _tokens[_at++];

    private bool Take(string sign)
    {
        if (!Current.Is(sign))
            return false;
        _at++;
        return true;
    }

    private void Sign(string sign)
    {
        if (!Take(sign))
            throw Wrong($"'{sign}' is missing");
    }

    private string Name() => Current.Kind == TokenKind.Name ? Next().Text : throw Wrong("a name is missing");

    private void Expect(TokenKind kind, string what)
    {
        if (Current.Kind != kind)
            throw Wrong($"{what} is missing");
        _at++;
    }
}
