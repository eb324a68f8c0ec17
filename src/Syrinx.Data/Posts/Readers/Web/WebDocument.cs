using System.Security.Cryptography;
using System.Text;

namespace Syrinx.Data.Posts.Readers.Web;

/// <summary>A page of the web as a post.</summary>
internal static class WebDocument
{
    /// <param name="id">See <see cref="Id"/>.</param>
    /// <param name="text">Clean.</param>
    /// <param name="title">The page's.</param>
    /// <param name="address">Where it lies.</param>
    /// <param name="captured">When the crawler saw it.</param>
    /// <param name="lang">As the page or the crawler tells.</param>
    /// <param name="source">File and place.</param>
    public static Post Of(string id, string text, string? title, string? address, DateTime? captured, string? lang, string source) => new()
    {
        Id = id,
        Platform = "web",
        Kind = "web",
        CreatedAt = captured,
        Text = text,
        Title = title,
        Lang = lang,
        ThreadId = id,
        Urls = address is null ? [] : [address],
        Source = source,
    };

    /// <summary><c>web:</c> and the UUID of the capture; where none is told, a hash of address and time.</summary>
    public static string Id(string? capture, string? address, string? date)
    {
        string name = (capture ?? "").Trim('<', '>');
        int colon = name.LastIndexOf(':');
        name = name[(colon + 1)..];
        if (name.Length is > 7 and < 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            return "web:" + name;
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{address}\n{date}"));
        return "web:" + Convert.ToHexStringLower(hash)[..16];
    }

    /// <summary>The first of a list of languages, ISO 639-3 where a crawler tells it, as BCP 47.</summary>
    public static string? Language(string? list) => list?.Split(',')[0].Trim() switch
    {
        "eng" => "en",
        "zho" or "cmn" => "zh",
        "jpn" => "ja",
        "kor" => "ko",
        "deu" => "de",
        "fra" => "fr",
        "spa" => "es",
        "por" => "pt",
        "ita" => "it",
        "nld" => "nl",
        "rus" => "ru",
        "ukr" => "uk",
        "pol" => "pl",
        "ces" => "cs",
        "swe" => "sv",
        "dan" => "da",
        "fin" => "fi",
        "tur" => "tr",
        "ara" => "ar",
        "heb" => "he",
        "hin" => "hi",
        "tha" => "th",
        "vie" => "vi",
        "ind" => "id",
        { Length: >= 2 and <= 11 } code when code.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') => code,
        _ => null,
    };
}
