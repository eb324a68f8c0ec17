using Syrinx.Inference;
using Syrinx.Models;

namespace Syrinx.Evaluation;

/// <summary>What a model remembers of canaries that it read so often.</summary>
/// <param name="Repetitions">How often each is in the text; 0: never, for comparison.</param>
/// <param name="Canaries">Canaries.</param>
/// <param name="Exposure">Mean exposure in bits.</param>
/// <param name="MedianExposure">Its median.</param>
/// <param name="MaxExposure">The greatest.</param>
/// <param name="Extracted">Canaries whose secret the model writes, word for word, when it is given what stands before it (greedy).</param>
/// <param name="ExtractedShare">Their share.</param>
public sealed record CanaryRow(
    int Repetitions, int Canaries, Estimate Exposure, double MedianExposure, double MaxExposure, int Extracted, Estimate ExtractedShare);

/// <summary>
/// Memorization after Carlini et al. 2019 (<see href="https://arxiv.org/abs/1802.08232"/>): a canary's exposure is log₂ of the number of secrets − log₂ of
/// its secret's rank among them by likelihood. Here the rank is exact among <see cref="References"/> other secrets drawn by chance and never trained on, and the
/// secret itself; nothing is extrapolated, so no exposure is above <see cref="Ceiling"/>.
/// </summary>
/// <param name="References">Other secrets.</param>
/// <param name="Ceiling">log₂(references + 1): the secret is likelier than all others.</param>
/// <param name="ByChance">What a secret that was never read gets on average.</param>
/// <param name="Epochs">How often training went through its text: a canary was read about so many times as often as it is there; null where not known.</param>
/// <param name="Rows">By repetitions, the never read first.</param>
public sealed record Memorization(int References, double Ceiling, double ByChance, double? Epochs, IReadOnlyList<CanaryRow> Rows)
{
    internal static Memorization Measure(ParallelScoring scoring, CanarySet set, int references, double? epochs, ulong seed)
    {
        int[] repetitions = [0, .. CanarySet.Repetitions];
        var canaries = repetitions.SelectMany(r => set.Of(r).Select(c => (Repetitions: r, Canary: c))).ToList();
        var others = canaries.Select(c => c.Canary.Kind).Distinct()
            .ToDictionary(k => k, k => set.Others(canaries.First(c => c.Canary.Kind == k).Canary, references).Select(scoring.Model.Tokenizer!.Encode).ToList());
        var measured = scoring.Map(canaries, "canaries", (session, item) => Measure(scoring, session, item.Canary, others[item.Canary.Kind]));
        double ceiling = Math.Log2(references + 1);
        double chance = ceiling - Enumerable.Range(1, references + 1).Average(rank => Math.Log2(rank));
        var rows = repetitions.Select(r =>
        {
            var of = measured.Where((_, i) => canaries[i].Repetitions == r).ToList();
            double[] exposures = [.. of.Select(m => m.Exposure).Order()];
            int extracted = of.Count(m => m.Extracted);
            return new CanaryRow(r, of.Count, Estimate.OfMean(exposures, seed), Median(exposures), exposures[^1], extracted, Estimate.OfShare(extracted, of.Count));
        });
        return new(references, ceiling, chance, epochs, [.. rows]);
    }

    /// <summary>log₂(candidates) − log₂(rank), where equal ones share their ranks' mean.</summary>
    /// <param name="nats">−ln p of the secret first, then of the others.</param>
    internal static double Exposure(IReadOnlyList<double> nats)
    {
        int better = nats.Skip(1).Count(n => n < nats[0]), equal = nats.Skip(1).Count(n => n == nats[0]);
        return Math.Log2(nats.Count) - Math.Log2(better + 1 + equal / 2.0);
    }

    private static (double Exposure, bool Extracted) Measure(ParallelScoring scoring, InferenceSession session, Canary canary, List<int[]> others)
    {
        var model = scoring.Model;
        int[] prefix = [Likelihood.Begin(model), .. model.Tokenizer!.Encode(canary.Prefix)], secret = model.Tokenizer.Encode(canary.Secret);
        double[] nats = Likelihood.OfContinuations(session, model, prefix, [secret, .. others], scoring.Cancel);
        return (Exposure([.. nats.Select(n => Math.Round(n, 9))]), Likelihood.Greedy(session, prefix, secret.Length).AsSpan().SequenceEqual(secret));
    }

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
