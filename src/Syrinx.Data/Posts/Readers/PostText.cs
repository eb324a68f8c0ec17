using System.Buffers;
using System.Net;
using System.Text;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Makes text plain as the contract has it: no control characters, line feeds only, NFC. Doing it twice changes nothing.
/// </summary>
internal static class PostText
{
    private static readonly SearchValues<char> ControlsInLines =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (char)c).Where(c => c is not ('\n' or '\t'))]);

    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (char)c)]);

    /// <summary>Text of several lines; empty where there is none.</summary>
    /// <exception cref="BadUnicodeException">The text has half a surrogate pair.</exception>
    public static string Clean(string? text) => Normal(text, keepLines: true);

    /// <summary>A title, a name: one line, or null where there is nothing.</summary>
    /// <inheritdoc cref="Clean"/>
    public static string? Line(string? text) => Normal(text, keepLines: false) is { Length: > 0 } line ? line : null;

    /// <summary><c>&amp;amp;</c> and the like, once.</summary>
    public static string DecodeEntities(string text) => text.Contains('&') ? WebUtility.HtmlDecode(text) : text;

    private static string Normal(string? text, bool keepLines)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (NeedsRepair(text, keepLines))
            text = WithoutControls(text, keepLines);
        if (!IsPlainlyNormal(text))
        {
            try
            {
                text = text.Normalize(NormalizationForm.FormC);
            }
            catch (ArgumentException e)
            {
                throw new BadUnicodeException(e);
            }
        }
        return text.Trim();
    }

    private static bool NeedsRepair(ReadOnlySpan<char> text, bool keepLines) =>
        text.IndexOfAny(keepLines ? ControlsInLines : Controls) >= 0 || text.IndexOfAnyInRange('\x7F', '\x9F') >= 0;

    /// <summary>
    /// Whether the text consists of characters only that NFC leaves alone and that combine with nothing: Latin, general
    /// punctuation, kana, Chinese, full-width forms. Asking ICU takes twenty times as long.
    /// </summary>
    private static bool IsPlainlyNormal(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            bool inert = c < 0x300 || c is >= '\u4E00' and <= '\u9FA5' or >= '\u3001' and <= '\u3029' or >= '\u3041' and <= '\u3093'
                or >= '\u30A1' and <= '\u30F6' or >= '\uFF01' and <= '\uFF5E' or >= '\u2010' and <= '\u2026' or >= '\u2500' and <= '\u25FF';
            if (!inert)
                return false;
        }
        return true;
    }

    private static string WithoutControls(string text, bool keepLines)
    {
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\r')
                c = i + 1 < text.Length && text[i + 1] == '\n' ? '\0' : '\n';
            if (c is '\n' or '\t' && !keepLines)
                c = ' ';
            if (!char.IsControl(c) || c is '\n' or '\t')
                plain.Append(c);
        }
        return plain.ToString();
    }
}

/// <summary>Text that is no Unicode: its record goes into quarantine.</summary>
internal sealed class BadUnicodeException(Exception cause) : Exception("half a surrogate pair", cause);
