using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Readers.Html;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// A page of PTT's website: what stands in <c>#main-content</c> is the text that a terminal shows, with spans around the head's
/// fields and around each push.
/// </summary>
internal sealed partial class PttPage
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _span = new();
    private readonly List<string> _lines = [];
    private readonly Dictionary<int, PttPush> _pushes = [];
    private readonly Dictionary<string, string> _head = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _push = new(StringComparer.Ordinal);
    private string _field = "";   // what the open span holds
    private string _metaTag = "";
    private int _divs;            // open within the content, itself included
    private int _metaDiv;         // depth of the div of a field of the head, or 0
    private int _pushDiv;
    private bool _hidden;         // an address that Cloudflare hides from robots, and which was written out

    private PttPage() { }

    public static void Read(string html, SourceFile file, ReadBatch batch)
    {
        var page = new PttPage();
        page.Walk(html);
        string? author = page._head.GetValueOrDefault("作者");
        var name = (author ?? "").AsSpan().Trim();
        string user = PttName.Take(ref name).ToString();
        var header = user.Length == 0 ? null : new PttHeader(user, PttName.Nick(name), PostText.Line(page._head.GetValueOrDefault("看板")),
            PostText.Line(page._head.GetValueOrDefault("標題")), page._head.GetValueOrDefault("時間") ?? "", 0, "");
        // Forwarded and very old articles have their head as text.
        for (int i = 0; header is null && i < Math.Min(10, page._lines.Count); i++)
            header = page._pushes.ContainsKey(i) ? null : PttHeader.TryRead(page._lines, i, withColon: true);
        if (header is null)
        {
            batch.Skip("not_an_article"); // a list of articles, a page that is gone, the question whether one is of age
            return;
        }
        var address = Canonical().Match(html);
        string? id = address.Success ? $"{address.Groups["board"].Value}/{address.Groups["file"].Value}"
            : header.Board is { } board && Path.GetFileNameWithoutExtension(file.PlainName) is var stem && Name().IsMatch(stem) ? $"{board}/{stem}" : null;
        PttArticle.Read(page._lines, header, page._lines.Count, file.Name, batch, page._pushes, id);
    }

    private void Walk(string html)
    {
        var tokens = new HtmlTokens(html);
        while (tokens.Next())
        {
            if (tokens.Kind == HtmlTokenKind.Open)
                Open(ref tokens);
            else if (tokens.Kind == HtmlTokenKind.Close)
                Close(tokens.Name);
            else if (_divs > 0 && !_hidden)
                (_field.Length > 0 ? _span : _text).Append(tokens.Text.Contains('&') ? WebUtility.HtmlDecode(tokens.Text.ToString()) : tokens.Text);
        }
        EndLines();
    }

    private void Open(ref HtmlTokens tokens)
    {
        if (tokens.Name is "script" or "style")
        {
            tokens.SkipRaw();
        }
        else if (tokens.Name is "div")
        {
            if (_divs > 0)
                _divs++;
            else if (HtmlTokens.Attribute(tokens.Attributes, "id") == "main-content")
                _divs = 1;
            if (_divs > 1 && HtmlTokens.HasClass(tokens.Attributes, "push"))
                _pushDiv = _divs;
            else if (_divs > 1 && (HtmlTokens.HasClass(tokens.Attributes, "article-metaline")
                || HtmlTokens.HasClass(tokens.Attributes, "article-metaline-right")))
                _metaDiv = _divs;
        }
        else if (tokens.Name is "br")
        {
            _text.Append('\n');
        }
        else if (_divs > 0 && HtmlTokens.Attribute(tokens.Attributes, "data-cfemail") is { } hidden)
        {
            // On a BBS most of what looks like an address is a face: @v@b.
            (_field.Length > 0 ? _span : _text).Append(Unhidden(hidden));
            _hidden = true;
        }
        else if (tokens.Name is "span" && (_metaDiv > 0 || _pushDiv > 0))
        {
            EndSpan();
            foreach (string field in (string[])["article-meta-tag", "article-meta-value", "push-tag", "push-userid", "push-content", "push-ipdatetime"])
            {
                if (HtmlTokens.HasClass(tokens.Attributes, field))
                    _field = field;
            }
        }
    }

    private void Close(ReadOnlySpan<char> name)
    {
        if (_hidden)
        {
            _hidden = false;
        }
        else if (name is "span")
        {
            EndSpan();
        }
        else if (name is "div" && _divs > 0)
        {
            EndSpan();
            if (_divs == _pushDiv)
                EndPush();
            if (_divs == _metaDiv)
                _metaDiv = 0;
            _divs--;
        }
    }

    /// <summary>The first byte is the key with which the others are combined (XOR).</summary>
    private static string Unhidden(string hex)
    {
        if (hex.Length is < 4 or > 600 || hex.Length % 2 != 0 || !hex.All(char.IsAsciiHexDigit))
            return "";
        byte[] bytes = Convert.FromHexString(hex);
        return Encoding.UTF8.GetString([.. bytes.Skip(1).Select(b => (byte)(b ^ bytes[0]))]);
    }

    private void EndSpan()
    {
        string text = _span.ToString();
        _span.Clear();
        if (_field is "article-meta-tag")
            _metaTag = text.Trim();
        else if (_field is "article-meta-value")
            _head.TryAdd(_metaTag, text.Trim());
        else if (_field.Length > 0)
            _push[_field] = text;
        _field = "";
    }

    private void EndPush()
    {
        _pushDiv = 0;
        var user = _push.GetValueOrDefault("push-userid", "").AsSpan().Trim();
        string name = PttName.Take(ref user).ToString();
        string text = _push.GetValueOrDefault("push-content", "").TrimStart();
        int score = _push.GetValueOrDefault("push-tag", "").Trim() switch { "推" => 1, "噓" => -1, _ => 0 };
        if (name.Length > 0) // else the website's word that there are too many pushes to show
        {
            EndLines();
            _pushes.Add(_lines.Count, PttPush.At(score, name, text.StartsWith(':') ? text[1..].Trim() : text.Trim(),
                _push.GetValueOrDefault("push-ipdatetime", "")));
            _lines.Add("");
        }
        _push.Clear();
    }

    private void EndLines()
    {
        if (_text.Length == 0)
            return;
        string text = _text.ToString();
        _lines.AddRange((text.EndsWith('\n') ? text[..^1] : text).Split('\n').Select(l => l.TrimEnd('\r')));
        _text.Clear();
    }

    [GeneratedRegex(
        @"<link[^>]{1,200}rel=""canonical""[^>]{1,200}/bbs/(?<board>[A-Za-z0-9_\-.]{1,32})/(?<file>[MG]\.\d{1,20}(\.A(\.[0-9A-Fa-f]{1,8})?)?)\.html""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Canonical();

    [GeneratedRegex(@"\A[MG]\.\d{1,20}(\.A(\.[0-9A-Fa-f]{1,8})?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
