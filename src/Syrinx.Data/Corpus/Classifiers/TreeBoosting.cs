namespace Syrinx.Data.Corpus.Classifiers;

/// <summary>
/// Gradient boosting of decision trees for a yes or no (Friedman 2001; second-order gains and a side for the unknown as in XGBoost,
/// Chen and Guestrin 2016, algorithms 1 and 3). Exact thresholds, no sampling, one thread: the same rows give the same trees.
/// Meant for thousands of rows and tens of features.
/// </summary>
/// <param name="Trees">How many.</param>
/// <param name="Depth">Forks on the way to a leaf, at most.</param>
/// <param name="Rate">Share of each tree's answer that is kept.</param>
/// <param name="L2">Penalty on a leaf's answer.</param>
/// <param name="MinWeight">Least curvature, p·(1 − p) summed, in a leaf.</param>
internal sealed record TreeBoosting(int Trees = 150, int Depth = 4, double Rate = 0.08, double L2 = 2, double MinWeight = 3)
{
    /// <summary>Grows the trees.</summary>
    /// <param name="rows">Equally many numbers a row; NaN where unknown.</param>
    /// <param name="labels">Right answers.</param>
    /// <param name="importance">What each row counts.</param>
    public BoostedTrees Fit(IReadOnlyList<float[]> rows, IReadOnlyList<bool> labels, IReadOnlyList<float> importance)
    {
        int features = rows[0].Length;
        var sorted = new int[features][];
        for (int f = 0; f < features; f++)
            sorted[f] = [.. Enumerable.Range(0, rows.Count).Where(r => !float.IsNaN(rows[r][f])).OrderBy(r => rows[r][f]).ThenBy(r => r)];

        double yes = 0, all = 0;
        for (int r = 0; r < rows.Count; r++)
        {
            yes += labels[r] ? importance[r] : 0;
            all += importance[r];
        }
        float bias = (float)Math.Log(yes / (all - yes));
        var score = new double[rows.Count];
        Array.Fill(score, bias);
        var gradient = new double[rows.Count];
        var curvature = new double[rows.Count];
        List<BoostedTrees.Node> nodes = [];
        List<int> roots = [];
        var place = new int[rows.Count]; // the node that each row has come to
        for (int tree = 0; tree < Trees; tree++)
        {
            for (int r = 0; r < rows.Count; r++)
            {
                double p = 1 / (1 + Math.Exp(-score[r]));
                gradient[r] = importance[r] * (p - (labels[r] ? 1 : 0));
                curvature[r] = importance[r] * p * (1 - p);
            }
            roots.Add(nodes.Count);
            Array.Fill(place, nodes.Count);
            nodes.Add(default);
            List<int> level = [nodes.Count - 1];
            for (int depth = 0; level.Count > 0; depth++)
                level = GrowLevel(level, depth);
            for (int r = 0; r < rows.Count; r++)
                score[r] += nodes[place[r]].Value;
        }
        return new(bias, nodes, roots);

        List<int> GrowLevel(List<int> level, int depth)
        {
            int first = level[0];
            var sums = new (double G, double H)[level.Count];
            for (int r = 0; r < rows.Count; r++)
            {
                if (place[r] >= first)
                    sums[place[r] - first] = (sums[place[r] - first].G + gradient[r], sums[place[r] - first].H + curvature[r]);
            }
            var best = new Split[level.Count];
            if (depth < Depth)
            {
                for (int f = 0; f < features; f++)
                    TryFeature(f, first, sums, best);
            }
            List<int> next = [];
            for (int i = 0; i < level.Count; i++)
            {
                if (best[i].Gain <= 1e-6)
                {
                    nodes[first + i] = new(-1, (float)(-sums[i].G / (sums[i].H + L2) * Rate), 0, false);
                    continue;
                }
                nodes[first + i] = new((short)best[i].Feature, best[i].Threshold, nodes.Count, best[i].UnknownLeft);
                next.AddRange([nodes.Count, nodes.Count + 1]);
                nodes.AddRange([default, default]);
            }
            for (int r = 0; r < rows.Count && next.Count > 0; r++)
            {
                if (place[r] < first || nodes[place[r]] is not { Feature: >= 0 } fork)
                    continue;
                float x = rows[r][fork.Feature];
                place[r] = fork.Left + ((float.IsNaN(x) ? fork.UnknownLeft : x < fork.Value) ? 0 : 1);
            }
            return next;
        }

        // One pass over a feature's order serves all nodes of the level.
        void TryFeature(int f, int first, (double G, double H)[] sums, Split[] best)
        {
            var known = new (double G, double H)[sums.Length];
            foreach (int r in sorted[f])
            {
                if (place[r] >= first)
                    known[place[r] - first] = (known[place[r] - first].G + gradient[r], known[place[r] - first].H + curvature[r]);
            }
            var left = new (double G, double H, float Last, bool Any)[sums.Length];
            foreach (int r in sorted[f])
            {
                int i = place[r] - first;
                if (i < 0)
                    continue;
                float x = rows[r][f];
                var (g, h, last, any) = left[i];
                if (any && x > last)
                {
                    float threshold = last + (x - last) / 2;
                    if (threshold <= last)
                        threshold = x;
                    Consider(i, f, threshold, g, h, sums[i], false, best);
                    Consider(i, f, threshold, g + sums[i].G - known[i].G, h + sums[i].H - known[i].H, sums[i], true, best);
                }
                left[i] = (g + gradient[r], h + curvature[r], x, true);
            }
        }

        void Consider(int i, int f, float threshold, double g, double h, (double G, double H) sum, bool unknownLeft, Split[] best)
        {
            if (h < MinWeight || sum.H - h < MinWeight)
                return;
            double gain = g * g / (h + L2) + (sum.G - g) * (sum.G - g) / (sum.H - h + L2) - sum.G * sum.G / (sum.H + L2);
            if (gain > best[i].Gain)
                best[i] = new(gain, f, threshold, unknownLeft);
        }
    }

    private readonly record struct Split(double Gain, int Feature, float Threshold, bool UnknownLeft);
}
