namespace Syrinx.Evaluation;

/// <summary>
/// Scores replies by the words that they share with what was said: BM25 (Robertson and Zaragoza 2009, "The probabilistic relevance framework",
/// k₁ 1.2, b 0.75). What a model must beat to have understood more than words.
/// </summary>
internal sealed class WordOverlap
{
    private const double K1 = 1.2, B = 0.75;

    private readonly Dictionary<string, int> _replies = new(StringComparer.Ordinal);
    private readonly double _meanLength;
    private readonly int _count;

    /// <param name="replies">All replies, for how rare words are and how long replies.</param>
    public WordOverlap(IReadOnlyCollection<string> replies)
    {
        _count = replies.Count;
        long length = 0;
        foreach (string reply in replies)
        {
            var terms = Words.Terms(reply);
            length += terms.Count;
            foreach (string term in terms.Distinct())
                _replies[term] = _replies.GetValueOrDefault(term) + 1;
        }
        _meanLength = Math.Max(1, (double)length / Math.Max(1, _count));
    }

    /// <summary>The score of each candidate; 0 where no word is shared.</summary>
    public double[] Score(string prompt, IReadOnlyList<string> candidates)
    {
        string[] asked = [.. Words.Terms(prompt).Distinct()];
        return [.. candidates.Select(candidate =>
        {
            var terms = Words.Terms(candidate);
            var counts = terms.CountBy(t => t).ToDictionary(StringComparer.Ordinal);
            double norm = K1 * (1 - B + B * terms.Count / _meanLength);
            return asked.Sum(term => counts.TryGetValue(term, out int n) ? Rarity(term) * n * (K1 + 1) / (n + norm) : 0);
        })];
    }

    private double Rarity(string term)
    {
        int with = _replies.GetValueOrDefault(term);
        return Math.Log(1 + (_count - with + 0.5) / (with + 0.5));
    }
}
