using System.Text;

namespace Syrinx.Data.Posts.Readers.Wiki;

/// <summary>
/// Wikitext as plain text that reads well: links by their text, headings and lists as lines, code fenced; without
/// references, tables, pictures, and the templates that are not part of a sentence. One pass with a stack, so the time is
/// linear, and what is never closed is text.
/// </summary>
internal sealed class WikiText
{
    private const int MaxDepth = 40;

    /// <summary>Elements that go with all that is in them.</summary>
    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "ref", "gallery", "timeline", "imagemap", "score", "graph", "templatestyles", "references", "inputbox", "categorytree", "maplink",
        "mapframe", "section", "indicator", "style", "script",
    };

    /// <summary>What is open: <c>{{</c>, <c>[[</c>, <c>{|</c>, <c>-{</c>, or the page itself.</summary>
    private enum Kind
    {
        Page,
        Template,
        Link,
        Table,
        Variants,
    }

    private sealed record Frame(Kind Kind)
    {
        public StringBuilder Text { get; } = new();

        /// <summary>Where the parts that <c>|</c> divides begin, but for the first.</summary>
        public List<int> Parts { get; } = [];
    }

    private readonly Stack<Frame> _frames = new([new Frame(Kind.Page)]);
    private string _wiki = "";

    private WikiText() { }

    /// <summary>The plain text of wikitext.</summary>
    public static string Plain(string wiki)
    {
        var text = new WikiText { _wiki = wiki.Replace("\r", "", StringComparison.Ordinal) };
        text.Read();
        return WikiLines.Plain(text._frames.Peek().Text.ToString());
    }

    private StringBuilder Out => _frames.Peek().Text;

    private Kind Top => _frames.Peek().Kind;

    private void Read()
    {
        int at = 0;
        while (at < _wiki.Length)
        {
            int next = _wiki.AsSpan(at).IndexOfAny(Marks);
            if (next < 0)
            {
                Out.Append(_wiki, at, _wiki.Length - at);
                break;
            }
            Out.Append(_wiki, at, next);
            at += next;
            at = _wiki[at] == '<' ? Tag(at) : Mark(at);
        }
        while (_frames.Count > 1)
            GiveUp();
    }

    /// <summary>Reads what stands at a bracket, a bar or a minus, and returns where to go on.</summary>
    private int Mark(int at)
    {
        if (Stands(at, "{|") && StartsLine(at))
            return Open(at, Kind.Table);
        if (Top == Kind.Table && Stands(at, "|}") && !Stands(at, "|}}") && StartsLine(at))
            return Close(at, Kind.Table);
        if (Stands(at, "{{"))
            return Open(at, Kind.Template);
        if (Stands(at, "}}"))
            return Close(at, Kind.Template);
        if (Stands(at, "[["))
            return Open(at, Kind.Link);
        if (Stands(at, "]]"))
            return Close(at, Kind.Link);
        if (Stands(at, "-{") && !Stands(at, "-{{"))
            return Open(at, Kind.Variants);
        if (Top == Kind.Variants && Stands(at, "}-"))
            return Close(at, Kind.Variants);
        if (_wiki[at] == '[' && External(at) is > 0 and var end)
            return end;
        if (_wiki[at] == '|' && Top is Kind.Template or Kind.Link or Kind.Variants)
        {
            _frames.Peek().Parts.Add(Out.Length);
            return at + 1;
        }
        Out.Append(_wiki[at]);
        return at + 1;
    }

    private bool Stands(int at, string mark) => _wiki.AsSpan(at).StartsWith(mark, StringComparison.Ordinal);

    /// <summary>Whether a place is the first on its line, but for what indents a table.</summary>
    private bool StartsLine(int at)
    {
        var before = _wiki.AsSpan(0, at).TrimEnd(" \t:");
        return before.Length == 0 || before[^1] == '\n';
    }

    private int Open(int at, Kind kind)
    {
        if (_frames.Count < MaxDepth)
            _frames.Push(new(kind));
        return at + 2;
    }

    /// <summary>Closes the innermost frame of a kind, if there is one; those within it were never closed.</summary>
    private int Close(int at, Kind kind)
    {
        if (!_frames.Any(f => f.Kind == kind))
            return at + 2;
        while (Top != kind)
            GiveUp();
        var frame = _frames.Pop();
        Out.Append(kind switch
        {
            Kind.Template => WikiTemplate.Plain(Parts(frame)),
            Kind.Link => WikiLink.Plain(Parts(frame)),
            Kind.Variants => WikiLink.Variant(Parts(frame)),
            _ => "",
        });
        return at + 2;
    }

    /// <summary>The text of what was never closed belongs to what it stands in.</summary>
    private void GiveUp()
    {
        var frame = _frames.Pop();
        Out.Append(string.Join('|', Parts(frame)));
    }

    private static string[] Parts(Frame frame)
    {
        string all = frame.Text.ToString();
        var parts = new string[frame.Parts.Count + 1];
        for (int i = 0; i < parts.Length; i++)
        {
            int from = i == 0 ? 0 : frame.Parts[i - 1];
            parts[i] = all[from..(i < frame.Parts.Count ? frame.Parts[i] : all.Length)];
        }
        return parts;
    }

    /// <summary><c>[address text]</c>: the text. Returns where to go on, or 0 where there is none.</summary>
    private int External(int at)
    {
        var rest = _wiki.AsSpan(at + 1, Math.Min(2000, _wiki.Length - at - 1));
        if (!rest.StartsWith("http://") && !rest.StartsWith("https://") && !rest.StartsWith("//") && !rest.StartsWith("ftp://"))
            return 0;
        int end = rest.IndexOfAny("]\n");
        if (end < 0 || rest[end] == '\n')
            return 0;
        int space = rest[..end].IndexOf(' ');
        if (space >= 0)
            Out.Append(rest[(space + 1)..end]);
        return at + 1 + end + 1;
    }

    /// <summary>Reads a tag or a comment, and returns where to go on.</summary>
    private int Tag(int at)
    {
        if (Stands(at, "<!--"))
        {
            int close = _wiki.IndexOf("-->", at + 4, StringComparison.Ordinal);
            return close < 0 ? _wiki.Length : close + 3;
        }
        var rest = _wiki.AsSpan(at + 1);
        bool closing = rest.StartsWith("/");
        int name = (closing ? rest[1..] : rest).IndexOfAnyExcept(Letters);
        int end = rest[..Math.Min(rest.Length, 1000)].IndexOf('>');
        if (name <= 0 || end < 0)
        {
            Out.Append('<');
            return at + 1;
        }
        string tag = (closing ? rest[1..] : rest)[..name].ToString().ToLowerInvariant();
        int behind = at + 1 + end + 1;
        bool empty = rest[end - 1] == '/';
        if (tag is "br" or "p" or "blockquote" or "div" or "li" or "poem")
            Out.Append('\n');
        if (closing || empty)
            return tag == "code" && closing ? Append("`", behind) : behind;
        if (Dropped.Contains(tag))
            return End(tag, behind).Behind;
        switch (tag)
        {
            case "nowiki" or "math" or "chem" or "ce":
                var (content, after) = End(tag, behind);
                return Append(_wiki[behind..content].Trim(), after);
            case "pre" or "syntaxhighlight" or "source":
                (content, after) = End(tag, behind);
                return Append($"\n{WikiLines.Fence}\n{_wiki[behind..content].Trim('\n')}\n{WikiLines.Fence}\n", after);
            case "code":
                return Append("`", behind);
            default:
                return behind;
        }
    }

    private int Append(string text, int next)
    {
        Out.Append(text);
        return next;
    }

    /// <summary>Where an element's end tag starts and ends; without one, all that is left is text.</summary>
    private (int Content, int Behind) End(string tag, int from)
    {
        if (_neverClosed.Contains(tag))
            return (from, from);
        for (int at = from; _wiki.IndexOf("</" + tag, at, StringComparison.OrdinalIgnoreCase) is >= 0 and var close;)
        {
            at = close + 2 + tag.Length;
            int end = _wiki.IndexOf('>', at);
            if (end >= 0 && _wiki.AsSpan(at, end - at).Trim().Length == 0) // "</references>" ends no "<ref>"
                return (close, end + 1);
        }
        _neverClosed.Add(tag); // and is not looked for again: the time stays linear
        return (from, from);
    }

    private readonly HashSet<string> _neverClosed = [];

    private static readonly System.Buffers.SearchValues<char> Marks = System.Buffers.SearchValues.Create("{}[]<|-");

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}
