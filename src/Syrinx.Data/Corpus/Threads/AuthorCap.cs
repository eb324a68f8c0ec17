namespace Syrinx.Data.Corpus.Threads;

/// <summary>
/// No one voice may fill the corpus: an author's least noted posts beyond their share are dropped. The share is a part of all
/// kept posts, but never less than a few times the even share: where there are few authors, each may have much.
/// </summary>
internal static class AuthorCap
{
    /// <summary>Marks the posts beyond the cap.</summary>
    public static void Apply(PostFacts[] posts, CurateSettings settings)
    {
        var byAuthor = posts.Where(p => p.Dropped is null && p.Author != PostFacts.None).GroupBy(p => p.Author).ToList();
        long kept = posts.LongCount(p => p.Dropped is null);
        if (byAuthor.Count == 0)
            return;
        double share = Math.Max(settings.AuthorShare, settings.AuthorEvenShares / byAuthor.Count);
        long cap = Math.Max(settings.AuthorPosts, (long)Math.Ceiling(share * kept));
        foreach (var author in byAuthor.Where(g => g.LongCount() > cap))
        {
            foreach (var post in author.OrderByDescending(p => p.Engagement).ThenBy(p => p.Time).ThenBy(p => p.Index)
                .Skip((int)cap))
                post.Dropped = DropReason.AuthorCap;
        }
    }
}
