using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus;

/// <summary>
/// Who and what must not be learned from: authors who opted out, authors whose account is not active, posts that the export
/// allows for search only. The import drops most of them at its door; curation asks again, because lists change. Thread-safe.
/// </summary>
/// <param name="authors">All authors by id.</param>
/// <param name="optedOut">Whether an author id is on an opt-out list.</param>
internal sealed class Consent(IReadOnlyDictionary<string, Author> authors, Func<string, bool> optedOut)
{
    /// <summary>Why the post must not be learned from, or null.</summary>
    public string? ReasonAgainst(Post post)
    {
        if (post.AuthorId is { } author)
        {
            if (optedOut(author))
                return DropReason.OptedOut;
            if (authors.TryGetValue(author, out var known) && known.State != "active")
                return DropReason.AuthorState;
        }
        return post.TrainingAllowed ? null : DropReason.TrainingNotAllowed;
    }
}
