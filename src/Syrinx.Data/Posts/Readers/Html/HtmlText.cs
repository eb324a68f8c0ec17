using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace Syrinx.Data.Posts.Readers.Html;

/// <summary>
/// The HTML of a post as plain text, for all formats: paragraphs and lists as lines, code fenced, quotations behind
/// <c>&gt;</c>, a link's address where its text does not show it. What a forum puts in by itself (quoted posts, previews of
/// links, sizes of pictures) is left out. Any input is HTML, in linear time; depths are bounded. Used once.
/// </summary>
internal sealed class HtmlText
{
    private const int MaxQuoteDepth = 5;
    private const int MaxListDepth = 8;
    private static readonly SearchValues<char> Spaces = SearchValues.Create(" \t\r\n\f\u00A0");

    private readonly StringBuilder _text = new();
    private readonly List<string> _links = [];
    private readonly List<HtmlQuote> _quotes = [];
    private readonly List<int> _lists = []; // number of the next item; 0 where items have none
    private int _deeper;       // lists beyond the depth that is counted
    private int _breaks;       // line feeds that are due before the next character
    private bool _space;       // a space is due
    private string _marker = ""; // of the list item that has begun
    private int _quoteDepth;
    private int _lineDepth;    // of the line that was begun last
    private int _pre;
    private string? _fence;    // due before the first line of code
    private bool _fenced;
    private int _codeLines;    // line feeds that are due before the next character of code
    private int _cells;
    private string? _href;
    private int _label;        // where the link's text starts
    private string _skipped = ""; // element that is passed over
    private int _skippedDepth;

    private HtmlText() { }

    /// <summary>The text; not yet cleaned (see <see cref="PostText.Clean"/>).</summary>
    public string Text => _text.ToString();

    /// <summary>Where the links lead that stayed, each once.</summary>
    public IReadOnlyList<string> Links => _links;

    /// <summary>The posts of a forum that were quoted.</summary>
    public IReadOnlyList<HtmlQuote> Quotes => _quotes;

    /// <summary>Reads HTML.</summary>
    public static HtmlText Of(string html)
    {
        var text = new HtmlText();
        if (html.Length > 0)
            text.Read(html);
        return text;
    }

    private void Read(string html)
    {
        var tokens = new HtmlTokens(html);
        while (tokens.Next())
        {
            if (_skipped.Length > 0)
                Pass(tokens);
            else if (tokens.Kind == HtmlTokenKind.Text)
                Characters(tokens.Text);
            else if (tokens.Kind == HtmlTokenKind.Close)
                Close(tokens.Name);
            else if (tokens.Name is "script" or "style" or "template" or "noscript" or "iframe" or "title")
                tokens.SkipRaw();
            else
                Open(tokens.Name, tokens.Attributes);
        }
        EndPre();
        EndLink();
    }

    private void Open(ReadOnlySpan<char> name, ReadOnlySpan<char> attributes)
    {
        switch (name)
        {
            case "p" when HtmlTokens.HasClass(attributes, "quote-inline"): // "RE: address", for servers that show no quotes
            case "div" when HtmlTokens.HasClass(attributes, "meta"):       // name and size of a picture
            case "details" when HtmlTokens.HasClass(attributes, "elided"): // a mail that was answered
            case "svg" or "video" or "audio" or "object" or "select" or "button":
                Skip(name);
                break;
            case "aside":
                Aside(attributes);
                break;
            case "br":
                if (_pre > 0)
                    _codeLines++;
                else
                    _breaks = Math.Min(2, _breaks + 1);
                break;
            case "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "table" or "hr" or "dl":
                Break(2);
                break;
            case "div" or "section" or "article" or "header" or "footer" or "dt" or "dd" or "details" or "summary" or "figure":
                Break(1);
                break;
            case "tr":
                Break(1);
                _cells = 0;
                break;
            case "td" or "th":
                if (_cells++ > 0)
                    Words(" | ");
                break;
            case "ul" or "ol":
                Break(_lists.Count == 0 ? 2 : 1);
                if (_lists.Count <= MaxListDepth)
                    _lists.Add(name is "ul" ? 0 : FirstNumber(attributes));
                else
                    _deeper++;
                break;
            case "li":
                Break(1);
                Item();
                break;
            case "blockquote":
                Break(2);
                _quoteDepth++;
                break;
            case "pre":
                Break(2);
                if (_pre++ == 0)
                    _fence = "```" + Language(attributes);
                break;
            case "code" when _pre == 0:
                Words("`");
                break;
            case "code" when _fence == "```":
                _fence += Language(attributes);
                break;
            case "a":
                EndLink();
                (_href, _label) = (Target(attributes), _text.Length);
                break;
            case "img" when HtmlTokens.HasClass(attributes, "emoji"):
                Words(HtmlTokens.Attribute(attributes, "alt"));
                break;
        }
    }

