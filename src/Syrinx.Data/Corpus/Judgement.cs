using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Corpus.Duplicates;
using Syrinx.Data.Corpus.Language;
using Syrinx.Data.Corpus.Signals;
using Syrinx.Data.Corpus.Threads;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus;

/// <summary>
/// The stages that need to see all posts: whose accounts are automated, what is a campaign, which languages stay, which copies go,
/// who has more than their share. Each post that goes gets its one reason. Used once.
/// </summary>
internal sealed class Judgement(PostTable posts, CurateSettings settings, LabelModels models, int threads, CancellationToken cancel)
{
    /// <summary>What each author does, and how automated they look.</summary>
    public AuthorScores Authors { get; private set; } = AuthorScores.None;

    /// <summary>Languages that stay, the commonest first.</summary>
    public List<string> Languages { get; private set; } = [];

    /// <summary>Accounts that look automated.</summary>
    public int BotAccounts => Authors.Bots.Count(b => b >= settings.MaxBot);

    /// <summary>Gives every post that goes its reason, but for those of whole conversations.</summary>
    /// <param name="clusters">Which posts are copies.</param>
    /// <param name="authors">All authors; enumerated once.</param>
    public void Pass(DuplicateClusters clusters, IEnumerable<Author> authors)
    {
        var byAuthor = posts.GroupBy(p => posts[p].Author);
        Authors = AuthorScores.Of(posts, byAuthor, clusters.TemplateOf, authors, models, threads, cancel);
        cancel.ThrowIfCancellationRequested();
        Campaigns.Mark(posts, clusters.TemplateOf, settings.CampaignAuthors);
        var staying = CampaignPostsThatStay();
        for (int i = 0; i < posts.Count; i++)
        {
            ref var post = ref posts[i];
            if (!post.IsKept)
                continue;
            post.Dropped =
                post.Nsfw >= settings.MaxNsfw ? DropReason.Adult
                : post.Toxicity >= settings.MaxToxicity ? DropReason.Toxic
                : post.Campaign != PostFacts.None && !staying.Contains(i) ? DropReason.Campaign
                : BotOf(post) >= settings.MaxBot ? DropReason.Bot
                : post.Spam >= settings.MaxSpam ? DropReason.Spam
                : null;
        }
        DropMinorLanguages();
        cancel.ThrowIfCancellationRequested();
        DropDuplicates(clusters);
        AuthorCap.Apply(posts, byAuthor, settings);
    }

    /// <summary>Bot score of a post's author; 0 where there is none or nothing to read.</summary>
    public float BotOf(in PostFacts post) => post.Author == PostFacts.None || !post.HasText ? 0 : Authors.Bots[post.Author];

    private HashSet<int> CampaignPostsThatStay()
    {
        if (settings.CampaignPosts == 0)
            return [];
        return [.. Enumerable.Range(0, posts.Count).Where(i => posts[i].IsKept && posts[i].Campaign != PostFacts.None)
            .GroupBy(i => posts[i].Campaign)
            .SelectMany(g => g.OrderByDescending(i => posts[i].Engagement).ThenBy(i => i).Take(settings.CampaignPosts))];
    }

    private void DropMinorLanguages()
    {
        var counts = new long[posts.Languages.Count];
        for (int i = 0; i < posts.Count; i++)
            counts[posts[i].Lang] += IsSure(posts[i]) ? 1 : 0;
        var sure = counts.Index().Where(c => c.Item > 0).Select(c => (Lang: posts.Languages[c.Index], Count: c.Item))
            .OrderByDescending(c => c.Count).ThenBy(c => c.Lang, StringComparer.Ordinal).ToList();
        long total = counts.Sum();
        Languages = [.. sure.Where((c, i) => i == 0 || c.Count >= settings.MinLanguageShare * total).Select(c => c.Lang)];
        // who writes Traditional Chinese now and then writes Cantonese
        bool[] stays = [.. posts.Languages.Select(l => Languages.Contains(l) || l == "yue" && Languages.Contains("zh-Hant"))];
        for (int i = 0; i < posts.Count; i++)
        {
            ref var post = ref posts[i];
            // a word of English under a Chinese article is how people talk
            if (IsSure(post) && !stays[post.Lang] && !IsAside(post))
                post.Dropped = DropReason.MinorLanguage;
        }
    }

    private bool IsSure(in PostFacts post) =>
        post.IsKept && post.LangScore >= settings.SureLanguage && posts.LanguageOf(post) != LanguageDetector.Undetermined;

    private bool IsAside(in PostFacts post) => post.IsReply && post.Weight < settings.ShortReply;

    // The most engaged of a cluster stays, then the earliest, then the first in the store.
    private void DropDuplicates(DuplicateClusters clusters)
    {
        var byCluster = posts.GroupBy(i => posts[i].HasText ? clusters.ClusterOf(i) : PostFacts.None);
        for (int c = 0; c < byCluster.Count; c++)
        {
            if (byCluster[c].Length < 2)
                continue;
            // "thank you" is compared within its thread only
            foreach (var members in byCluster[c].ToArray().GroupBy(i => IsAside(posts[i]) ? posts[i].Thread : (ulong?)null))
                DropCopies([.. members], clusters);
        }
    }

    private void DropCopies(List<int> members, DuplicateClusters clusters)
    {
        if (members.Count == 1)
            return;
        int best = members.Where(i => posts[i].IsKept)
            .OrderByDescending(i => posts[i].Engagement).ThenBy(i => posts[i].Time == 0 ? long.MaxValue : posts[i].Time).ThenBy(i => i)
            .FirstOrDefault(PostFacts.None);
        foreach (int i in members)
        {
            ref var post = ref posts[i];
            post.Cluster = best == PostFacts.None ? members[0] : best;
            if (post.IsKept && i != best)
                post.Dropped = clusters.AreEqual(i, best) ? DropReason.ExactDuplicate : DropReason.NearDuplicate;
        }
    }
}
