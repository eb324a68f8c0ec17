namespace Syrinx.Data.Posts.Readers.Wiki;

/// <summary>
/// The templates that are part of sentences: names in other languages, quantities, dashes. All others are boxes, notes and
/// tables, and are nothing.
/// </summary>
internal static class WikiTemplate
{
    /// <param name="parts">Name and arguments, links and templates in them already resolved.</param>
    public static string Plain(string[] parts)
    {
        string name = parts[0].Trim().Replace('_', ' ').ToLowerInvariant();
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
            return name[..colon] is "formatnum" or "lc" or "uc" or "lcfirst" or "ucfirst" ? parts[0].Trim()[(colon + 1)..] : "";
        string[] plain = [.. parts.Skip(1).Where(p => !IsNamed(p)).Select(p => p.Trim())];
        string Argument(int index) => index < plain.Length ? plain[index] : "";
        string Last() => plain.LastOrDefault(p => p.Length > 0) ?? "";
        string Named(string key) => parts.Skip(1).Select(p => p.Split('=', 2)).Where(p => p.Length == 2 && p[0].Trim() == key)
            .Select(p => p[1].Trim()).FirstOrDefault() ?? "";
        if (name.StartsWith("lang-", StringComparison.Ordinal))
            return Argument(0);
        if (name.StartsWith("ipac-", StringComparison.Ordinal))
            return $"/{string.Concat(plain.Where(p => p is not ("lang" or "pron" or "local" or "also")))}/";
        return name switch
        {
            "ipa" or "ipa link" or "ipalink" or "ipablink" or "ipaslink" or "angbr" or "angle bracket" => Last(),
            "lang" or "langx" or "transl" or "transliteration" => Argument(plain.Length > 2 && name != "lang" ? 2 : 1),
            "nihongo" => Argument(1).Length > 0 ? $"{Argument(0)} ({Argument(1)})" : Argument(0),
            "zh" => Named("t") is { Length: > 0 } t ? t : Named("c") is { Length: > 0 } c ? c : Named("s"),
            "convert" or "cvt" => Quantity(plain),
            "nowrap" or "nobr" or "small" or "smaller" or "big" or "larger" or "nobold" or "sub" or "sup" or "abbr" or "tooltip" or "gloss"
                or "val" or "num" or "code" or "tt" or "kbd" or "em" or "strong" or "ruby" or "le" or "link-en" or "link-ja" or "link-de"
                or "link-fr" or "ilh" or "ill" or "illm" or "interlanguage link" or "internal link helper/en" or "bd" => Argument(0),
            "tsl" or "translink" => Argument(3).Length > 0 ? Argument(3) : Argument(2),
            "frac" or "fraction" or "sfrac" => string.Join('/', plain),
            "circa" or "c." => $"c. {Argument(0)}",
            "as of" => $"As of {string.Join(' ', plain)}",
            "quote" or "blockquote" or "cquote" or "quotation" or "quote box" =>
                "\n" + (Named("text") is { Length: > 0 } q ? q : Named("quote") is { Length: > 0 } r ? r : Argument(0)) + "\n",
            "ndash" or "en dash" => "–",
            "snd" or "spnd" or "spaced ndash" => " – ",
            "mdash" or "em dash" => "—",
            "dot" or "middot" or "·" or "•" or "bullet" => " · ",
            "nbsp" or "space" => " ",
            "'" => "'",
            "=" => "=",
            "!" => "|",
            "-" or "clear" => "",
            "url" or "official url" => Last(),
            _ => "",
        };
    }

    /// <summary><c>10|km|mi</c> as 10 km, <c>10|to|20|km</c> as 10 to 20 km.</summary>
    private static string Quantity(string[] arguments) => arguments switch
    {
        [var from, "to" or "-" or "–" or "and" or "or" or "by" or "x" or "×" or "+/-" or "±", var to, var unit, ..] =>
            $"{from} {arguments[1]} {to} {unit}",
        [var value, var unit, ..] => $"{value} {unit}",
        _ => string.Join(' ', arguments),
    };

    /// <summary><c>name=value</c>.</summary>
    private static bool IsNamed(string part)
    {
        int equals = part.IndexOf('=', StringComparison.Ordinal);
        var name = part.AsSpan(0, Math.Max(0, equals)).Trim();
        if (name.Length is 0 or > 40)
            return false;
        foreach (char c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not (' ' or '-' or '_'))
                return false;
        }
        return true;
    }
}
