namespace Syrinx.Search.Evaluation;

/// <summary>How well a ranking found what people judged relevant. Pure functions.</summary>
public static class RetrievalMetrics
{
    /// <summary>
    /// Normalised discounted cumulative gain: <c>Σ grade / log2(rank + 1)</c> over the first <paramref name="depth"/>, divided
    /// by the best ranking's (Järvelin and Kekäläinen 2002, with linear gain, as trec_eval's ndcg_cut).
    /// </summary>
    public static double Ndcg(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth)
    {
        double gain = ranking.Take(depth).Select((id, i) => Math.Max(0, grades.GetValueOrDefault(id)) / Math.Log2(i + 2)).Sum();
        double best = grades.Values.Where(g => g > 0).OrderDescending().Take(depth).Select((g, i) => g / Math.Log2(i + 2)).Sum();
        return best > 0 ? gain / best : 0;
    }

    /// <summary>Share of the relevant documents among the first <paramref name="depth"/>.</summary>
    public static double Recall(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth)
    {
        int relevant = grades.Values.Count(g => g > 0);
        return relevant == 0 ? 0 : ranking.Take(depth).Count(id => grades.GetValueOrDefault(id) > 0) / (double)relevant;
    }

    /// <summary>
    /// One over the rank of the first relevant document among the first <paramref name="depth"/>; 0 if there is none.
    /// </summary>
    public static double ReciprocalRank(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth)
    {
        for (int i = 0; i < Math.Min(depth, ranking.Count); i++)
        {
            if (grades.GetValueOrDefault(ranking[i]) > 0)
                return 1.0 / (i + 1);
        }
        return 0;
    }

    /// <summary>The value that at least this share of the sorted values does not exceed.</summary>
    public static double Percentile(IReadOnlyList<double> sorted, double share) =>
        sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
}
