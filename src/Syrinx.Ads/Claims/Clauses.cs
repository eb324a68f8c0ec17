using System.Text.RegularExpressions;

namespace Syrinx.Ads;

/// <summary>
/// Sentences and clauses of a folded text: a number belongs to what its clause talks about. Clauses end at commas, dashes,
/// brackets and words that join.
/// </summary>
internal sealed partial class Clauses
{
    private readonly int[] _clause, _sentence;

    public Clauses(string text)
    {
        _clause = new int[text.Length + 1];
        _sentence = new int[text.Length + 1];
        int clause = 0, sentence = 0, at = 0;
        foreach (var match in Boundary().EnumerateMatches(text))
        {
            for (; at < match.Index; at++)
                (_clause[at], _sentence[at]) = (clause, sentence);
            bool endsSentence = text.AsSpan(match.Index, match.Length).ContainsAny(".!?。;\n") || text[match.Index] > 0x2000 && !char.IsPunctuation(text[match.Index]) && !char.IsLetter(text[match.Index]);
            clause++;
            if (endsSentence)
                sentence++;
            for (; at < match.Index + match.Length; at++)
                (_clause[at], _sentence[at]) = (-1, -1);
        }
        for (; at <= text.Length; at++)
            (_clause[at], _sentence[at]) = (clause, sentence);
    }

    /// <summary>The clause that holds a place: its first and last position, exclusive.</summary>
    public (int Start, int End) ClauseOf(int at) => Run(_clause, at);

    /// <summary>The sentence that holds a place.</summary>
    public (int Start, int End) SentenceOf(int at)
    {
        int sentence = _sentence[at], start = at, end = at;
        for (int i = at; i >= 0 && (_sentence[i] == sentence || _sentence[i] == -1 && !EndsSentence(i)); i--)
            start = _sentence[i] == sentence ? i : start;
        for (int i = at; i < _sentence.Length - 1 && (_sentence[i] == sentence || _sentence[i] == -1 && !EndsSentence(i)); i++)
            end = _sentence[i] == sentence ? i + 1 : end;
        return (start, Math.Max(end, start));
    }

    // a boundary between two different sentences
    private bool EndsSentence(int i)
    {
        int before = i, after = i;
        while (before >= 0 && _sentence[before] == -1)
            before--;
        while (after < _sentence.Length && _sentence[after] == -1)
            after++;
        return before >= 0 && after < _sentence.Length && _sentence[before] != _sentence[after];
    }

    private (int Start, int End) Run(int[] ids, int at)
    {
        int start = at, end = at;
        while (start > 0 && ids[start - 1] == ids[at])
            start--;
        while (end < ids.Length - 1 && ids[end] == ids[at])
            end++;
        return (start, end);
    }

    // a full stop ends a sentence only before a gap, and not after a number's sign or a single letter
    [GeneratedRegex(@"(?<!\b(?:no|nos|st|mr|mrs|ms|dr|vs|approx|est|a|p|e|i|u|jr|mt|oz|lb|ft|ave|rd))\.+(?=\s|$)|[!?。;\n]+|[\p{So}\p{Cs}\uFE0F\u200D]+|(?<!\d),+|,+(?!\d{3}(?!\d))|[、|•·()\[\]{}「」『』【】《》〈〉]+|(?<=\s)-+(?=\s)|-{2,}|\s\+\s|(?<=\s)&(?=\s)|(?<![a-z])(?:and(?! a (?:half|quarter))|plus|but|with|while|or(?! (?:more|less|fewer|so|above|under|over)))(?![a-z])|以及|還有|加上|另有|並且|(?<![a-z0-9])x(?=\s)")]
    private static partial Regex Boundary();
}
