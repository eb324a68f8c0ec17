using System.Buffers;

namespace Syrinx.Data.Corpus.Signals;

/// <summary>What the lines and paragraphs of a text say of it, for <see cref="QualityMeter"/>; shares are 0…1.</summary>
internal readonly record struct LineStatistics(
    int Breaks, double Bullets, double Ellipses, double Duplicates, double DuplicateCharacters, double DuplicateParagraphs,
    double DuplicateParagraphCharacters, int Sentences, double Punctuated, double Short, IReadOnlyList<string> Boilerplate)
{
    private const int ShortLine = 30;
    private const int FewestWords = 3;

    private static readonly SearchValues<string> Policies = SearchValues.Create(
        ["terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Boilerplates = SearchValues.Create(
        ["javascript", "cookie", "policy", "terms of use", "lorem ipsum"], StringComparison.OrdinalIgnoreCase);

    public static LineStatistics Of(string text)
    {
        int lines = 0, bullets = 0, ellipses = 0, punctuated = 0, shorts = 0, duplicates = 0, sentences = 0;
        int characters = 0, duplicateCharacters = 0;
        HashSet<ulong>? seen = null;
        bool several = text.Contains('\n');
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.IsEmpty)
                continue;
            lines++;
            characters += line.Length;
            bullets += line[0] is '•' or '‣' or '▪' or '●' or '·' or '-' or '*' or '◦' ? 1 : 0;
            ellipses += line[^1] == '…' || line.EndsWith("...") ? 1 : 0;
            punctuated += IsTerminal(line[^1]) ? 1 : 0;
            shorts += line.Length <= ShortLine ? 1 : 0;
            if (several && !(seen ??= []).Add(Hash(line)))
            {
                duplicates++;
                duplicateCharacters += line.Length;
            }
            sentences += SentencesOf(line);
        }
        var (paragraphs, paragraphCharacters) = several ? Paragraphs(text) : default;
        double n = Math.Max(1, lines);
        return new(Math.Max(0, lines - 1), bullets / n, ellipses / n, duplicates / n, duplicateCharacters / Math.Max(1.0, characters),
            paragraphs, paragraphCharacters, sentences, punctuated / n, shorts / n, Found(text));
    }

    private static (double Share, double Characters) Paragraphs(string text)
    {
        if (!text.Contains("\n\n", StringComparison.Ordinal))
            return default;
        HashSet<ulong> seen = [];
        int count = 0, duplicates = 0, characters = 0, duplicateCharacters = 0;
        foreach (var range in text.AsSpan().Split("\n\n"))
        {
            var paragraph = text.AsSpan(range).Trim();
            if (paragraph.IsEmpty)
                continue;
            count++;
            characters += paragraph.Length;
            if (seen.Add(Hash(paragraph)))
                continue;
            duplicates++;
            duplicateCharacters += paragraph.Length;
        }
        return ((double)duplicates / Math.Max(1, count), (double)duplicateCharacters / Math.Max(1, characters));
    }

    // C4 drops lines of fewer than three words first. A sentence ends where a mark is followed by a blank or the line's end; a
    // Chinese mark ends one anywhere; what is left at the end of a line is one too.
    private static int SentencesOf(ReadOnlySpan<char> line)
    {
        int sentences = 0, words = 0, dense = 0, since = 0;
        bool inside = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            bool blank = c <= ' ' || c >= '\u0085' && char.IsWhiteSpace(c);
            if (QualityMeter.IsDense(c))
                dense++;
            else if (!blank && !inside)
                words++;
            inside = !blank;
            since++;
            bool end = c is '。' or '！' or '？' || c is '.' or '!' or '?' && (i + 1 == line.Length || line[i + 1] is ' ' or '"' or ')' or '」');
            if (end && since > 1)
            {
                sentences++;
                since = 0;
            }
        }
        return words + dense / 1.6 < FewestWords ? 0 : sentences + (since > 3 ? 1 : 0);
    }

    private static bool IsTerminal(char c) => c is '.' or '!' or '?' or '"' or '\'' or '”' or '’' or '。' or '！' or '？' or '」' or '』' or '…';

    private static IReadOnlyList<string> Found(ReadOnlySpan<char> text)
    {
        bool curly = text.Contains('{');
        if (!curly && text.IndexOfAny(Boilerplates) < 0)
            return [];
        List<string> found = [];
        if (text.Contains("lorem ipsum", StringComparison.OrdinalIgnoreCase))
            found.Add("lorem_ipsum");
        if (curly)
            found.Add("curly_bracket");
        if (text.Contains("javascript", StringComparison.OrdinalIgnoreCase))
            found.Add("javascript");
        if (text.IndexOfAny(Policies) >= 0)
            found.Add("policy");
        return found;
    }

    private static ulong Hash(ReadOnlySpan<char> text)
    {
        ulong hash = 0xCBF29CE484222325UL;
        foreach (char c in text)
            hash = (hash ^ c) * 0x100000001B3UL;
        return hash;
    }
}
