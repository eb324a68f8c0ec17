namespace Syrinx.Data.Corpus.Classifiers;

/// <summary>Area under the ROC curve: the chance that a positive row scores above a negative one, ties counting half.</summary>
internal static class RocAuc
{
    /// <summary>Computes the area by ranks (Mann and Whitney); NaN where one of the classes is empty.</summary>
    public static double Of(IEnumerable<(double Score, bool Positive)> rows)
    {
        double ranks = 0;
        long below = 0, positives = 0;
        foreach (var group in rows.GroupBy(r => r.Score).OrderBy(g => g.Key))
        {
            long count = 0, positive = 0;
            foreach (var (_, isPositive) in group)
            {
                count++;
                positive += isPositive ? 1 : 0;
            }
            ranks += positive * (below + (count + 1) / 2.0);
            below += count;
            positives += positive;
        }
        long negatives = below - positives;
        return positives == 0 || negatives == 0 ? double.NaN
            : (ranks - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }
}
