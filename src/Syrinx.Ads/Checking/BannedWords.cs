using System.Text;
using System.Text.RegularExpressions;

namespace Syrinx.Ads;

/// <summary>
/// The words that a brief bans, found in spite of case, width, accents, look-alikes, unseen characters and what is put between
/// letters; a Latin word in its simple forms too (cheap: cheaper, cheapest). Immutable and safe to share between threads.
/// </summary>
internal sealed class BannedWords
{
    private readonly List<(string Word, Regex Pattern)> _words;

    public BannedWords(IEnumerable<string> words) => _words = [.. words
        .Select(w => (Word: w, Folded: FoldedText.Fold(w).Trim()))
        .Where(w => w.Folded.Length > 0)
        .Select(w => (w.Word, new Regex(PatternOf(w.Folded), RegexOptions.CultureInvariant)))];

    /// <summary>Each banned word of a text, once, with what stands there.</summary>
    public IEnumerable<(string Word, string Found)> In(FoldedText text)
    {
        foreach (var (word, pattern) in _words)
        {
            if (pattern.Match(text.Text) is { Success: true } match)
                yield return (word, text.OriginalOf(match.Index, match.Index + match.Length));
        }
    }

    private static string PatternOf(string word)
    {
        if (word.Any(c => c > 0x2E7F))
            return WordPattern.Of(word);
        if (!word.Any(char.IsAsciiLetterOrDigit))
            return Regex.Escape(word);
        // letters may stand for digits that look like them, and one gap may split a long word
        var pattern = new StringBuilder();
        int letters = word.Count(char.IsAsciiLetterOrDigit);
        string inside = letters >= 5 ? @"[\s\-_.*·•|~^/']{0,3}" : letters >= 3 ? @"[\-_.*·•|~^/']{0,3}" : "";
        foreach (char c in word)
        {
            if (pattern.Length > 0)
                pattern.Append(char.IsAsciiLetterOrDigit(c) ? inside : "");
            pattern.Append(c switch
            {
                ' ' or '-' => @"[\s\-_]{0,3}",
                'a' => "[a4@]",
                'e' => "[e3]",
                'i' => "[i1!|]",
                'l' => "[l1|]",
                'o' => "[o0]",
                's' => "[s5$]",
                't' => "[t7+]",
                _ => Regex.Escape(c.ToString()),
            });
            if (char.IsAsciiLetter(c))
                pattern.Append(@"+?");
        }
        string forms = char.IsAsciiLetter(word[^1]) ? $"(?:s|es|'s|d|ed|r|er|est|ing|ly{(word[^1] == 'y' ? "|ies|ier|iest" : "")})?" : "";
        string spread = letters >= 3 ? "|" + string.Join(@"[\s\-_.*·•|~^/]{1,3}", word.Where(char.IsAsciiLetterOrDigit).Select(c => Regex.Escape(c.ToString()))) : "";
        return $"(?<![a-z0-9])(?:{pattern}{forms}{spread})(?![a-z0-9])";
    }
}
