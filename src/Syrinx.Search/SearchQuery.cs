namespace Syrinx.Search;

/// <summary>
/// One search. <see cref="Text"/> is what a person typed, operators included (docs/search.md); the other members are what a
/// program adds to it, and narrow it further. Filters decide what is found, never how it is ranked. Immutable.
/// </summary>
public sealed record SearchQuery
{
    /// <summary>The most hits that one search returns.</summary>
    public const int MaxLimit = 1000;

    /// <summary>The furthest hit that paging reaches: <see cref="Offset"/> beyond it is cut to it.</summary>
    public const int MaxOffset = 10_000;

    /// <summary>
    /// Terms and operators; anything at all may stand here, and what is no operator is searched for as it stands.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>Hits to return, 1 to <see cref="MaxLimit"/>.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>Hits to leave out at the start, for paging.</summary>
    public int Offset { get; init; }

    /// <summary>Only posts of this moment or later, UTC.</summary>
    public DateTime? Since { get; init; }

    /// <summary>Only posts before this moment, UTC.</summary>
    public DateTime? Until { get; init; }

    /// <summary>Only posts of this handle, with or without @.</summary>
    public string? Author { get; init; }

    /// <summary>Only posts of this board, subreddit or category; case does not matter.</summary>
    public string? Community { get; init; }

    /// <summary>Only posts in this language (BCP 47); <c>zh</c> includes <c>zh-Hant</c>.</summary>
    public string? Language { get; init; }

    /// <summary>What comes first. A query of filters alone is always newest first.</summary>
    public SearchOrder Order { get; init; }

    /// <summary>
    /// Shows each conversation once, by its best post. <see cref="SearchResults.Total"/> still counts every post.
    /// </summary>
    public bool CollapseThreads { get; init; }
}

/// <summary>What comes first in the results.</summary>
public enum SearchOrder
{
    /// <summary>BM25 with gentle priors for recency and engagement.</summary>
    Relevance,

    /// <summary>By time, the newest first; posts without a time last.</summary>
    Newest,
}
