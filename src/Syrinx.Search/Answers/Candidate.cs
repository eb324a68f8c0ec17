using Syrinx.Search.Analysis;

namespace Syrinx.Search.Answers;

/// <summary>A sentence that may answer, and what speaks for it.</summary>
/// <param name="Post">The post it is from.</param>
/// <param name="Text">Its words, verbatim.</param>
/// <param name="Terms">Its terms.</param>
internal sealed record Candidate(SearchHit Post, string Text, IReadOnlySet<string> Terms)
{
    /// <summary>How much of the question it and what it stands in cover, 0 to 1.</summary>
    public required double Evidence { get; init; }

    /// <summary>How much of the question it covers by itself, 0 to 1.</summary>
    public required double Own { get; init; }

    /// <summary>How much it has of what the retrieved posts talk about (<see cref="TopicTerms"/>).</summary>
    public required double Topic { get; init; }

    /// <summary>What it is ranked by.</summary>
    public required double Score { get; init; }

    /// <summary>Whether two sentences say nearly the same: most of the shorter one's terms are in the other.</summary>
    public bool Repeats(Candidate other)
    {
        var (few, many) = Terms.Count <= other.Terms.Count ? (Terms, other.Terms) : (other.Terms, Terms);
        return few.Count(many.Contains) >= 0.7 * few.Count;
    }

    /// <summary>A text's terms without stop words.</summary>
    public static HashSet<string> TermsOf(string text) =>
        [.. TextTokenizer.Tokenize(text).Where(t => !StopWords.Contains(t.Term)).Select(t => t.Term)];
}
