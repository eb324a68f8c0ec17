using Syrinx.Inference;

namespace Syrinx.Evaluation;

/// <summary>How well one way of scoring ranks replies.</summary>
/// <param name="Score"><c>likelihood</c> (−ln p a token), <c>mutual_information</c> (how much more likely after what was said than by itself),
/// <c>word_overlap</c> (BM25) or <c>chance</c> (computed, not measured).</param>
/// <param name="Format">How dialogues were put to the model; null where there is none.</param>
/// <param name="Mrr">Mean of 1 / rank of the true reply.</param>
/// <param name="RecallAt1">Share of dialogues with the true reply first.</param>
/// <param name="RecallAt5">Share with it among the first five.</param>
/// <param name="ReciprocalRanks">1 / rank of each dialogue, in the order of <see cref="ReplyRanking.Fingerprint"/>: to compare pairwise.</param>
public sealed record RankingScore(
    string Score, ReplyFormat? Format, Estimate Mrr, Estimate RecallAt1, Estimate RecallAt5, IReadOnlyList<double> ReciprocalRanks)
{
    /// <summary>Whether the score needs no model.</summary>
    internal bool IsBaseline => Format is null;
}

/// <summary>Reply ranking for the dialogues of one language.</summary>
/// <param name="Language">The language.</param>
/// <param name="Dialogues">Dialogues.</param>
/// <param name="Candidates">Replies of each, on average.</param>
/// <param name="Chance">MRR by chance.</param>
/// <param name="Mrr">Of the model's own format, by likelihood.</param>
/// <param name="MrrByInformation">The same by mutual information.</param>
public sealed record LanguageRanking(string Language, int Dialogues, double Candidates, double Chance, Estimate Mrr, Estimate MrrByInformation);

