using Syrinx.Inference;

namespace Syrinx.Evaluation;

/// <summary>How varied some answers are. Words are runs of letters and digits, or single Chinese characters.</summary>
/// <param name="Answers">Answers.</param>
/// <param name="MeanWords">Words of an answer, on average.</param>
/// <param name="Empty">Share of answers without a word.</param>
/// <param name="Distinct1">Different words / words, over all answers (Li et al. 2016, <see href="https://arxiv.org/abs/1510.03055"/>). It falls with the number of
/// words, so it compares only with the same answers' worth of text.</param>
/// <param name="Distinct2">The same of neighbouring pairs.</param>
/// <param name="Identical">Share of answers that say the same as another one.</param>
/// <param name="Repetition">Share of an answer's runs of four words that were in it before, on average (after Welleck et al. 2019,
/// <see href="https://arxiv.org/abs/1908.04319"/>).</param>
public sealed record AnswerVariety(
    int Answers, double MeanWords, double Empty, double Distinct1, double Distinct2, double Identical, double Repetition)
{
    /// <summary>Measures answers.</summary>
    /// <param name="all">The words of each.</param>
    internal static AnswerVariety Of(IReadOnlyList<List<string>> all)
    {
        var spoken = all.Where(a => a.Count > 0).Select(a => string.Join(' ', a)).CountBy(a => a).ToList();
        return new(all.Count, all.Average(a => a.Count), all.Count(a => a.Count == 0) / (double)all.Count, Distinct(all, 1), Distinct(all, 2),
            spoken.Where(s => s.Value > 1).Sum(s => s.Value) / (double)all.Count, all.Average(a => 1 - Distinct([a], 4)));
    }

    /// <summary>Different runs of n words / runs; 1 where there is none.</summary>
    private static double Distinct(IReadOnlyList<List<string>> texts, int n)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int count = 0;
        foreach (var text in texts)
        {
            for (int i = 0; i + n <= text.Count; i++, count++)
                seen.Add(string.Join(' ', text.Skip(i).Take(n)));
        }
        return count == 0 ? 1 : (double)seen.Count / count;
    }
}

/// <summary>How varied a model's answers are, beside those that people gave.</summary>
/// <param name="Model">Answers that the model gave, with the sampling that chats use.</param>
/// <param name="People">The true answers, each cut to as many words as the model's answer to the same has, so that the two compare.</param>
/// <param name="PeopleMeanWords">Words of a whole true answer, on average.</param>
public sealed record Distinctness(AnswerVariety Model, AnswerVariety People, double PeopleMeanWords)
{
    private const int MostTokens = 64;

    internal static (Distinctness Result, IReadOnlyList<List<int>> Answers) Measure(
        ParallelScoring scoring, IReadOnlyList<HeldOutDialogue> dialogues, ReplyFormat format, ulong seed)
    {
        var model = scoring.Model;
        var tokenizer = model.Tokenizer!;
        var frame = new ReplyFrame(model, format);
        int most = Math.Min(MostTokens, model.ContextLength / 2);
        var answers = scoring.Map([.. Enumerable.Range(0, dialogues.Count)], "answers", (session, i) =>
        {
            // in a document the next line is somebody else's
            Func<int, bool>? ended = format == ReplyFormat.Document ? token => tokenizer.TokenBytes(token).Contains((byte)'\n') : null;
            return Writing.Continue(session, model, frame.Prompt(dialogues[i], model.ContextLength - most), most,
                new SamplingOptions { Seed = seed + (ulong)i }, ended);
        });
        List<List<string>> said = [.. answers.Select(a => Words.Of(tokenizer.Decode(a)))], people = [.. dialogues.Select(d => Words.Of(d.Reply))];
        return (new(AnswerVariety.Of(said), AnswerVariety.Of([.. people.Select((p, i) => p.Take(said[i].Count).ToList())]), people.Average(p => p.Count)), answers);
    }
}
