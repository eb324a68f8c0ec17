using System.Text;

namespace Syrinx.Evaluation;

/// <summary>Words of a text, the same for every model: runs of letters and digits in lower case; each Chinese, Japanese or Korean character alone.</summary>
internal static class Words
{
    /// <summary>The words, in order.</summary>
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            bool alone = IsAlone(rune.Value);
            if (!alone && Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
                continue;
            }
            End();
            if (alone)
                words.Add(rune.ToString());
        }
        End();
        return words;

        void End()
        {
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }
    }

    /// <summary>What a search matches: words, and neighbouring pairs of characters that stand alone, since these say little by themselves.</summary>
    public static List<string> Terms(string text)
    {
        var words = Of(text);
        var terms = new List<string>(words);
        for (int i = 1; i < words.Count; i++)
        {
            if (IsAlone(char.ConvertToUtf32(words[i - 1], 0)) && IsAlone(char.ConvertToUtf32(words[i], 0)))
                terms.Add(words[i - 1] + words[i]);
        }
        return terms;
    }

    /// <summary>One spelling of texts that differ only in case, punctuation and spaces.</summary>
    public static string Plain(string text) => string.Join(' ', Of(text));

    // kana, CJK with extension A, Hangul, compatibility, the supplementary ideographs
    private static bool IsAlone(int c) => c is >= 0x3040 and <= 0x30FF or >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF
        or >= 0xAC00 and <= 0xD7AF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;
}
