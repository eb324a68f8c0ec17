using System.Text;
using System.Text.RegularExpressions;

namespace Syrinx.Data.Posts.Readers.Web;

/// <summary>From the bytes of a page to its characters.</summary>
internal static partial class WebText
{
    private const int SniffBytes = 2048;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly UTF8Encoding Utf8 = new(false);

    public static bool IsHtml(string? contentType) => Media(contentType) is "text/html" or "application/xhtml+xml";

    public static bool IsPlain(string? contentType) => Media(contentType) is "text/plain";

    /// <summary>
    /// Decodes in the encoding that the server or the page tells; where nobody does, or what is told is not known, in UTF-8 if
    /// it is that, else in Windows' western one, as browsers do.
    /// </summary>
    public static string Decode(byte[] content, string? contentType)
    {
        if (content.AsSpan().StartsWith("\uFEFF"u8))
            return Utf8.GetString(content, 3, content.Length - 3);
        string head = Encoding.Latin1.GetString(content, 0, Math.Min(SniffBytes, content.Length));
        var told = Known(Charset().Match(contentType ?? "")) ?? Known(Charset().Match(head));
        if (told is not null)
            return told.GetString(content);
        try
        {
            return StrictUtf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(content);
        }
    }

    private static string Media(string? contentType) => (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    private static Encoding? Known(Match charset)
    {
        string name = charset.Groups["name"].Value;
        if (name.Length == 0 || name.Equals("utf-7", StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"charset\s{0,5}=\s{0,5}[""']?(?<name>[A-Za-z0-9_\-:.]{2,40})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Charset();
}
