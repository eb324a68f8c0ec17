namespace Syrinx.Models.Templates;

/// <summary>Reads a template's tokens as statements and expressions, with Jinja's precedences.</summary>
internal sealed partial class TemplateParser
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
