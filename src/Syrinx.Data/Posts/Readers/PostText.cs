using System.Net;
using System.Text;

namespace Syrinx.Data.Posts.Readers;

/// <summary>Makes text plain as the contract has it: no control characters, line feeds only, NFC. Doing it twice changes nothing.</summary>
internal static class PostText
{
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
        if (!Ascii.IsValid(text))
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

    private static bool NeedsRepair(string text, bool keepLines)
    {
        foreach (char c in text)
        {
            if (char.IsControl(c) && !(keepLines && c is '\n' or '\t'))
                return true;
        }
        return false;
    }

    private static string WithoutControls(string text, bool keepLines)
    {
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\r')
                c = i + 1 < text.Length && text[i + 1] == '\n' ? '\0' : '\n';
            if (c is '\n' && !keepLines)
                c = ' ';
            if (!char.IsControl(c) || c is '\n' or '\t')
                plain.Append(c);
        }
        return plain.ToString();
    }
}

/// <summary>Text that is no Unicode: its record goes into quarantine.</summary>
internal sealed class BadUnicodeException(Exception cause) : Exception("half a surrogate pair", cause);
