using System.Net;

namespace Syrinx.Data.Posts.Readers.Html;

/// <summary>What a piece of HTML is.</summary>
internal enum HtmlTokenKind
{
    /// <summary>Characters, entities not yet decoded.</summary>
    Text,

    /// <summary>The start of an element.</summary>
    Open,

    /// <summary>The end of an element.</summary>
    Close,
}

/// <summary>
/// Cuts HTML into tags and texts, as a browser would, without building a tree; comments and doctypes are passed over. Any
/// input is HTML: nothing throws, and the time is linear in the length.
/// </summary>
internal ref struct HtmlTokens(ReadOnlySpan<char> html)
{
    private ReadOnlySpan<char> _rest = html;
    private bool _quotesMeanNothing;
    private bool _noMoreTags;

    /// <summary>What was found.</summary>
    public HtmlTokenKind Kind { get; private set; }

    /// <summary>The text, raw.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>The element's name in lower case.</summary>
    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>What stands in an opening tag behind the name.</summary>
    public ReadOnlySpan<char> Attributes { get; private set; }

    /// <summary>Goes on to the next token; false at the end.</summary>
    public bool Next()
    {
        while (_rest.Length > 0)
        {
            int open = _rest.IndexOf('<');
            if (open != 0)
                return Take(open < 0 ? _rest.Length : open);
            if (_rest.StartsWith("<!--"))
            {
                Skip(_rest[4..].IndexOf("-->"), 7);
            }
            else if (_rest.Length > 1 && _rest[1] is '!' or '?')
            {
                Skip(_rest.IndexOf('>'), 1);
            }
            else
            {
                bool close = _rest.Length > 2 && _rest[1] == '/' && char.IsAsciiLetter(_rest[2]);
                if (close || _rest.Length > 1 && char.IsAsciiLetter(_rest[1]))
                {
                    int end = TagEnd();
                    if (end >= 0)
                        return Tag(end, close);
                }
                int next = _rest[1..].IndexOf('<');
                return Take(next < 0 ? _rest.Length : next + 1); // a '<' that opens nothing
            }
        }
        return false;
    }

    /// <summary>
    /// Goes on behind the end of the element that was just opened, whose content is no HTML: <c>script</c>, <c>style</c>.
    /// </summary>
    public void SkipRaw()
    {
        var name = Name;
        while (true)
        {
            int close = _rest.IndexOf("</");
            if (close < 0)
            {
                _rest = default;
                return;
            }
            _rest = _rest[close..];
            if (_rest[2..].StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return;
            _rest = _rest[2..];
        }
    }

    /// <summary>An attribute's value, entities decoded; empty where it has none, null where it is not there.</summary>
    public static string? Attribute(ReadOnlySpan<char> attributes, ReadOnlySpan<char> name)
    {
        while (true)
        {
            attributes = attributes.TrimStart(" \t\r\n\f/");
            if (attributes.Length == 0)
                return null;
            int end = attributes.IndexOfAny("= \t\r\n\f/");
            var key = end < 0 ? attributes : attributes[..Math.Max(1, end)];
            attributes = attributes[key.Length..];
            var behind = attributes.TrimStart(" \t\r\n\f");
            ReadOnlySpan<char> value = default;
            if (behind.Length > 0 && behind[0] == '=')
            {
                behind = behind[1..].TrimStart(" \t\r\n\f");
                if (behind.Length > 0 && behind[0] is '"' or '\'')
                {
                    int close = behind[1..].IndexOf(behind[0]);
                    value = close < 0 ? behind[1..] : behind.Slice(1, close);
                    attributes = close < 0 ? default : behind[(close + 2)..];
                }
                else
                {
                    int stop = behind.IndexOfAny(" \t\r\n\f");
                    value = stop < 0 ? behind : behind[..stop];
                    attributes = behind[value.Length..];
                }
            }
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value.Contains('&') ? WebUtility.HtmlDecode(value.ToString()) : value.ToString();
        }
    }

    /// <summary>Whether the attribute <c>class</c> has a class.</summary>
    public static bool HasClass(ReadOnlySpan<char> attributes, string name)
    {
        if (!attributes.Contains(name, StringComparison.Ordinal))
            return false;
        foreach (var one in (Attribute(attributes, "class") ?? "").AsSpan().SplitAny(" \t\r\n\f"))
        {
            if ((Attribute(attributes, "class") ?? "").AsSpan()[one].SequenceEqual(name))
                return true;
        }
        return false;
    }

    private bool Take(int length)
    {
        Kind = HtmlTokenKind.Text;
        Text = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    private void Skip(int found, int more) => _rest = found < 0 ? default : _rest[(found + more)..];

    private bool Tag(int end, bool close)
    {
        var tag = _rest[(close ? 2 : 1)..end];
        _rest = _rest[(end + 1)..];
        int name = tag.IndexOfAny(" \t\r\n\f/>");
        Kind = close ? HtmlTokenKind.Close : HtmlTokenKind.Open;
        Name = name < 0 ? tag : tag[..name];
        if (Name.ContainsAnyInRange('A', 'Z'))
            Name = Name.ToString().ToLowerInvariant();
        Attributes = tag[(name < 0 ? tag.Length : name)..];
        return true;
    }

    /// <summary>
    /// Where the tag ends, not counting what stands in quotes; −1 where it does not. A tag that ends nowhere but in quotes is
    /// taken for a mistake, and quotes are no longer looked at: so no text is lost, and none is looked through more than twice.
    /// </summary>
    private int TagEnd()
    {
        if (!_quotesMeanNothing)
        {
            for (int at = 1; ;)
            {
                int stop = _rest[at..].IndexOfAny('>', '"', '\'');
                if (stop < 0)
                {
                    _quotesMeanNothing = true;
                    break;
                }
                at += stop;
                if (_rest[at] == '>')
                    return at;
                // A quote means something only as the start of a value.
                if (!_rest[..at].TrimEnd(" \t\r\n\f").EndsWith("="))
                {
                    at++;
                    continue;
                }
                int close = _rest[(at + 1)..].IndexOf(_rest[at]);
                if (close < 0)
                {
                    _quotesMeanNothing = true;
                    break;
                }
                at += close + 2;
            }
        }
        int end = _noMoreTags ? -1 : _rest.IndexOf('>');
        _noMoreTags |= end < 0;
        return end;
    }
}
