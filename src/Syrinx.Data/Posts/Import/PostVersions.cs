namespace Syrinx.Data.Posts.Import;

/// <summary>
/// Which of several versions of one post is kept: the last edited; else the one with the highest counts; else the one of
/// which more is known; else any, but always the same. A total order over contents, so the order of imports is of no
/// matter. Marks that protect people add up: a post that one version marks as sensitive or not for training stays so.
/// </summary>
internal static class PostVersions
{
    public static Post Merge(Post a, Post b)
    {
        var best = Compare(a, b) >= 0 ? a : b;
        bool sensitive = a.Sensitive || b.Sensitive;
        bool trainingAllowed = a.TrainingAllowed && b.TrainingAllowed;
        return best.Sensitive == sensitive && best.TrainingAllowed == trainingAllowed
            ? best : best with { Sensitive = sensitive, TrainingAllowed = trainingAllowed };
    }

    private static int Compare(Post a, Post b)
    {
        int byEdit = Nullable.Compare(a.EditedAt, b.EditedAt);
        if (byEdit != 0)
            return byEdit;
        int byCounts = Counts(a).CompareTo(Counts(b));
        if (byCounts != 0)
            return byCounts;
        int byKnown = Known(a).CompareTo(Known(b));
        if (byKnown != 0)
            return byKnown;
        int byContent = Unmarked(a).CompareTo(Unmarked(b));
        return byContent != 0 ? byContent : -string.CompareOrdinal(a.Source, b.Source);
    }

    private static UInt128 Unmarked(Post p) => PostBinary.ContentHash(p with { Sensitive = false, TrainingAllowed = true });

    private static double Counts(Post p) =>
        (double)(p.Likes ?? 0) + (p.Reposts ?? 0) + (p.Replies ?? 0) + (p.Quotes ?? 0) + (p.Views ?? 0)
        + Math.Abs((double)(p.Score ?? 0));

    private static int Known(Post p)
    {
        int known = p.Urls.Count + p.Hashtags.Count + p.Mentions.Count;
        foreach (object? field in (object?[])[p.Community, p.AuthorId, p.Author, p.CreatedAt, p.Title, p.Lang, p.Client, p.ReplyTo,
            p.QuoteOf, p.RepostOf, p.Likes, p.Reposts, p.Replies, p.Quotes, p.Views, p.Score])
            known += field is null ? 0 : 1;
        return known + (p.ThreadId == p.Id ? 0 : 1);
    }

    /// <summary>
    /// Which of two descriptions of an author is kept: the one with more posts, for that number mostly grows; else the one
    /// of which more is known; else any, but always the same.
    /// </summary>
    public static Author Merge(Author a, Author b)
    {
        int order = Nullable.Compare(a.Posts, b.Posts);
        if (order == 0)
            order = Known(a).CompareTo(Known(b));
        if (order == 0)
            order = string.CompareOrdinal(a.ToString(), b.ToString());
        return order >= 0 ? a : b;
    }

    private static int Known(Author a)
    {
        int known = 0;
        foreach (object? field in (object?[])[a.Name, a.Description, a.CreatedAt, a.Followers, a.Following, a.Posts, a.Likes, a.Listed,
            a.DefaultProfile, a.Url, a.Location])
            known += field is null ? 0 : 1;
        return known;
    }
}
