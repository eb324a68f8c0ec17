using System.Globalization;
using System.Text;

namespace Syrinx.Models.Templates;

internal enum TokenKind { Text, OutputStart, OutputEnd, BlockStart, BlockEnd, Name, String, Integer, Float, Sign, End }

internal readonly record struct TemplateToken(TokenKind Kind, string Text, int Line)
{
    public bool Is(string sign) => Kind is TokenKind.Sign && Text == sign;

    public bool IsName(string name) => Kind is TokenKind.Name && Text == name;
}

/// <summary>
/// Cuts a template into tokens, with the whitespace rules that chat templates are written for: blanks before a block that begins
/// its line and the line break after a block are dropped (<c>lstrip_blocks</c>, <c>trim_blocks</c>), <c>-</c> strips all whitespace
/// on its side, <c>+</c> keeps it, and one line break at the end is dropped.
/// </summary>
internal static class TemplateLexer
{
    private static readonly string[] Signs =
    [
        "**", "//", "==", "!=", "<=", ">=", "(", ")", "[", "]", "{", "}", ",", ":", ".", "|", "~", "+", "-", "*", "/", "%", "=", "<", ">",
    ];

    public static List<TemplateToken> Read(string source)
    {
        source = source.Replace("\r\n", "\n", StringComparison.Ordinal);
        if (source.EndsWith('\n'))
            source = source[..^1];
        var tokens = new List<TemplateToken>();
        int at = 0, line = 1;
        bool stripNext = false, dropBreak = false;
        while (at < source.Length)
        {
            int open = NextOpening(source, at);
            char kind = open < source.Length ? source[open + 1] : '\0';
            char sign = open + 2 < source.Length ? source[open + 2] : '\0';
            string text = source[at..open];
            int lines = text.AsSpan().Count('\n');
            if (stripNext)
                text = text.TrimStart();
            else if (dropBreak && text.StartsWith('\n'))
                text = text[1..];
            if (kind != '\0' && sign == '-')
                text = text.TrimEnd();
            else if (kind is '%' or '#' && sign != '+')
                text = DropIndent(text, at == 0 || lines > 0);
            if (text.Length > 0)
                tokens.Add(new(TokenKind.Text, text, line));
            line += lines;
            (stripNext, dropBreak) = (false, false);
            if (kind == '\0')
                break;
            at = open + (sign is '-' or '+' && kind != '\0' ? 3 : 2);
            if (kind == '#')
            {
                int end = source.IndexOf("#}", at, StringComparison.Ordinal);
                if (end < 0)
                    throw new TemplateException("a comment {# is not closed", line);
                stripNext = source[end - 1] == '-';
                line += source.AsSpan(at, end - at).Count('\n');
                at = end + 2;
                dropBreak = !stripNext;
                continue;
            }
            tokens.Add(new(kind == '{' ? TokenKind.OutputStart : TokenKind.BlockStart, "", line));
            int first = tokens.Count;
            string close = kind == '{' ? "}}" : "%}";
            int depth = 0;
            while (true)
            {
                while (at < source.Length && char.IsWhiteSpace(source[at]))
                {
                    line += source[at] == '\n' ? 1 : 0;
                    at++;
                }
                if (at >= source.Length)
                    throw new TemplateException($"'{close}' is missing", line);
                bool strips = source[at] is '-' or '+' && source.AsSpan(at + 1).StartsWith(close, StringComparison.Ordinal);
                if (depth == 0 && (strips || source.AsSpan(at).StartsWith(close, StringComparison.Ordinal)))
                {
                    stripNext = strips && source[at] == '-';
                    dropBreak = kind == '%' && !strips;
                    at += strips ? 3 : 2;
                    break;
                }
                var token = ReadToken(source, ref at, line);
                depth += token.Is("{") || token.Is("(") || token.Is("[") ? 1 : token.Is("}") || token.Is(")") || token.Is("]") ? -1 : 0;
                tokens.Add(token);
            }
            if (kind == '%' && tokens.Count == first + 1 && tokens[first].IsName("raw"))
            {
                int end = EndOfRaw(source, at, out int after, out bool strip);
                if (end < 0)
                    throw new TemplateException("endraw is missing", line);
                tokens.RemoveRange(first - 1, 2);
                string raw = source[at..end];
                tokens.Add(new(TokenKind.Text, stripNext ? raw.TrimStart() : raw, line));
                line += source.AsSpan(at, after - at).Count('\n');
                (at, stripNext, dropBreak) = (after, strip, !strip);
                continue;
            }
            tokens.Add(new(kind == '{' ? TokenKind.OutputEnd : TokenKind.BlockEnd, "", line));
        }
        tokens.Add(new(TokenKind.End, "", line));
        return tokens;
    }

