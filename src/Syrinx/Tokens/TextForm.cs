using System.Text;

namespace Syrinx.Tokens;

/// <summary>The form in which a text is encoded.</summary>
internal static class TextForm
{
    /// <summary>The text with U+FFFD for every lone surrogate, and in form C where that is asked for.</summary>
    public static string Normalize(string text, bool nfc)
    {
        if (Ascii.IsValid(text) || CharacterClass.IsComposed(text))
            return text;
        if (HasLoneSurrogate(text))
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)); // the encoder replaces lone surrogates by U+FFFD
        return !nfc || text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        while (true)
        {
            int at = text.IndexOfAnyInRange('\uD800', '\uDFFF');
            if (at < 0)
                return false;
            if (!char.IsHighSurrogate(text[at]) || at + 1 >= text.Length || !char.IsLowSurrogate(text[at + 1]))
                return true;
            text = text[(at + 2)..];
        }
    }
}
