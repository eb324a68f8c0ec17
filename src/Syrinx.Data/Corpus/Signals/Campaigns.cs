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

    /// <summary>Notes the campaign in each post's <see cref="PostFacts.Campaign"/>.</summary>
    /// <param name="posts">All posts.</param>
    /// <param name="templateOf">The first of the posts that say the same, numbers aside.</param>
    /// <param name="leastAuthors">A campaign has at least so many accounts.</param>
    public static void Mark(PostTable posts, Func<int, int> templateOf, int leastAuthors)
    {
        bool IsCandidate(int p) => posts[p].Author != PostFacts.None && posts[p].HasText;

        var byTemplate = posts.GroupBy(p => IsCandidate(p) ? templateOf(p) : PostFacts.None);
        for (int t = 0; t < byTemplate.Count; t++)
        {
            if (byTemplate[t].Length < leastAuthors)
                continue;
            var members = Members(posts, byTemplate[t]);
            int authors = members.Select(p => p.Author).Distinct().Count();
            if (authors < leastAuthors || members.Average(p => p.Weight) < MinWeight)
                continue;
            bool calls = members.Average(p => p.ComeOn) >= 0.3 || members.Average(p => p.Spam) >= 0.4;
            bool links = members.Count(p => p.Links > 0) * 2 > members.Count;
            if (calls || links && authors >= leastAuthors + 2 || authors >= ManyAuthors
                && members.Average(p => p.Weight) >= LongWeight && IsBurst(members))
                Name(posts, members);
        }

        // paraphrases: the words differ, the target does not
        var byHost = posts.GroupBy(p => IsCandidate(p) ? posts[p].HostNumber : PostFacts.None);
        for (int h = 0; h < byHost.Count; h++)
        {
            if (byHost[h].Length < 5)
                continue;
            var members = Members(posts, byHost[h]);
            if (members.Select(p => p.Author).Distinct().Count() < leastAuthors)
                continue;
            // of a news site or a shop that people talk about, few posts are come-ons
            if (members.Count(p => p.ComeOn >= 0.3 || p.Spam >= 0.4 || p.Campaign != PostFacts.None) >= 0.7 * members.Count)
                Name(posts, members);
        }
    }

    private static List<PostFacts> Members(PostTable posts, ReadOnlySpan<int> indices)
    {
        var members = new List<PostFacts>(indices.Length);
        foreach (int index in indices)
            members.Add(posts[index]);
        return members;
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

    private static void Name(PostTable posts, List<PostFacts> members)
    {
        int campaign = members.Select(p => p.Campaign).FirstOrDefault(c => c != PostFacts.None, members[0].Index);
        foreach (var member in members.Where(m => m.Campaign == PostFacts.None))
            posts[member.Index].Campaign = campaign;
    }
}
