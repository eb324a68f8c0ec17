using Syrinx.Data.Posts;

namespace Syrinx.Search.Ranking;

/// <summary>
/// What a post is worth before any query: <c>score = BM25 · prior</c> with
/// <c>prior = (1 + 0.15 · 2^(−age / 180 days) + 0.15 · engagement) · (0.2 if demoted)</c>.
/// Age counts back from the newest post of the index, not from today, so that an archive ranks the same whenever it is
/// searched. The two bonuses together move a score by at most 30%: enough to order posts that match alike, too little to
/// lift one that matches worse over one that matches well.
/// </summary>
internal static class Prior
{
    /// <summary>At most this much for the newest post.</summary>
    public const double RecencyWeight = 0.15;

    /// <summary>At most this much for a post that everybody answered.</summary>
    public const double EngagementWeight = 0.15;

    /// <summary>After this many seconds the recency bonus is half.</summary>
    public const double HalfLife = 180.0 * 86_400;

    /// <summary>What is left of the score of spam, bots' and campaigns' posts: last, but to be found.</summary>
    public const double Demotion = 0.2;

    /// <summary>
    /// 0…1 on a logarithmic scale: <c>min(1, log10(1 + likes + 2·reposts + 2·quotes + replies + net votes) / 4)</c>. Full at
    /// 10,000. What a platform does not count, counts nothing.
    /// </summary>
    public static float Engagement(Post post)
    {
        double count = Positive(post.Likes) + 2 * Positive(post.Reposts) + 2 * Positive(post.Quotes)
            + Positive(post.Replies) + (post.Kind == "push" ? 0 : Positive(post.Score));
        return (float)Math.Min(1, Math.Log10(1 + count) / 4);
    }

    /// <summary>The factor on BM25.</summary>
    public static double Of(long created, long newest, double engagement, bool demoted)
    {
        double recency = created == Indexing.IndexFields.NoTime ? 0 : Math.Pow(2, -Math.Max(0, newest - created) / HalfLife);
        double prior = 1 + RecencyWeight * recency + EngagementWeight * engagement;
        return demoted ? prior * Demotion : prior;
    }

    private static double Positive(long? count) => Math.Max(0, count ?? 0);
}
