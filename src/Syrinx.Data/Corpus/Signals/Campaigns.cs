using Syrinx.Data.Corpus.Duplicates;

namespace Syrinx.Data.Corpus.Signals;

/// <summary>
/// Finds campaigns: the same text (numbers aside) from many accounts, or one link target that many accounts advertise. A saying,
/// a greeting or a news headline is shared by many too; so a text must be long, and either call for something or come from
/// more accounts than chance.
/// </summary>
internal static class Campaigns
{
    private const double MinWeight = 25;
    // Without link or come-on: this many accounts with this long a text, most of them within a day. A chain message that
    // neighbours hand on takes weeks, and is left to the search for duplicates.
    private const int ManyAuthors = 8;
    private const double LongWeight = 60;
    private const double BurstShare = 0.8;

    /// <summary>Names the campaign in each post's <see cref="PostFacts.Campaign"/>.</summary>
    /// <param name="posts">All posts, in order.</param>
    /// <param name="clusters">Which are copies.</param>
    /// <param name="leastAuthors">A campaign has at least so many accounts.</param>
    public static void Mark(IReadOnlyList<PostFacts> posts, DuplicateClusters clusters, int leastAuthors)
    {
        foreach (var group in posts.Where(IsCandidate).GroupBy(p => clusters.TemplateOf(p.Index)))
        {
            var members = group.ToList();
            int authors = members.Select(p => p.Author).Distinct().Count();
            if (authors < leastAuthors || members.Average(p => p.Weight) < MinWeight)
                continue;
            bool calls = members.Average(p => p.ComeOn) >= 0.3 || members.Average(p => p.Spam) >= 0.4;
            bool links = members.Count(p => p.Links > 0) * 2 > members.Count;
            if (calls || links && authors >= leastAuthors + 2 || authors >= ManyAuthors
                && members.Average(p => p.Weight) >= LongWeight && IsBurst(members))
                Name(members);
        }

        // paraphrases: the words differ, the target does not
        foreach (var group in posts.Where(p => IsCandidate(p) && p.Host is not null).GroupBy(p => p.Host, StringComparer.Ordinal))
        {
            var members = group.ToList();
            if (members.Count < 5 || members.Select(p => p.Author).Distinct().Count() < leastAuthors)
                continue;
            // of a news site or a shop that people talk about, few posts are come-ons
            if (members.Count(p => p.ComeOn >= 0.3 || p.Spam >= 0.4 || p.Campaign is not null) >= 0.7 * members.Count)
                Name(members);
        }
    }

    private static bool IsBurst(List<PostFacts> members)
    {
        long[] times = [.. members.Where(p => p.CreatedAt is not null).Select(p => p.Time).Order()];
        int most = 0;
        for (int first = 0, last = 0; last < times.Length; last++)
        {
            while (times[last] - times[first] > TimeSpan.TicksPerDay)
                first++;
            most = Math.Max(most, last - first + 1);
        }
        return most >= BurstShare * members.Count;
    }

    private static bool IsCandidate(PostFacts post) => post.Author != PostFacts.None && post.TextLength > 0;

    private static void Name(List<PostFacts> members)
    {
        string name = members.Select(p => p.Campaign).FirstOrDefault(c => c is not null) ?? "campaign:" + members[0].Id;
        foreach (var member in members)
            member.Campaign ??= name;
    }
}
