using Syrinx.Data.Corpus.Text;

namespace Syrinx.Data.Corpus.Duplicates;

/// <summary>
/// Invented texts among which near duplicates of known similarity are planted: the first rows have partners among the last. Every
/// row is worked out from its number, so a million need no memory. English-looking and Chinese-looking texts in turn. Thread-safe.
/// </summary>
/// <param name="count">Rows.</param>
/// <param name="pairs">Planted pairs of each level.</param>
internal sealed class PlantedRows(int count, int pairs)
{
    /// <summary>Jaccard similarities of the planted pairs; 1 differs in case and punctuation only.</summary>
    public static IReadOnlyList<double> Levels { get; } = [1, 0.9, 0.8, 0.5];

    private const double Tolerance = 0.012;
    private static readonly string[] Syllables =
        [.. from c in "b c d f g h k l m n p r s t v w st tr pl gr".Split(' ') from v in "a e i o u ai ea ou".Split(' ') select c + v];

    public int Count => count;

    public int Pairs => pairs * Levels.Count;

    /// <summary>The level of the p-th pair.</summary>
    public static double LevelOf(int pair) => Levels[pair % Levels.Count];

    /// <summary>The rows of the p-th pair.</summary>
    public (int First, int Second) RowsOf(int pair) => (pair, count - 1 - pair);

    public string Text(int row)
    {
        int pair = count - 1 - row;
        if (pair >= Pairs)
            return Text(row, planted: row < Pairs);
        string first = Text(pair, planted: true);
        return LevelOf(pair) == 1 ? "  " + first.ToUpperInvariant().Replace(" ", ", ", StringComparison.Ordinal) + "!!" : Edited(first, LevelOf(pair), pair);
    }

    /// <summary>The similarity by which rows are judged: of the sets of character 5-grams, normalised.</summary>
    public static double Jaccard(string a, string b) =>
        Shingles.Jaccard(Shingles.Of(TextNormalizer.Normalize(a)), Shingles.Of(TextNormalizer.Normalize(b)));

    // Long enough that one changed letter changes the similarity by less than twice the tolerance.
    private static string Text(int row, bool planted)
    {
        var random = new Random(row * 7919 + 17);
        int length = planted ? random.Next(450, 600) : random.Next(20, 500);
        return row % 2 == 0 ? English(random, length) : new string([.. Enumerable.Range(0, length).Select(_ => Han(random))]);
    }

    private static string English(Random random, int length)
    {
        var text = new System.Text.StringBuilder(length + 20);
        while (text.Length < length)
        {
            for (int s = random.Next(1, 4); s >= 0; s--)
                text.Append(Syllables[random.Next(Syllables.Length)]);
            text.Append(' ');
        }
        return text.ToString().TrimEnd();
    }

    private static char Han(Random random) => (char)('\u4E00' + random.Next(3000));

    /// <summary>Changes one character after another until the similarity is what it should be.</summary>
    private static string Edited(string text, double level, int pair)
    {
        for (int attempt = 0; ; attempt++)
        {
            var random = new Random(pair * 31 + attempt);
            char[] edited = text.ToCharArray();
            double similarity = 1;
            while (similarity > level + Tolerance)
            {
                int at = random.Next(edited.Length);
                if (edited[at] != ' ')
                    edited[at] = edited[at] < '\u0080' ? (char)('a' + random.Next(26)) : Han(random);
                similarity = Jaccard(text, new string(edited));
            }
            if (similarity >= level - Tolerance)
                return new string(edited);
        }
    }
}