/// <summary>Whether a model can tell the true reply from others.</summary>
/// <param name="Dialogues">Held-out dialogues.</param>
/// <param name="Candidates">Replies of each, the true one included.</param>
/// <param name="FewestCandidates">The same where a language has fewer held-out replies than were wanted.</param>
/// <param name="LeftOut">Dialogues whose language has too few replies.</param>
/// <param name="CutPrompts">Dialogues that did not fit into the context in the model's own format, and lost their beginning or end.</param>
/// <param name="OwnFormat">The format that the model was taught.</param>
/// <param name="Scores">All ways of scoring.</param>
/// <param name="ByLanguage">By language, the most dialogues first.</param>
/// <param name="Fingerprint">Names dialogues and candidates; results with the same name compare.</param>
public sealed record ReplyRanking(
    int Dialogues, int Candidates, int FewestCandidates, int LeftOut, int CutPrompts, ReplyFormat OwnFormat, IReadOnlyList<RankingScore> Scores,
    IReadOnlyList<LanguageRanking> ByLanguage, string Fingerprint)
{
    private const int RepliesAtOnce = 16;

    /// <summary>The score by a name in the model's own format, or of a baseline.</summary>
    public RankingScore? Find(string score) => Scores.FirstOrDefault(s => s.Score == score && (s.IsBaseline || s.Format == OwnFormat));

    internal static ReplyRanking? Measure(ParallelScoring scoring, IReadOnlyList<HeldOutDialogue> pool, int wanted, int count, ReplyFormat own, ulong seed)
    {
        var (tasks, leftOut) = ReplyCandidates.Find(pool, wanted, count, seed);
        if (tasks.Count == 0)
            return null;
        var overlap = new WordOverlap([.. pool.Select(d => d.Reply)]);
        var scores = new List<RankingScore>
        {
            Scored("chance", null, tasks.Select(t => new double[t.Candidates.Count]), seed),
            Scored("word_overlap", null, tasks.Select(t => overlap.Score(string.Join('\n', t.Dialogue.Prompt.Select(turn => turn.Text)), t.Candidates)), seed),
        };
        int cut = 0;
        foreach (var format in scoring.Model.ChatTemplate is null ? [ReplyFormat.Document] : (ReplyFormat[])[own, own == ReplyFormat.Chat ? ReplyFormat.Document : ReplyFormat.Chat])
        {
            var (likelihood, information, cutHere) = Score(scoring, tasks, format);
            scores.Add(Scored("likelihood", format, likelihood, seed));
            scores.Add(Scored("mutual_information", format, information, seed));
            if (format == own)
                cut = cutHere;
        }
        var likelihoods = scores.First(s => s.Score == "likelihood" && s.Format == own).ReciprocalRanks;
        var informations = scores.First(s => s.Score == "mutual_information" && s.Format == own).ReciprocalRanks;
        var byLanguage = Enumerable.Range(0, tasks.Count).GroupBy(i => tasks[i].Dialogue.Language)
            .Select(g => new LanguageRanking(g.Key, g.Count(), g.Average(i => tasks[i].Candidates.Count), g.Average(i => new ReplyRank(0, tasks[i].Candidates.Count - 1).Reciprocal), Mean(g, likelihoods, seed), Mean(g, informations, seed)))
            .OrderByDescending(l => l.Dialogues).ThenBy(l => l.Language, StringComparer.Ordinal);
        return new(tasks.Count, tasks.Max(t => t.Candidates.Count), tasks.Min(t => t.Candidates.Count), leftOut, cut, own, scores, [.. byLanguage],
            HeldOut.Fingerprint(tasks.SelectMany(t => t.Candidates.Prepend(t.Dialogue.Id))));
    }

    private static Estimate Mean(IEnumerable<int> of, IReadOnlyList<double> values, ulong seed) => Estimate.OfMean([.. of.Select(i => values[i])], seed);

    private static (double[][] Likelihood, double[][] Information, int Cut) Score(ParallelScoring scoring, List<RankingTask> tasks, ReplyFormat format)
    {
        var model = scoring.Model;
        var frame = new ReplyFrame(model, format);
        int longest = model.ContextLength / 2;

        // each reply by itself, once, however many dialogues it is a candidate of
        var replies = tasks.SelectMany(t => t.Candidates.Select(c => (Text: c, t.Dialogue.Mark))).Distinct().ToList();
        var alone = new Dictionary<(string Text, string Mark), double>();
        var parts = replies.GroupBy(r => r.Mark).SelectMany(g => g.Chunk(RepliesAtOnce)).ToList();
        var nats = scoring.Map(parts, "replies by themselves", (session, part) => Likelihood.OfContinuations(session, model, frame.Nothing(part[0].Mark),
            [.. part.Select(r => frame.Reply(r.Text, r.Mark, longest))], scoring.Cancel));
        for (int p = 0; p < parts.Count; p++)
        {
            for (int i = 0; i < parts[p].Length; i++)
                alone[parts[p][i]] = nats[p][i];
        }

        var scored = scoring.Map(tasks, "dialogues", (session, task) =>
        {
            string mark = task.Dialogue.Mark;
            List<int[]> candidates = [.. task.Candidates.Select(c => frame.Reply(c, mark, longest))];
            int room = model.ContextLength - candidates.Max(c => c.Length);
            int[] whole = frame.Prompt(task.Dialogue, int.MaxValue), prompt = whole.Length <= room ? whole : frame.Prompt(task.Dialogue, room);
            double[] after = Likelihood.OfContinuations(session, model, prompt, candidates, scoring.Cancel);
            // rounded: a model that finds all tokens equally likely must not be told apart by the order of additions
            return (Likelihood: after.Select((n, i) => Math.Round(-n / Math.Max(1, candidates[i].Length), 9)).ToArray(),
                Information: after.Select((n, i) => Math.Round(alone[(task.Candidates[i], mark)] - n, 9)).ToArray(), Cut: whole.Length > room);
        });
        return ([.. scored.Select(s => s.Likelihood)], [.. scored.Select(s => s.Information)], scored.Count(s => s.Cut));
    }

    private static RankingScore Scored(string name, ReplyFormat? format, IEnumerable<double[]> scores, ulong seed)
    {
        List<ReplyRank> ranks = [.. scores.Select(s => ReplyRank.Of(s))];
        Estimate Of(Func<ReplyRank, double> value) => name == "chance" ? new(ranks.Average(value), null, null) : Estimate.OfMean([.. ranks.Select(value)], seed);
        return new(name, format, Of(r => r.Reciprocal), Of(r => r.RecallAt(1)), Of(r => r.RecallAt(5)),
            name == "chance" ? [] : [.. ranks.Select(r => Math.Round(r.Reciprocal, 6))]);
    }
}
