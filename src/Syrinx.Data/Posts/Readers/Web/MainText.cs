using System.Buffers;
using System.Net;
using System.Text;
using Syrinx.Data.Posts.Readers.Html;

namespace Syrinx.Data.Posts.Readers.Web;

/// <summary>
/// What a page of the web is about, without menus, notices and lists of links. A block of text counts by its length and by how
/// much of it is links, short ones by their neighbours, after jusText (Pomikálek 2011, "Removing Boilerplate and Duplicate
/// Content from Web Corpora"); where a page marks its article or main part, only what stands in it counts.
/// </summary>
/// <param name="Text">Blocks with an empty line between them.</param>
/// <param name="Title">The page's, or null.</param>
/// <param name="Lang">As the page tells, or null.</param>
internal sealed record MainText(string Text, string? Title, string? Lang)
{
    /// <summary>Weight from which a block is text by itself: 80 Latin letters, or 32 Chinese characters, which say as much.</summary>
    private const int LongWeight = 160;

    private const int ShortWeight = 50;
    private const double MaxLinks = 0.35;

    /// <summary>What an article must hold at least for the rest of the page to be left out.</summary>
    private const int MinRegionWeight = 400;

    private enum Verdict
    {
        Bad,
        Short,
        Good,
    }

    private sealed class Block
    {
        public required string Text { get; init; }

        public int LinkCharacters { get; init; }

        public bool IsHeading { get; init; }

        public bool IsItem { get; init; }

        public bool InRegion { get; init; }

        public int Weight { get; set; }

        public Verdict Verdict { get; set; }
    }

    /// <summary>Reads a page; the text is empty where it has none.</summary>
    public static MainText Of(string html)
    {
        var page = new Reader();
        page.Read(html);
        var blocks = page.Blocks;
        foreach (var block in blocks)
            Judge(block);
        Smooth(blocks);
        if (blocks.Where(b => b.InRegion && b.Verdict == Verdict.Good).Sum(b => b.Weight) >= MinRegionWeight)
            blocks = [.. blocks.Where(b => b.InRegion)];
        var text = new StringBuilder();
        Block? before = null;
        foreach (var block in blocks.Where(b => b.Verdict == Verdict.Good))
        {
            if (before is not null)
                text.Append(before.IsItem && block.IsItem ? "\n" : "\n\n");
            text.Append(block.IsItem ? "- " : "").Append(block.Text);
            before = block;
        }
        return new(text.ToString(), page.Title, page.Lang);
    }

    private static void Judge(Block block)
    {
        foreach (char c in block.Text)
            block.Weight += c >= 0x2E80 ? 5 : 2;
        block.Verdict = block.LinkCharacters > block.Text.Length * MaxLinks ? Verdict.Bad
            : block.IsHeading || block.Weight < ShortWeight ? Verdict.Short
            : block.Weight >= LongWeight || EndsSentence(block.Text) ? Verdict.Good : Verdict.Short;
    }

    private static bool EndsSentence(string text) => text[^1] is '.' or '!' or '?' or '…' or '。' or '！' or '？' or '」' or '"' or '”' or ':' or '：';

