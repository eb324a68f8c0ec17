namespace Syrinx.Search;

/// <summary>A post that was found. Its text is what a stranger wrote: escape it before showing. Immutable.</summary>
public sealed record SearchHit
{
    /// <summary>The post's id: <c>x:20</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it was ranked by; only the order within one search means anything.</summary>
    public required double Score { get; init; }

    /// <summary>Platform-qualified id of the author: <c>x:12</c>.</summary>
    public string? AuthorId { get; init; }

    /// <summary>The author's handle, without @.</summary>
    public string? Author { get; init; }

    /// <summary>The author's shown name.</summary>
    public string? AuthorName { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <summary>The whole text, verbatim.</summary>
    public required string Text { get; init; }

    /// <summary>An article's title.</summary>
    public string? Title { get; init; }

    /// <summary>Board, subreddit or category.</summary>
    public string? Community { get; init; }

    /// <summary>Language, by our labels where the corpus has them, else by the platform.</summary>
    public string? Language { get; init; }

    /// <summary>Where it was written: <c>x</c>, <c>ptt</c>, …</summary>
    public required string Platform { get; init; }

    /// <summary><c>post</c>, <c>article</c>, <c>push</c>, <c>web</c> or <c>encyclopedia</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Id of the conversation's first post.</summary>
    public required string ThreadId { get; init; }

    /// <summary>Id of the post that it answers.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Likes, or null where not told.</summary>
    public long? Likes { get; init; }

    /// <summary>Reposts, or null where not told.</summary>
    public long? Reposts { get; init; }

    /// <summary>Replies, or null where not told.</summary>
    public long? Replies { get; init; }

    /// <summary>Where the platform shows it, or null where no address can be known.</summary>
    public string? Url { get; init; }

    /// <summary>The platform marks it as sensitive.</summary>
    public bool Sensitive { get; init; }

    /// <summary>The corpus's labels call it spam, a bot's, or part of a campaign; it was ranked down.</summary>
    public bool Demoted { get; init; }

    /// <summary>Answers must not quote it: demoted, sensitive, adult or abusive.</summary>
    public bool Unquotable { get; init; }

    /// <summary>Where the query's words stand in <see cref="Text"/>, in order, not overlapping.</summary>
    public IReadOnlyList<TextRange> Highlights { get; init; } = [];

    /// <summary>Where the query's words stand in <see cref="Title"/>.</summary>
    public IReadOnlyList<TextRange> TitleHighlights { get; init; } = [];
}
