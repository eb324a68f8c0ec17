using System.Globalization;
using System.Text;

namespace Syrinx.Inference.Structured;

/// <summary>
/// Reads a grammar's text as llama.cpp's GBNF has it: <c>name ::= "text" [a-z] other ( a | b )* {2,3} # comment</c>, the rule
/// <c>root</c> is the whole text. A rule ends with its line, except within parentheses or before a line that begins with |.
/// </summary>
internal sealed class GrammarParser
{
    private const int DeepestNesting = 100, MostRepetitions = 4096;

    private readonly string _text;
    private readonly GrammarRules _rules = new();
    private readonly Dictionary<string, Call> _names = [];
    private int _at;
    private int _depth;

    private GrammarParser(string text) => _text = text;

    /// <summary>Reads a grammar.</summary>
    /// <exception cref="InputException">It is no grammar; the message names line and column.</exception>
    public static GrammarRules Parse(string text)
    {
        var parser = new GrammarParser(text);
        parser.Rule("root");
        parser.Space(true);
        while (parser._at < text.Length)
            parser.ReadRule();
        foreach (var (name, call) in parser._names)
        {
            if (!parser._rules.IsDefined(call.Rule))
                throw new InputException($"Grammar: there is no rule '{name}'; it is " + (name == "root" ? "where a text begins." : "used, but not written."));
        }
        return parser._rules;
    }

    private Call Rule(string name) => _names.TryGetValue(name, out var call) ? call : _names[name] = _rules.Add(name);

    private void ReadRule()
    {
        string name = Name() ?? throw Wrong("a rule's name");
        Space(false);
        if (!Take("::="))
            throw Wrong("'::='");
        var call = Rule(name);
        if (_rules.IsDefined(call.Rule))
            throw new InputException($"Grammar: rule '{name}' is written twice; the second time {Position()}.");
        Space(true);
        _rules.Define(call, Choices(false));
        if (_at < _text.Length && _text[_at] is not ('\n' or '\r'))
            throw Wrong("the end of the line");
        Space(true);
    }

    private Expr Choices(bool nested)
    {
        var choices = new List<Expr> { Sequence(nested) };
        while (true)
        {
            int before = _at;
            Space(true);
            if (!Take("|"))
            {
                if (!nested)
                    _at = before;
                return Expr.Or(choices);
            }
            Space(true);
            choices.Add(Sequence(nested));
        }
    }

    private Expr Sequence(bool nested)
    {
        var parts = new List<Expr>();
        while (true)
        {
            Space(nested);
            if (Item() is not { } item)
                return Expr.Seq(parts);
            while (Repetition() is var (least, most))
                item = new Repeat(item, least, most);
            parts.Add(item);
        }
    }

    private Expr? Item()
    {
        if (_at == _text.Length)
            return null;
        switch (_text[_at])
        {
            case '"':
                _at++;
                var text = new StringBuilder();
                while (Character('"') is { } c)
                    text.Append(new Rune(c).ToString());
                return Expr.Text(text.ToString());
            case '[':
                return Class();
            case '.':
                _at++;
                return Expr.Range(0, Characters.Highest);
            case '(':
                _at++;
                if (++_depth > DeepestNesting)
                    throw Wrong($"at most {DeepestNesting} parentheses within each other");
                var inner = Choices(true);
                Space(true);
                if (!Take(")"))
                    throw Wrong("')'");
                _depth--;
                return inner;
            default:
                return Name() is { } name ? Rule(name) : null;
        }
    }

    private Characters Class()
    {
        _at++;
        bool not = Take("^");
        var ranges = new List<(int, int)>();
        while (Character(']') is { } first)
        {
            int last = first;
            if (_at + 1 < _text.Length && _text[_at] == '-' && _text[_at + 1] != ']')
            {
                _at++;
                last = Character('\0')!.Value;
            }
            if (last < first)
                throw Wrong("a range from lower to higher");
            ranges.Add((first, last));
        }
        var set = new Characters(ranges);
        return not ? set.Complement() : set;
    }

    /// <summary>The next character of a text or class, or null at its end, which is passed.</summary>
    private int? Character(char end)
    {
        if (_at == _text.Length || _text[_at] is '\n' or '\r')
            throw Wrong($"{end}");
        if (_text[_at] == end)
        {
            _at++;
            return null;
        }
        if (_text[_at] != '\\')
        {
            Rune.DecodeFromUtf16(_text.AsSpan(_at), out var rune, out int length);
            _at += length;
            return rune.Value;
        }
        _at++;
        char escape = _at < _text.Length ? _text[_at++] : '\0';
        return escape switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '\\' or '"' or '[' or ']' or '-' or '^' => escape,
            'x' => Hex(2),
            'u' => Hex(4),
            'U' => Hex(8),
            _ => throw Wrong("one of the escapes \\n \\r \\t \\\\ \\\" \\[ \\] \\- \\^ \\xHH \\uHHHH \\UHHHHHHHH"),
        };
    }

    private int Hex(int digits)
    {
        if (_at + digits > _text.Length
            || !int.TryParse(_text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value)
            || !Rune.IsValid(value))
        {
            throw Wrong($"{digits} hexadecimal digits of a character");
        }
        _at += digits;
        return value;
    }

    private (int Least, int? Most)? Repetition()
    {
        if (_at == _text.Length)
            return null;
        switch (_text[_at])
        {
            case '*':
                _at++;
                return (0, null);
            case '+':
                _at++;
                return (1, null);
            case '?':
                _at++;
                return (0, 1);
            case '{':
                _at++;
                int? least = Number();
                int? most = least;
                Space(false);
                if (Take(","))
                {
                    Space(false);
                    most = Number();
                    least ??= 0;
                }
                Space(false);
                if (least is null || !Take("}") || most < least)
                    throw Wrong("a repetition as {2}, {2,} or {2,3}");
                return (least.Value, most);
            default:
                return null;
        }
    }

    private int? Number()
    {
        int start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            _at++;
        if (start == _at)
            return null;
        return int.TryParse(_text.AsSpan(start, _at - start), CultureInfo.InvariantCulture, out int n) && n <= MostRepetitions ? n
            : throw Wrong($"at most {MostRepetitions} repetitions");
    }

    private string? Name()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '-' or '_'))
            _at++;
        return _at > start ? _text[start.._at] : null;
    }

    private bool Take(string token)
    {
        if (!_text.AsSpan(_at).StartsWith(token, StringComparison.Ordinal))
            return false;
        _at += token.Length;
        return true;
    }

    private void Space(bool lines)
    {
        for (; _at < _text.Length; _at++)
        {
            if (_text[_at] == '#')
            {
                while (_at + 1 < _text.Length && _text[_at + 1] is not ('\n' or '\r'))
                    _at++;
            }
            else if (!(_text[_at] is ' ' or '\t' || (lines && _text[_at] is '\n' or '\r')))
                return;
        }
    }

    private string Position()
    {
        var before = _text.AsSpan(0, _at);
        return string.Create(CultureInfo.InvariantCulture,
            $"in line {before.Count('\n') + 1}, column {_at - (before.LastIndexOf('\n') + 1) + 1}");
    }

    private InputException Wrong(string expected) => new(
        $"Grammar: expected {expected} {Position()}, but there is " + (_at < _text.Length ? $"'{_text[_at]}'." : "the end."));
}
