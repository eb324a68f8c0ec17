namespace Syrinx.Evaluation;

/// <summary>
/// Where the true reply stands among candidates that were scored. Equal scores come in a random order, and the numbers are what that order gives on
/// average: a system that cannot tell replies apart gets exactly what chance gives.
/// </summary>
/// <param name="Better">Candidates with a higher score.</param>
/// <param name="Equal">Other candidates with the same score.</param>
internal readonly record struct ReplyRank(int Better, int Equal)
{
    /// <param name="scores">The true reply's score first, then those of the others.</param>
    public static ReplyRank Of(IReadOnlyList<double> scores) => new(scores.Skip(1).Count(s => s > scores[0]), scores.Skip(1).Count(s => s == scores[0]));

    /// <summary>1 / rank.</summary>
    public double Reciprocal
    {
        get
        {
            double sum = 0;
            for (int i = 0; i <= Equal; i++)
                sum += 1.0 / (Better + 1 + i);
            return sum / (Equal + 1);
        }
    }

    /// <summary>1 where the rank is at most <paramref name="k"/>, else 0.</summary>
    public double RecallAt(int k) => Math.Clamp((k - Better) / (Equal + 1.0), 0, 1);
}
