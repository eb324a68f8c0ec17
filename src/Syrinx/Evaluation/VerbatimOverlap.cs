using Syrinx.Inference;
using Syrinx.Tokens;

namespace Syrinx.Evaluation;

/// <summary>How much of what a model writes stands in its training documents, word for word.</summary>
/// <param name="RunLength">N: tokens in a row that count as copied.</param>
/// <param name="Samples">Texts that the model wrote from nothing (top-k 40 at temperature 1, as Carlini et al. 2021, <see href="https://arxiv.org/abs/2012.07805"/>).</param>
/// <param name="LongEnough">Those with N tokens or more; others cannot hold such a run.</param>
/// <param name="SampleTokens">Tokens of all samples.</param>
/// <param name="Copied">Samples with a run of N tokens or more that a training document has, too.</param>
/// <param name="Share">Their share of all samples.</param>
/// <param name="LongestRun">The longest run in tokens; 0 where there is none of N.</param>
/// <param name="AnswersCopied">The same among the answers of the dialogues.</param>
/// <param name="TrainingTokens">Tokens that were searched.</param>
public sealed record VerbatimOverlap(
    int RunLength, int Samples, int LongEnough, long SampleTokens, int Copied, Estimate Share, int LongestRun, int AnswersCopied, long TrainingTokens)
{
    private const int Run = 50;
    private const int MostTokens = 256;

    internal static VerbatimOverlap Measure(
        ParallelScoring scoring, TokenShard training, int samples, IReadOnlyList<IReadOnlyList<int>> answers, ulong seed)
    {
        var model = scoring.Model;
        int begin = Likelihood.Begin(model);
        var written = scoring.Map([.. Enumerable.Range(0, samples)], "samples", (session, i) => Writing.Continue(session, model, [begin], MostTokens,
            new SamplingOptions { Temperature = 1, TopK = 40, TopP = 1, Seed = seed + 1_000_000 + (ulong)i }));
        int end = model.Tokenizer!.RequiredTokenId(BpeTokenizer.EndOfText);
        int[] longest = new VerbatimRuns([.. written, .. answers], Run).Longest(training, end, scoring.Progress, scoring.Cancel);
        int copied = longest.Take(samples).Count(l => l > 0);
        return new(Run, samples, written.Count(w => w.Count >= Run), written.Sum(w => (long)w.Count), copied, Estimate.OfShare(copied, samples),
            longest.Take(samples).DefaultIfEmpty().Max(), longest.Skip(samples).Count(l => l > 0), training.Count);
    }
}