    /// <summary>A short block is text between two that are; a heading where text follows.</summary>
    private static void Smooth(List<Block> blocks)
    {
        var after = new Verdict[blocks.Count];
        var next = Verdict.Bad;
        for (int i = blocks.Count - 1; i >= 0; i--)
        {
            after[i] = next;
            next = blocks[i].Verdict == Verdict.Short ? next : blocks[i].Verdict;
        }
        var before = Verdict.Bad;
        for (int i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Verdict != Verdict.Short)
                before = blocks[i].Verdict;
            else
                blocks[i].Verdict = after[i] == Verdict.Good && (before == Verdict.Good || blocks[i].IsHeading) ? Verdict.Good : Verdict.Bad;
        }
    }

    /// <summary>Cuts a page into blocks.</summary>
    private sealed class Reader
    {
        private const int MaxBlocks = 200_000;
        private static readonly SearchValues<char> Spaces = SearchValues.Create(" \t\r\n\f\u00A0");

        private readonly StringBuilder _block = new();
        private int _linkCharacters;
        private string _skipped = "";
        private int _skippedDepth;
        private int _region;
        private int _links;
        private int _pre;
        private bool _heading;
        private bool _item;
        private bool _space;
        private bool _inTitle;
        private readonly StringBuilder _title = new();

        public List<Block> Blocks { get; } = [];

        public string? Title => _title.Length == 0 ? null : string.Join(' ', _title.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        public string? Lang { get; private set; }

        public void Read(string html)
        {
            var tokens = new HtmlTokens(html);
            while (tokens.Next() && Blocks.Count < MaxBlocks)
            {
                if (tokens.Kind == HtmlTokenKind.Text)
                    Characters(tokens.Text);
                else if (_skipped.Length > 0)
                    Pass(tokens);
                else if (tokens.Kind == HtmlTokenKind.Close)
                    Close(tokens.Name);
                else if (tokens.Name is "script" or "style" or "template" or "noscript" or "iframe" or "textarea")
                    tokens.SkipRaw();
                else
                    Open(tokens.Name, tokens.Attributes);
            }
            End();
        }

        private void Open(ReadOnlySpan<char> name, ReadOnlySpan<char> attributes)
        {
            switch (name)
            {
                case "html":
                    string? lang = HtmlTokens.Attribute(attributes, "lang");
                    Lang = lang is { Length: >= 2 and <= 20 } && lang.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? lang : Lang;
                    break;
                case "title":
                    _inTitle = _title.Length == 0;
                    break;
                case "svg" or "nav" or "footer" or "aside" or "form" or "button" or "select" or "menu" or "dialog" or "video" or "audio" or "object":
                case "header" when _region == 0:
                case "div" or "section" or "ul" when HtmlTokens.Attribute(attributes, "role") is "navigation" or "banner" or "contentinfo" or "search":
                    End();
                    (_skipped, _skippedDepth) = (name.ToString(), 1);
                    break;
                case "article" or "main":
                    End();
                    _region++;
                    break;
                case "br":
                    if (_pre > 0)
                        _block.Append('\n');
                    _space = true;
                    break;
                case "pre":
                    End();
                    _pre++;
                    break;
                case "a":
                    _links++;
                    break;
                case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                    End();
                    _heading = true;
                    break;
                case "li":
                    End();
                    _item = true;
                    break;
                default:
                    if (IsBlock(name))
                        End();
                    break;
            }
        }

        private void Close(ReadOnlySpan<char> name)
        {
            switch (name)
            {
                case "title":
                    _inTitle = false;
                    break;
                case "a":
                    _links = Math.Max(0, _links - 1);
                    break;
                case "article" or "main":
                    End();
                    _region = Math.Max(0, _region - 1);
                    break;
                case "pre":
                    End();
                    _pre = Math.Max(0, _pre - 1);
                    break;
                case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                    End();
                    _heading = false;
                    break;
                case "li":
                    End();
                    _item = false;
                    break;
                default:
                    if (IsBlock(name))
                        End();
                    break;
            }
        }

        private static bool IsBlock(ReadOnlySpan<char> name) => name is "p" or "div" or "section" or "table" or "tr" or "td" or "th" or "ul" or "ol"
            or "dl" or "dt" or "dd" or "blockquote" or "header" or "figure" or "figcaption" or "hr" or "body" or "head" or "summary" or "details";

        private void Pass(HtmlTokens token)
        {
            if (!token.Name.SequenceEqual(_skipped))
                return;
            _skippedDepth += token.Kind == HtmlTokenKind.Open ? 1 : -1;
            if (_skippedDepth == 0)
                _skipped = "";
        }

        private void End()
        {
            string text = _block.ToString().Trim('\n', '\r', ' ');
            if (text.Length > 0)
            {
                Blocks.Add(new()
                {
                    Text = text,
                    LinkCharacters = _linkCharacters,
                    IsHeading = _heading,
                    IsItem = _item,
                    InRegion = _region > 0,
                });
            }
            _block.Clear();
            _linkCharacters = 0;
            _space = false;
        }

        private void Characters(ReadOnlySpan<char> raw)
        {
            if (_skipped.Length > 0)
                return;
            if (raw.Contains('&'))
                raw = WebUtility.HtmlDecode(raw.ToString());
            if (_inTitle)
            {
                if (_title.Length < 1000)
                    _title.Append(raw[..Math.Min(raw.Length, 1000)]);
                return;
            }
            if (_pre > 0)
            {
                _block.Append(raw);
                return;
            }
            while (raw.Length > 0)
            {
                int word = raw.IndexOfAnyExcept(Spaces);
                _space |= word != 0;
                if (word < 0)
                    return;
                raw = raw[word..];
                int end = raw.IndexOfAny(Spaces);
                var run = end < 0 ? raw : raw[..end];
                if (_space && _block.Length > 0)
                    _block.Append(' ');
                _space = false;
                _block.Append(run);
                if (_links > 0)
                    _linkCharacters += run.Length;
                raw = raw[run.Length..];
            }
        }
    }
}
