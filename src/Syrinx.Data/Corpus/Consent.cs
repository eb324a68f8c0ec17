using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus;

/// <summary>
/// Who and what must not be learned from: authors who opted out, authors whose account is not active, posts that the export
/// allows for search only. The import drops most of them at its door; curation asks again, because lists change. Thread-safe.
/// </summary>
/// <param name="authors">All authors; those who are not active are remembered.</param>
/// <param name="optedOut">Whether an author id is on an opt-out list.</param>
internal sealed class Consent(IEnumerable<Author> authors, Func<string, bool> optedOut)
{
    private readonly HashSet<string> _notActive =
        [.. authors.Where(a => a.State != "active").Select(a => a.AuthorId)];

    /// <summary>Why the post must not be learned from, or null.</summary>
    public string? ReasonAgainst(Post post)
    {
        if (post.AuthorId is { } author)
        {
            if (optedOut(author))
                return DropReason.OptedOut;
            if (_notActive.Contains(author))
                return DropReason.AuthorState;
        }
        return post.TrainingAllowed ? null : DropReason.TrainingNotAllowed;
    }
}
