using Lucene.Net.Tartarus.Snowball.Ext;

namespace Syrinx.Search.Analysis;

/// <summary>
/// Folded word → index term: Porter's English stemmer, second version (Snowball), on words of plain Latin letters; every
/// other word as it is. Words repeat, so each thread remembers what it has stemmed. Thread-safe.
/// </summary>
internal static class Stemmer
{
    /// <summary>Words remembered per thread: about 10 MB at most.</summary>
    private const int Remembered = 100_000;

    [ThreadStatic]
    private static Dictionary<string, string>? _stems;

    [ThreadStatic]
    private static EnglishStemmer? _stemmer;

    /// <summary>The term for a word that <see cref="CharacterFolding"/> has folded.</summary>
    public static string Stem(ReadOnlySpan<char> word)
    {
        var stems = _stems ??= [];
        var lookup = stems.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(word, out string? stem))
            return stem;
        if (stems.Count >= Remembered)
            stems.Clear();
        string text = word.ToString();
        stem = text;
        if (word.Length > 2 && !word.ContainsAnyExceptInRange('a', 'z'))
        {
            var stemmer = _stemmer ??= new EnglishStemmer();
            stemmer.SetCurrent(text);
            stemmer.Stem();
            stem = stemmer.Current;
        }
        stems[text] = stem;
        return stem;
    }
}