    private static int NextOpening(string source, int from)
    {
        for (int i = from; i + 1 < source.Length; i++)
        {
            if (source[i] == '{' && source[i + 1] is '{' or '%' or '#')
                return i;
        }
        return source.Length;
    }

    /// <summary>Drops the blanks between the beginning of a line and a block.</summary>
    private static string DropIndent(string text, bool startsLine)
    {
        int end = text.Length;
        while (end > 0 && text[end - 1] is ' ' or '\t')
            end--;
        return end > 0 ? text[end - 1] == '\n' ? text[..end] : text : startsLine ? "" : text;
    }

    private static int EndOfRaw(string source, int from, out int after, out bool strip)
    {
        (after, strip) = (-1, false);
        for (int i = source.IndexOf("{%", from, StringComparison.Ordinal); i >= 0; i = source.IndexOf("{%", i + 2, StringComparison.Ordinal))
        {
            int end = source.IndexOf("%}", i, StringComparison.Ordinal);
            if (end < 0)
                return -1;
            string inside = source[(i + 2)..end];
            if (inside.Trim(' ', '-', '+') != "endraw")
                continue;
            (after, strip) = (end + 2, inside.EndsWith('-'));
            return i;
        }
        return -1;
    }

    private static TemplateToken ReadToken(string source, ref int at, int line)
    {
        char c = source[at];
        int start = at;
        if (char.IsLetter(c) || c == '_')
        {
            while (at < source.Length && (char.IsLetterOrDigit(source[at]) || source[at] == '_'))
                at++;
            return new(TokenKind.Name, source[start..at], line);
        }
        if (char.IsAsciiDigit(c))
        {
            while (at < source.Length && (char.IsAsciiDigit(source[at]) || source[at] == '_'))
                at++;
            bool point = at + 1 < source.Length && source[at] == '.' && char.IsAsciiDigit(source[at + 1]);
            if (point)
            {
                at++;
                while (at < source.Length && char.IsAsciiDigit(source[at]))
                    at++;
            }
            return new(point ? TokenKind.Float : TokenKind.Integer, source[start..at].Replace("_", "", StringComparison.Ordinal), line);
        }
        if (c is '\'' or '"')
            return new(TokenKind.String, ReadString(source, ref at, line), line);
        foreach (string sign in Signs)
        {
            if (source.AsSpan(at).StartsWith(sign, StringComparison.Ordinal))
            {
                at += sign.Length;
                return new(TokenKind.Sign, sign, line);
            }
        }
        throw new TemplateException($"'{c}' is not understood", line);
    }

    private static string ReadString(string source, ref int at, int line)
    {
        char quote = source[at++];
        var text = new StringBuilder();
        while (true)
        {
            if (at >= source.Length)
                throw new TemplateException("a string is not closed", line);
            char c = source[at++];
            if (c == quote)
                return text.ToString();
            if (c != '\\' || at >= source.Length)
            {
                text.Append(c);
                continue;
            }
            char escape = source[at++];
            int digits = escape switch { 'x' => 2, 'u' => 4, _ => 0 };
            if (digits > 0 && at + digits <= source.Length && ushort.TryParse(
                source.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            {
                text.Append((char)code);
                at += digits;
                continue;
            }
            text.Append(escape switch
            {
                'n' => "\n",
                't' => "\t",
                'r' => "\r",
                'b' => "\b",
                'f' => "\f",
                'v' => "\v",
                '\\' or '\'' or '"' => escape.ToString(),
                '\n' => "",
                _ => "\\" + escape, // as Python keeps it
            });
        }
    }
}