    private void Close(ReadOnlySpan<char> name)
    {
        switch (name)
        {
            case "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "table" or "dl":
                Break(2);
                break;
            case "div" or "section" or "article" or "header" or "footer" or "tr" or "li" or "dt" or "dd" or "summary" or "details":
                Break(1);
                break;
            case "ul" or "ol":
                if (_deeper > 0)
                    _deeper--;
                else if (_lists.Count > 0)
                    _lists.RemoveAt(_lists.Count - 1);
                _marker = "";
                Break(_lists.Count == 0 ? 2 : 1);
                break;
            case "blockquote":
                Break(2);
                _quoteDepth = Math.Max(0, _quoteDepth - 1);
                break;
            case "pre" when _pre > 1:
                _pre--;
                break;
            case "pre":
                EndPre();
                break;
            case "code" when _pre == 0:
                Words("`");
                break;
            case "a":
                EndLink();
                break;
        }
    }

    private void Characters(ReadOnlySpan<char> raw)
    {
        if (raw.Contains('&'))
            raw = WebUtility.HtmlDecode(raw.ToString());
        if (_pre > 0)
            Code(raw);
        else
            Words(raw);
    }

    private void Words(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            int word = text.IndexOfAnyExcept(Spaces);
            if (word != 0)
                _space = true;
            if (word < 0)
                return;
            text = text[word..];
            int end = text.IndexOfAny(Spaces);
            var run = end < 0 ? text : text[..end];
            Begin();
            _text.Append(run);
            text = text[run.Length..];
        }
    }

    /// <summary>Writes what is due before a character: line feeds, the marks of quotation and list, or a space.</summary>
    private void Begin()
    {
        bool start = _text.Length == 0;
        if (start || _breaks > 0)
        {
            int depth = Math.Min(MaxQuoteDepth, _quoteDepth);
            for (; !start && _breaks > 1; _breaks--)
                _text.Append('\n').Append(Quote(Math.Min(depth, _lineDepth)).AsSpan().TrimEnd());
            if (!start)
                _text.Append('\n');
            _text.Append(Quote(depth));
            _lineDepth = depth;
        }
        else if (_space)
        {
            _text.Append(' ');
        }
        _text.Append(_marker);
        (_breaks, _space, _marker) = (0, false, "");
    }

    private static string Quote(int depth) => depth == 0 ? "" : string.Concat(Enumerable.Repeat("> ", depth));

    private void Break(int lines)
    {
        if (_pre == 0)
            _breaks = Math.Max(_breaks, lines);
    }

    private static int FirstNumber(ReadOnlySpan<char> attributes) => int.TryParse(
        HtmlTokens.Attribute(attributes, "start"), NumberStyles.None, CultureInfo.InvariantCulture, out int start) && start is > 0 and < 10000 ? start : 1;

    private void Item()
    {
        int number = _lists.Count == 0 ? 0 : _lists[^1];
        string indent = new(' ', 2 * Math.Max(0, _lists.Count - 1));
        _marker = indent + (number == 0 ? "- " : string.Create(CultureInfo.InvariantCulture, $"{number}. "));
        if (number > 0)
            _lists[^1]++;
    }

    private void Code(ReadOnlySpan<char> code)
    {
        while (code.Length > 0)
        {
            int end = code.IndexOf('\n');
            var line = (end < 0 ? code : code[..end]).TrimEnd('\r');
            if (line.Length > 0)
            {
                if (_fence is { } fence)
                {
                    Begin();
                    _text.Append(fence);
                    (_fence, _fenced, _codeLines) = (null, true, 1);
                }
                for (; _codeLines > 0; _codeLines--)
                    NewLine();
                _text.Append(line);
            }
            if (end < 0)
                return;
            _codeLines++;
            code = code[(end + 1)..];
        }
    }

    private void NewLine()
    {
        _text.Append('\n').Append(Quote(_lineDepth));
    }

    private void EndPre()
    {
        if (_fenced)
        {
            NewLine();
            _text.Append("```");
        }
        (_pre, _fence, _fenced, _codeLines) = (0, null, false, 0);
        Break(2);
    }

    private static string Language(ReadOnlySpan<char> attributes)
    {
        string? language = HtmlTokens.Attribute(attributes, "data-code-wrap");
        foreach (string name in (HtmlTokens.Attribute(attributes, "class") ?? "").Split(' '))
        {
            if (name.StartsWith("lang-", StringComparison.Ordinal))
                language ??= name[5..];
            else if (name.StartsWith("language-", StringComparison.Ordinal))
                language ??= name[9..];
        }
        return language is null or "auto" or "plaintext" or "nohighlight" or "none" or "text" || language.Length > 20
            || !language.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '#' or '-') ? "" : language;
    }

    /// <summary>Where a link leads, where that is worth telling: not of a mention, a hashtag, or a place on the same site.</summary>
    private static string? Target(ReadOnlySpan<char> attributes)
    {
        if (HtmlTokens.HasClass(attributes, "mention") || HtmlTokens.HasClass(attributes, "hashtag")
            || HtmlTokens.HasClass(attributes, "hashtag-cooked") || HtmlTokens.HasClass(attributes, "mention-group")
            || HtmlTokens.HasClass(attributes, "lightbox") || HtmlTokens.Attribute(attributes, "rel") == "tag")
            return null;
        return HtmlTokens.Attribute(attributes, "href") is { } href && IsAddress(href) ? PostText.Line(href) : null;
    }

    private static bool IsAddress(string href) =>
        href.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || href.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private void EndLink()
    {
        if (_href is not { } href)
            return;
        _href = null;
        if (_text.Length == _label || _pre > 0)
            return;
        string label = _text.ToString(_label, _text.Length - _label);
        string shown = label.Trim('\n', ' ', '>', '-');
        if (LinkText.Shows(shown, href))
        {
            _text.Length -= label.Length - label.IndexOf(shown, StringComparison.Ordinal);
            _text.Append(href);
        }
        else
        {
            _text.Append(" (").Append(href).Append(')');
        }
        Keep(href);
    }

    private void Keep(string href)
    {
        if (!_links.Contains(href))
            _links.Add(href);
    }

    /// <summary>A forum's quotation of another post, which is somebody else's words, or its preview of a link.</summary>
    private void Aside(ReadOnlySpan<char> attributes)
    {
        if (HtmlTokens.HasClass(attributes, "quote"))
            _quotes.Add(new(HtmlTokens.Attribute(attributes, "data-topic"), HtmlTokens.Attribute(attributes, "data-post")));
        else if (HtmlTokens.HasClass(attributes, "onebox") && HtmlTokens.Attribute(attributes, "data-onebox-src") is { } source
            && IsAddress(source) && PostText.Line(source) is { } address)
        {
            Break(1);
            Words(address);
            Break(1);
            Keep(address);
        }
        else if (!HtmlTokens.HasClass(attributes, "onebox"))
        {
            Break(1);
            return;
        }
        Skip("aside");
    }

    private void Skip(ReadOnlySpan<char> name)
    {
        _skipped = name.ToString();
        _skippedDepth = 1;
    }

    private void Pass(HtmlTokens token)
    {
        if (token.Kind == HtmlTokenKind.Text || !token.Name.SequenceEqual(_skipped))
            return;
        _skippedDepth += token.Kind == HtmlTokenKind.Open ? 1 : -1;
        if (_skippedDepth > 0)
            return;
        _skipped = "";
        Break(1);
    }
}

/// <summary>Which post of a forum was quoted.</summary>
/// <param name="Topic">Its topic's number.</param>
/// <param name="Post">Its own number within the topic.</param>
internal readonly record struct HtmlQuote(string? Topic, string? Post);
