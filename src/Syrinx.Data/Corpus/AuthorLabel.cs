using Syrinx.Data.Corpus.Language;
using Syrinx.Data.Corpus.Signals;

namespace Syrinx.Data.Corpus;

/// <summary>One line of <c>corpus/authors.jsonl</c>: what an author's posts say together. An author without a post that may be
/// looked at has none.</summary>
public sealed record AuthorLabel
{
    /// <summary>The author.</summary>
    public required string AuthorId { get; init; }

    /// <summary>Posts that were read: reposts and what consent keeps out are not.</summary>
    public required int Posts { get; init; }

    /// <summary>The language of most of them; <c>und</c> where none tells.</summary>
    public required string Lang { get; init; }

    /// <summary>How much the account looks automated, 0…1.</summary>
    public required double Bot { get; init; }

    /// <summary>Mean spam score, 0…1.</summary>
    public required double Spam { get; init; }

    /// <summary>Mean toxicity, 0…1.</summary>
    public required double Toxicity { get; init; }

    /// <summary>Mean adult score, 0…1.</summary>
    public required double Nsfw { get; init; }

    /// <summary>Mean quality, 0…1, as in <c>labels.jsonl</c>.</summary>
    public required double Quality { get; init; }

    /// <summary>Share of posts with personal data, 0…1.</summary>
    public required double PiiShare { get; init; }

    /// <summary>Share of posts in a cluster of duplicates, 0…1.</summary>
    public required double ClusterShare { get; init; }

    /// <summary>Posts per day on which there are any.</summary>
    public required double PerActiveDay { get; init; }

    /// <summary>Standard deviation over mean of the times between posts; null for too few posts. Clockwork is near 0.</summary>
    public required double? IntervalVariation { get; init; }

    /// <summary>Share of posts that have a copy, numbers aside, 0…1.</summary>
    public required double CopyShare { get; init; }

    /// <summary>Share of posts with a link, 0…1.</summary>
    public required double LinkShare { get; init; }

    /// <summary>Share of the posts with a link that lead to the commonest host, 0…1.</summary>
    public required double HostShare { get; init; }

    /// <summary>Share of posts that answer someone, 0…1.</summary>
    public required double ReplyShare { get; init; }

    /// <summary>Campaigns that posts belong to.</summary>
    public required IReadOnlyList<string> Campaigns { get; init; }

    /// <summary>Sums up every author who was judged, in the order of their first posts.</summary>
    internal static IEnumerable<AuthorLabel> All(PostTable posts, Judgement judgement)
    {
        var byAuthor = posts.GroupBy(i => posts[i].HasText ? posts[i].Author : PostFacts.None);
        for (int number = 0; number < byAuthor.Count; number++)
        {
            var activity = judgement.Authors.Activities[number];
            if (activity.Posts > 0)
                yield return Of(posts.Authors[number], byAuthor[number].ToArray(), activity, judgement.Authors.Bots[number], posts);
        }
    }

    private static AuthorLabel Of(string id, int[] own, AuthorActivity activity, float bot, PostTable posts) => new()
    {
        AuthorId = id,
        Posts = own.Length,
        Lang = own.Select(i => posts.LanguageOf(posts[i])).Where(l => l != LanguageDetector.Undetermined).GroupBy(l => l)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key ?? LanguageDetector.Undetermined,
        Bot = Rounded(bot),
        Spam = Rounded(own.Average(i => posts[i].Spam)),
        Toxicity = Rounded(own.Average(i => posts[i].Toxicity)),
        Nsfw = Rounded(own.Average(i => posts[i].Nsfw)),
        Quality = Rounded(own.Average(i => posts[i].Quality)),
        PiiShare = Rounded(own.Average(i => posts.PersonalDataOf(i).Count > 0 ? 1.0 : 0)),
        ClusterShare = Rounded(own.Average(i => posts[i].Cluster != PostFacts.None ? 1.0 : 0)),
        PerActiveDay = Rounded(activity.PerActiveDay),
        IntervalVariation = activity.IntervalVariation == AuthorActivity.Unknown ? null : Rounded(activity.IntervalVariation),
        CopyShare = Rounded(activity.TemplateShare),
        LinkShare = Rounded(activity.LinkShare),
        HostShare = Rounded(activity.HostShare),
        ReplyShare = Rounded(activity.ReplyShare),
        Campaigns = [.. own.Where(i => posts[i].Campaign != PostFacts.None).Select(i => "campaign:" + posts.IdOf(posts[i].Campaign))
            .Distinct().Order(StringComparer.Ordinal)],
    };

    private static double Rounded(double value) => Math.Round(value, 4);
}
