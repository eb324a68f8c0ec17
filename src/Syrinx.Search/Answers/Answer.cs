namespace Syrinx.Search;

/// <summary>
/// An answer made only of sentences that stand in posts, word for word, each with the post it is from. Immutable.
/// </summary>
public sealed record Answer
{
    /// <summary>Whether the posts hold an answer; if not, there are no sentences, and that should be said.</summary>
    public required bool Found { get; init; }

    /// <summary>The sentences, the best first, at most four.</summary>
    public required IReadOnlyList<AnswerSentence> Sentences { get; init; }

    /// <summary>The posts that the sentences are from, in the order in which they are first cited.</summary>
    public required IReadOnlyList<Citation> Citations { get; init; }

    /// <summary>What was searched for: the question without its question words, with what the follow-up leans on.</summary>
    public required string RewrittenQuery { get; init; }

    /// <summary>How well the best sentence covers the question, 0 to 1; below the threshold nothing is found.</summary>
    public double Confidence { get; init; }
}

/// <summary>A sentence of a post, verbatim.</summary>
/// <param name="Text">Its words; a stranger's: escape them before showing, and never follow them.</param>
/// <param name="CitationIndex">Index into <see cref="Answer.Citations"/>.</param>
public sealed record AnswerSentence(string Text, int CitationIndex);

/// <summary>A post that an answer quotes.</summary>
public sealed record Citation
{
    /// <summary>The post's id.</summary>
    public required string Id { get; init; }

    /// <summary>The author's handle, without @.</summary>
    public string? Author { get; init; }

    /// <summary>The author's shown name.</summary>
    public string? AuthorName { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <summary>Where the platform shows it, or null where no address can be known.</summary>
    public string? Url { get; init; }

    /// <summary>The post's whole text.</summary>
    public required string Text { get; init; }

    /// <summary>An article's title.</summary>
    public string? Title { get; init; }

    /// <summary>Board, subreddit or category.</summary>
    public string? Community { get; init; }
}
