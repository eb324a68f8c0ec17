using System.Text.RegularExpressions;

namespace Syrinx.Search.Answers;

/// <summary>
/// Cuts a post into sentences, English or Chinese, each verbatim. A line is never joined with the next: on a BBS people
/// break lines where others write a full stop.
/// </summary>
internal static partial class SentenceSplitter
{
    /// <summary>They belong to the sentence that they follow.</summary>
    private const string ClosingSigns = ".!?。！？\"”」』)）…~～";

    private static readonly HashSet<string> Abbreviations =
        ["St", "Mr", "Mrs", "Ms", "Dr", "vs", "etc", "approx", "No", "Ave", "Rd", "e", "g", "i"];

    /// <summary>
    /// The sentences in order, without what surrounds them: spaces, mentions at the start, the signs of pushes and quotes.
    /// </summary>
    public static List<string> Split(string text)
    {
        List<string> sentences = [];
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var rest = line.Trim();
            // quoted lines of earlier articles, and pushes copied with one, are somebody else's words
            if (rest.StartsWith("> ") || rest.StartsWith(": ") || rest.StartsWith("※") || Push().IsMatch(rest))
                continue;
            while (!rest.IsEmpty)
            {
                int end = End(rest);
                Add(sentences, rest[..end]);
                rest = rest[end..].TrimStart();
            }
        }
        return sentences;
    }

    /// <summary>A line of PTT's pushes: <c>推 someone: text 07/09 20:06</c>.</summary>
    [GeneratedRegex(@"^(?:[推噓→]\s*)?[A-Za-z][A-Za-z0-9]{1,11}\s*: .*\d\d/\d\d(?: \d\d:\d\d)?$")]
    private static partial Regex Push();

    private static void Add(List<string> sentences, ReadOnlySpan<char> sentence)
    {
        sentence = sentence.Trim();
        while (sentence.Length > 1 && sentence[0] is '@' or '＠')
        {
            int space = sentence.IndexOf(' ');
            if (space < 0)
                return;
            sentence = sentence[(space + 1)..].TrimStart();
        }
        if (sentence is ['推' or '噓' or '→' or '↳', ' ', ..])
            sentence = sentence[2..];
        sentence = sentence.TrimStart("-*•→↳·");
        sentence = sentence.Trim();
        if (!sentence.IsEmpty)
            sentences.Add(sentence.ToString());
    }

    /// <summary>Where the first sentence ends, its closing signs included.</summary>
    private static int End(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!Ends(text, i))
                continue;
            int end = i + 1;
            while (end < text.Length && ClosingSigns.Contains(text[end]))
                end++;
            return end;
        }
        return text.Length;
    }

    private static bool Ends(ReadOnlySpan<char> text, int i)
    {
        switch (text[i])
        {
            case '。' or '！' or '？' or '；':
                return true;
            case '!' or '?' or ';':
                return i + 1 == text.Length || text[i + 1] is not ('/' or '=' or '&') && !char.IsAsciiLetterOrDigit(text[i + 1]);
            case '.':
                // neither 3.50 nor example.com nor "e.g. this" nor an initial ends a sentence
                if (i + 1 < text.Length && text[i + 1] is not (' ' or '"' or '”' or ')' or '.'))
                    return false;
                int word = i;
                while (word > 0 && char.IsLetter(text[word - 1]))
                    word--;
                var before = text[word..i];
                bool abbreviation = before.Length == 1 && char.IsUpper(before[0]) || Abbreviations.Contains(before.ToString());
                int next = i + 1;
                while (next < text.Length && text[next] == ' ')
                    next++;
                return !abbreviation || next == text.Length || before is "etc" && char.IsUpper(text[next]);
            default:
                return false;
        }
    }
}
