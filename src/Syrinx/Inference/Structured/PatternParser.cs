using System.Globalization;
using System.Text;

namespace Syrinx.Inference.Structured;

/// <summary>
/// Reads a regular expression as JSON Schema's <c>pattern</c> has it (ECMA-262, with u) and gives the characters of a JSON string
/// that fit it. A subset: characters, classes, <c>. \d \w \s</c> and their opposites, groups, alternatives and repetitions;
/// <c>^</c> and <c>$</c> at the ends only. <c>\w \d \s</c> are ASCII's.
/// </summary>
internal sealed class PatternParser
{
    private const int MostRepetitions = 4096, DeepestNesting = 60;

    private static readonly Characters Digits = new([('0', '9')]);
    private static readonly Characters Words = new([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]);
    private static readonly Characters Spaces = new([('\t', '\r'), (' ', ' ')]);
    private static readonly Characters AllSpaces = new(
        [('\t', '\r'), (' ', ' '), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F),
            (0x3000, 0x3000), (0xFEFF, 0xFEFF)]);
    private static readonly Characters Lines = new([('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)]);

    private readonly string _pattern;
    private int _at;
    private int _depth;

    private PatternParser(string pattern) => _pattern = pattern;

    /// <summary>The characters between a string's quotes that fit a pattern.</summary>
    /// <exception cref="FormatException">The pattern is not understood; the message says why.</exception>
    public static Expr Parse(string pattern)
    {
        var parser = new PatternParser(pattern);
        bool start = parser.Take('^');
        var body = parser.Choices();
        bool end = parser.Take('$');
        if (parser._at < pattern.Length)
            throw parser.Wrong($"'{pattern[parser._at]}' is not understood here");
        // an anchor binds tighter than |
        if ((start || end) && body is Choice)
            throw parser.Wrong("put alternatives between ^ and $ into ( )");
        var free = Expr.Many(JsonText.Character);
        return Expr.Seq(start ? Expr.Empty : free, body, end ? Expr.Empty : free);
    }

    private Expr Choices()
    {
        if (++_depth > DeepestNesting)
            throw Wrong($"groups may stand {DeepestNesting} deep in each other");
        var choices = new List<Expr> { Sequence() };
        while (Take('|'))
            choices.Add(Sequence());
        _depth--;
        return Expr.Or(choices);
    }

    private Expr Sequence()
    {
        var parts = new List<Expr>();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')' or '$'))
        {
            var item = Item();
            if (Repetition() is var (least, most))
                item = new Repeat(item, least, most);
            parts.Add(item);
        }
        return Expr.Seq(parts);
    }

    private Expr Item()
    {
        switch (_pattern[_at])
        {
            case '(':
                _at++;
                if (Take('?') && !Take(':'))
                    throw Wrong("of the groups with ? only (?: ) is supported");
                var inner = Choices();
                if (!Take(')'))
                    throw Wrong("')' is missing");
                return inner;
            case '[':
                return JsonText.Escaped(Class());
            case '.':
                _at++;
                return JsonText.Escaped(Not(Lines));
            case '*' or '+' or '?' or '{' or '^' or ']' or '}':
                throw Wrong($"'{_pattern[_at]}' stands alone; write \\{_pattern[_at]} for the character");
            default:
                return JsonText.Escaped(Single());
        }
    }

    private Characters Class()
    {
        _at++;
        bool not = Take('^');
        var ranges = new List<(int First, int Last)>();
        while (!Take(']'))
        {
            if (_at == _pattern.Length)
                throw Wrong("']' is missing");
            var first = Single();
            if (_at + 1 < _pattern.Length && _pattern[_at] == '-' && _pattern[_at + 1] != ']')
            {
                _at++;
                var last = Single();
                if (first.Ranges is not [var a] || last.Ranges is not [var b] || a.First != a.Last || b.First != b.Last || b.Last < a.First)
                    throw Wrong("a range goes from one character to a higher one");
                ranges.Add((a.First, b.Last));
            }
            else
                ranges.AddRange(first.Ranges);
        }
        var set = new Characters(ranges);
        return not ? Not(set) : set;
    }

    private Characters Single()
    {
        if (_pattern[_at] != '\\')
        {
            Rune.DecodeFromUtf16(_pattern.AsSpan(_at), out var rune, out int length);
            _at += length;
            return One(rune.Value);
        }
        char escape = _at + 1 < _pattern.Length ? _pattern[_at + 1] : '\0';
        _at += 2;
        return escape switch
        {
            'd' => Digits,
            'D' => Not(Digits),
            'w' => Words,
            'W' => Not(Words),
            's' => Spaces,
            'S' => Not(AllSpaces),
            't' => One('\t'),
            'n' => One('\n'),
            'r' => One('\r'),
            'f' => One('\f'),
            'v' => One('\v'),
            '0' => One('\0'),
            'x' => One(Hex(2)),
            'u' => One(Hex(4)),
            _ when char.IsAscii(escape) && !char.IsAsciiLetterOrDigit(escape) && escape != '\0' => One(escape),
            _ => throw Wrong($"\\{escape} is not supported"),
        };
    }

    /// <summary>
    /// All others up to U+FFFF: a character beyond it is one to some readers of patterns and two to others.
    /// </summary>
    private static Characters Not(Characters set) => new([.. set.Complement().Ranges.Where(r => r.First <= 0xFFFF)
        .Select(r => (r.First, Math.Min(r.Last, 0xFFFF)))]);

    private static Characters One(int c) => new([(c, c)]);

    private int Hex(int digits)
    {
        if (_at + digits > _pattern.Length || !int.TryParse(
            _pattern.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) || !Rune.IsValid(value))
        {
            throw Wrong($"{digits} hexadecimal digits of a character are missing");
        }
        _at += digits;
        return value;
    }

    private (int Least, int? Most)? Repetition()
    {
        if (_at == _pattern.Length)
            return null;
        (int, int?)? found = _pattern[_at] switch
        {
            '*' => (0, null),
            '+' => (1, null),
            '?' => (0, 1),
            _ => null,
        };
        if (found is not null)
            _at++;
        else if (Take('{'))
        {
            int least = Number() ?? throw Wrong("a number is missing after '{'");
            int? most = Take(',') ? Number() : least;
            if (!Take('}') || most < least)
                throw Wrong("a repetition is {2}, {2,} or {2,3}");
            found = (least, most);
        }
        if (found is not null)
            Take('?'); // lazy or not, the texts that fit are the same
        return found;
    }

    private int? Number()
    {
        int start = _at;
        while (_at < _pattern.Length && char.IsAsciiDigit(_pattern[_at]))
            _at++;
        return start == _at ? null
            : int.TryParse(_pattern.AsSpan(start, _at - start), CultureInfo.InvariantCulture, out int n) && n <= MostRepetitions ? n
            : throw Wrong($"more than {MostRepetitions} repetitions");
    }

    private bool Take(char c)
    {
        if (_at == _pattern.Length || _pattern[_at] != c)
            return false;
        _at++;
        return true;
    }

    private FormatException Wrong(string why) => new($"{why} (at character {_at + 1} of the pattern)");
}
