namespace Syrinx.Data.Corpus.Classifiers;

/// <summary>
/// Logistic regression with an L2 penalty over sparse rows, solved by L-BFGS (Nocedal and Wright, algorithm 7.5): no learning rate,
/// no shuffling, one thread, so the same rows give the same weights to the bit.
/// </summary>
internal static class LogisticRegression
{
    private const int Memory = 8;
    private const int MaxIterations = 100;

    /// <summary>Fits the weights.</summary>
    /// <param name="rows">Of each row the buckets that are 1 before scaling; a bucket that stands twice counts twice.</param>
    /// <param name="scales">What a bucket counts in each row.</param>
    /// <param name="labels">Right answers.</param>
    /// <param name="importance">What each row counts.</param>
    /// <param name="dimensions">Number of buckets.</param>
    /// <param name="l2">Strength of the penalty on the weights (not on the bias), per unit of importance.</param>
    /// <returns>A weight per bucket, and the bias.</returns>
    public static (float[] Weights, float Bias) Fit(
        IReadOnlyList<int[]> rows, IReadOnlyList<float> scales, IReadOnlyList<bool> labels, IReadOnlyList<float> importance,
        int dimensions, double l2)
    {
        double total = 0;
        foreach (float i in importance)
            total += i;
        var x = new double[dimensions + 1]; // the bias is last
        var gradient = new double[x.Length];
        double loss = Loss(x, gradient);
        var steps = new List<(double[] Step, double[] Change, double Rho)>();
        var direction = new double[x.Length];
        var next = new double[x.Length];
        var nextGradient = new double[x.Length];
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            Direction();
            double slope = Dot(direction, gradient);
            double length = steps.Count == 0 ? 1 / Math.Max(1e-12, Math.Sqrt(Dot(gradient, gradient))) : 1;
            double nextLoss;
            while (true)
            {
                for (int i = 0; i < x.Length; i++)
                    next[i] = x[i] + length * direction[i];
                nextLoss = Loss(next, nextGradient);
                if (nextLoss <= loss + 1e-4 * length * slope || length < 1e-10)
                    break;
                length /= 2;
            }
            Remember();
            double gain = loss - nextLoss;
            (x, next) = (next, x);
            (gradient, nextGradient) = (nextGradient, gradient);
            loss = nextLoss;
            if (gain < 1e-7 * Math.Abs(loss))
                break;
        }
        return ([.. x.Take(dimensions).Select(w => (float)w)], (float)x[dimensions]);

        double Loss(double[] at, double[] slope)
        {
            double sum = 0;
            for (int i = 0; i < dimensions; i++)
            {
                slope[i] = l2 * at[i];
                sum += l2 / 2 * at[i] * at[i];
            }
            slope[dimensions] = 0;
            for (int r = 0; r < rows.Count; r++)
            {
                int[] row = rows[r];
                double scale = scales[r], z = 0;
                foreach (int bucket in row)
                    z += at[bucket];
                z = z * scale + at[dimensions];
                double margin = labels[r] ? z : -z;
                sum += importance[r] / total * (margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin);
                double error = importance[r] / total * (1 / (1 + Math.Exp(-z)) - (labels[r] ? 1 : 0));
                double step = error * scale;
                foreach (int bucket in row)
                    slope[bucket] += step;
                slope[dimensions] += error;
            }
            return sum;
        }

        // The two-loop recursion.
        void Direction()
        {
            for (int i = 0; i < x.Length; i++)
                direction[i] = -gradient[i];
            var alpha = new double[steps.Count];
            for (int s = steps.Count - 1; s >= 0; s--)
            {
                alpha[s] = steps[s].Rho * Dot(steps[s].Step, direction);
                AddScaled(direction, steps[s].Change, -alpha[s]);
            }
            if (steps.Count > 0)
            {
                var (_, change, rho) = steps[^1];
                double scale = 1 / (rho * Dot(change, change));
                for (int i = 0; i < direction.Length; i++)
                    direction[i] *= scale;
            }
            for (int s = 0; s < steps.Count; s++)
                AddScaled(direction, steps[s].Step, alpha[s] - steps[s].Rho * Dot(steps[s].Change, direction));
        }

        void Remember()
        {
            var step = new double[x.Length];
            var change = new double[x.Length];
            for (int i = 0; i < x.Length; i++)
            {
                step[i] = next[i] - x[i];
                change[i] = nextGradient[i] - gradient[i];
            }
            double curvature = Dot(step, change);
            if (curvature <= 1e-14)
                return;
            if (steps.Count == Memory)
                steps.RemoveAt(0);
            steps.Add((step, change, 1 / curvature));
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static void AddScaled(double[] a, double[] b, double scale)
    {
        for (int i = 0; i < a.Length; i++)
            a[i] += scale * b[i];
    }
}
