using System.Numerics;

namespace Syrinx.Data.Corpus.Signals;

/// <summary>How an author behaves over their posts in the store.</summary>
/// <param name="Posts">Posts, reposts excluded.</param>
/// <param name="PerActiveDay">Posts per day on which there are any.</param>
/// <param name="IntervalVariation">Standard deviation over mean of the times between posts; large where unknown.</param>
/// <param name="IntervalEntropy">Entropy in bits of the times between posts in half-octave bins; large where unknown.</param>
/// <param name="TemplateShare">Share of posts of which another post is a copy, or one but for its numbers.</param>
/// <param name="LinkShare">Share of posts with a link.</param>
/// <param name="HostShare">Share of the posts with a link that lead to the commonest host.</param>
/// <param name="ReplyShare">Share of posts that answer someone.</param>
/// <param name="Hours">Hours of the day, 0…24, in which there are posts.</param>
/// <param name="Spam">Mean spam score of the posts.</param>
internal readonly record struct AuthorActivity(
    int Posts, double PerActiveDay, double IntervalVariation, double IntervalEntropy, double TemplateShare, double LinkShare,
    double HostShare, double ReplyShare, int Hours, double Spam)
{
    // From so many posts on intervals, shares and hours mean something.
    private const int EnoughIntervals = 8;
    /// <summary>Stands for what too few posts tell nothing of.</summary>
    public const double Unknown = 99;

    /// <summary>Sums up one author's posts.</summary>
    /// <param name="posts">The posts.</param>
    /// <param name="isTemplate">Whether another post is the same but for numbers.</param>
    public static AuthorActivity Of(IReadOnlyList<PostFacts> posts, Func<PostFacts, bool> isTemplate)
    {
        int n = posts.Count;
        long[] times = [.. posts.Where(p => p.CreatedAt is not null).Select(p => p.Time).Order()];
        var (variation, entropy) = Intervals(times);
        int linked = posts.Count(p => p.Links > 0);
        int commonest = posts.Where(p => p.Host is not null).GroupBy(p => p.Host).Select(g => g.Count()).DefaultIfEmpty().Max();
        int days = times.Select(t => t / TimeSpan.TicksPerDay).Distinct().Count();
        uint hours = times.Aggregate(0u, (mask, t) => mask | 1u << (int)(t / TimeSpan.TicksPerHour % 24));
        return new(
            n, days == 0 ? 0 : (double)times.Length / days, variation, entropy,
            (double)posts.Count(isTemplate) / n, (double)linked / n, linked == 0 ? 0 : (double)commonest / linked,
            (double)posts.Count(p => p.IsReply) / n, BitOperations.PopCount(hours),
                posts.Average(p => (double)p.Spam));
    }

    private static (double Variation, double Entropy) Intervals(long[] times)
    {
        int n = times.Length - 1;
        if (n < EnoughIntervals)
            return (Unknown, Unknown);
        var bins = new Dictionary<int, int>();
        double sum = 0, squares = 0;
        for (int i = 0; i < n; i++)
        {
            double seconds = (times[i + 1] - times[i]) / (double)TimeSpan.TicksPerSecond;
            sum += seconds;
            squares += seconds * seconds;
            int bin = (int)(2 * Math.Log2(1 + seconds));
            bins[bin] = bins.GetValueOrDefault(bin) + 1;
        }
        double mean = sum / n;
        double variation = mean == 0 ? 0 : Math.Sqrt(Math.Max(0, squares / n - mean * mean)) / mean;
        double entropy = -bins.Values.Sum(c => (double)c / n * Math.Log2((double)c / n));
        return (variation, entropy);
    }
}
