namespace Syrinx.Data.Posts;

/// <summary>
/// One public post of any platform, as every later stage reads it. Property names in snake_case are the Parquet columns
/// and the JSONL fields (see docs/formats.md). Counts that the platform did not tell are null, never 0.
/// </summary>
public sealed record Post
{
    /// <summary>Platform-qualified: <c>x:20</c>, <c>ptt:Stock/M.1681342</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Where it was written: <c>x</c>, <c>ptt</c>, <c>reddit</c>, …</summary>
    public required string Platform { get; init; }

    /// <summary><c>post</c>, <c>article</c>, <c>push</c>, <c>web</c> or <c>encyclopedia</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Board, subreddit or category; null on X.</summary>
    public string? Community { get; init; }

    /// <summary>Platform-qualified: <c>x:12</c>; null where the export names no author.</summary>
    public string? AuthorId { get; init; }

    /// <summary>The author's handle, without @.</summary>
    public string? Author { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <summary>When its author last changed it, UTC; null where the platform does not tell, or where nobody did.</summary>
    public DateTime? EditedAt { get; init; }

    /// <summary>Plain text, NFC, entities decoded.</summary>
    public required string Text { get; init; }

    /// <summary>An article's title.</summary>
    public string? Title { get; init; }

    /// <summary>The platform's own idea of the language (BCP 47), not ours.</summary>
    public string? Lang { get; init; }

    /// <summary>The program it was written with.</summary>
    public string? Client { get; init; }

    /// <summary>Id of the post that this one answers.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Id of the post that this one quotes.</summary>
    public string? QuoteOf { get; init; }

    /// <summary>Id of the post that this one repeats; then the text is empty.</summary>
    public string? RepostOf { get; init; }

    /// <summary>Id of the conversation's first post, as far as known.</summary>
    public required string ThreadId { get; init; }

    /// <summary>Likes, or null where not told.</summary>
    public long? Likes { get; init; }

    /// <summary>Reposts, or null where not told.</summary>
    public long? Reposts { get; init; }

    /// <summary>Replies, or null where not told.</summary>
    public long? Replies { get; init; }

    /// <summary>Quotes, or null where not told.</summary>
    public long? Quotes { get; init; }

    /// <summary>Views, or null where not told.</summary>
    public long? Views { get; init; }

    /// <summary>Net votes; +1, 0 or −1 for a PTT push.</summary>
    public long? Score { get; init; }

    /// <summary>Links, expanded.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>Hashtags without #.</summary>
    public IReadOnlyList<string> Hashtags { get; init; } = [];

    /// <summary>Handles without @.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];

    /// <summary>The platform marks it as sensitive.</summary>
    public bool Sensitive { get; init; }

    /// <summary>False: for search only, never in a corpus.</summary>
    public bool TrainingAllowed { get; init; } = true;

    /// <summary>File and position it was read from.</summary>
    public required string Source { get; init; }
}
