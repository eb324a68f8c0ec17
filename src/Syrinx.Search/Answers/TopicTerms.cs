namespace Syrinx.Search.Answers;

/// <summary>
/// What the retrieved posts talk about more than all posts do, beyond the question's own words: asked for noodles, the
/// names of the shops that several people give. A term that s of P authors of the retrieved posts use, and that stands in
/// a share q of all posts, weighs <c>p · ln(p / q)</c> with <c>p = s / P</c>, its part of the Kullback–Leibler divergence
/// between the two; one author alone proves nothing. It tells an answer from chatter that stands beside it.
/// </summary>
internal sealed class TopicTerms
{
    private readonly Dictionary<string, double> _weights = [];

    /// <summary>Learns the terms.</summary>
    /// <param name="posts">Author and terms of each retrieved post.</param>
    /// <param name="shareOfAll">In what share of all posts a term stands.</param>
    public TopicTerms(IEnumerable<(string Author, IReadOnlySet<string> Terms)> posts, Func<string, double> shareOfAll)
    {
        var authors = new HashSet<string>();
        var users = new Dictionary<string, HashSet<string>>();
        foreach (var (author, terms) in posts)
        {
            authors.Add(author);
            foreach (string term in terms)
            {
                if (!users.TryGetValue(term, out var of))
                    users[term] = of = [];
                of.Add(author);
            }
        }
        foreach (var (term, of) in users)
        {
            double p = of.Count / (double)authors.Count;
            double lift = of.Count < 2 ? 0 : Math.Log(p / shareOfAll(term));
            if (lift > 0)
                _weights[term] = p * lift;
        }
    }

    /// <summary>How much of the topic a sentence's terms hold; only comparisons mean anything.</summary>
    public double In(IEnumerable<string> terms) => terms.Sum(term => _weights.GetValueOrDefault(term));
}
