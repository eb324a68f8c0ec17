using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus;

/// <summary>What a corpus is made of.</summary>
public sealed record CurateSource
{
    /// <summary>The posts, in the store's order; enumerated once.</summary>
    public required IEnumerable<Post> Posts { get; init; }

    /// <summary>How many there are, for progress; null where unknown.</summary>
    public long? Count { get; init; }

    /// <summary>Their authors, as far as known, each once; enumerated twice.</summary>
    public IEnumerable<Author> Authors { get; init; } = [];

    /// <summary>Names the posts, as <see cref="PostStore.Fingerprint"/> does; goes into the card.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The posts and authors of a store.</summary>
    public static CurateSource Of(PostStore store, CancellationToken cancel) => new()
    {
        Posts = store.ReadPosts(cancel),
        Count = store.PostCount,
        Authors = store.StreamAuthors(),
        Fingerprint = store.Fingerprint,
    };
}
