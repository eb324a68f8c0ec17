namespace Syrinx.Search;

/// <summary>What a search found. Immutable.</summary>
public sealed record SearchResults
{
    /// <summary>The page of hits asked for, the best first.</summary>
    public required IReadOnlyList<SearchHit> Hits { get; init; }

    /// <summary>Posts that match, on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>How long it took, in milliseconds, reading the hits' texts included.</summary>
    public required double TookMs { get; init; }

    /// <summary>The query as it was understood, in the query language: what was no operator stands there as words.</summary>
    public required string Understood { get; init; }

    /// <summary>No post had all the words, so posts with most of them are shown.</summary>
    public bool Relaxed { get; init; }

    /// <summary>The query was longer than the limits of the language; its end was left out.</summary>
    public bool Shortened { get; init; }

    /// <summary>Matching posts per month (<c>2024-05</c>), the oldest first; posts without a time are not counted.</summary>
    public IReadOnlyList<FacetCount> Months { get; init; } = [];

    /// <summary>Matching posts per community, the most first, at most 50.</summary>
    public IReadOnlyList<FacetCount> Communities { get; init; } = [];

    /// <summary>Matching posts per language, the most first, at most 50.</summary>
    public IReadOnlyList<FacetCount> Languages { get; init; } = [];
}

/// <summary>How many matching posts have a value.</summary>
/// <param name="Value">The month, community or language.</param>
/// <param name="Count">Posts.</param>
public readonly record struct FacetCount(string Value, int Count);

/// <summary>A stretch of a text, in UTF-16 units.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is.</param>
public readonly record struct TextRange(int Start, int Length);
