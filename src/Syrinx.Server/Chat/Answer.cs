// Until the branch `search` is on main: the same names and members as its Answers/, so that only the using changes.
namespace Syrinx.Server.Chat;

/// <summary>An answer made only of sentences that stand in posts, word for word, each with the post it is from.</summary>
public sealed record Answer
{
    /// <summary>Whether the posts hold an answer; if not, there are no sentences, and that should be said.</summary>
    public required bool Found { get; init; }

    /// <summary>The sentences, the best first.</summary>
    public required IReadOnlyList<AnswerSentence> Sentences { get; init; }

    /// <summary>The posts that the sentences are from, in the order in which they are first cited.</summary>
    public required IReadOnlyList<Citation> Citations { get; init; }

    /// <summary>What was searched for.</summary>
    public required string RewrittenQuery { get; init; }

    /// <summary>How well the best sentence covers the question, 0 to 1.</summary>
    public double Confidence { get; init; }
}

/// <summary>A sentence of a post, verbatim.</summary>
/// <param name="Text">Its words; a stranger's: escape them before showing.</param>
/// <param name="CitationIndex">Index into <see cref="Answer.Citations"/>; shown as [index + 1].</param>
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

    /// <summary>Where the platform shows it, or null.</summary>
    public string? Url { get; init; }

    /// <summary>The post's whole text.</summary>
    public required string Text { get; init; }

    /// <summary>An article's title.</summary>
    public string? Title { get; init; }

    /// <summary>Board, subreddit or category.</summary>
    public string? Community { get; init; }
}
