// What 'syrinx eval model' measures, with the engine that serves models:
//
//   bits a byte         on held-out documents, by source and language (BitsPerByte.cs)
//   reply ranking       the true reply among 50 (ReplyRanking.cs)
//   variety of answers  (Distinctness.cs)
//   canaries            exposure and extraction (Memorization.cs)
//   verbatim copies     of training documents (VerbatimOverlap.cs)
using System.Diagnostics;
using System.Text.Json;
using Syrinx.Inference;
using Syrinx.Models;
using Syrinx.Tokens;

namespace Syrinx.Evaluation;

/// <summary>What a model is measured on.</summary>
/// <param name="Documents">Documents that it has not trained on; streamed once.</param>
/// <param name="Dialogues">Dialogues that it has not trained on; streamed once.</param>
/// <param name="TrainingTokens">The token shard of what it has trained on, of its own tokenizer; null where it is not at hand.</param>
public sealed record EvaluationInput(
    IEnumerable<HeldOutDocument> Documents, IEnumerable<HeldOutDialogue> Dialogues, TokenShard? TrainingTokens);

/// <summary>Measures a model; the file's first lines tell what.</summary>
public static class ModelEvaluation
{
    /// <summary>Dialogues that replies are taken from.</summary>
    private const int MostDialogues = 20_000;

    /// <summary>Measures a model. The numbers do not depend on <paramref name="threads"/>.</summary>
    /// <param name="model">The model, loaded for one thread; it has a tokenizer.</param>
    /// <param name="input">What to measure it on.</param>
    /// <param name="settings">How much.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Told of documents, dialogues and so on.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="InputException">The model has no tokenizer, or a setting is out of range.</exception>
    public static EvaluationReport Run(
        LanguageModel model, EvaluationInput input, EvaluationSettings settings, int threads, IProgress<StageProgress>? progress = null,
        CancellationToken cancel = default)
    {
        settings = settings.Validated();
        _ = Likelihood.Begin(model);
        string recordPath = new ModelDirectory(model.Path).RecordPath;
        var record = File.Exists(recordPath) ? ModelRecord.Read(recordPath) : null;
        var scoring = new ParallelScoring(model, threads, progress, cancel);
        var format = model.ChatTemplate is not null && (record is null || IsTuned(record)) ? ReplyFormat.Chat : ReplyFormat.Document;
        var seconds = new Dictionary<string, double>();
        var missing = new List<string>();
        ulong seed = settings.Seed;

        var documents = HeldOut.Draw(input.Documents, d => d.Id, settings.Documents, seed);
        var bits = Timed("held_out", () => HeldOutBits.Measure(scoring, documents, seed), "bits per byte: there are no held-out documents");

        var pool = HeldOut.Draw(input.Dialogues.Where(d => d.Prompt.Count > 0), d => d.Id, MostDialogues, seed);
        var replies = Timed("replies", () => settings.Dialogues == 0 ? null : ReplyRanking.Measure(scoring, pool, settings.Dialogues, settings.Candidates, format, seed),
            $"reply ranking: of {pool.Count} held-out dialogues no {ReplyCandidates.Fewest} are in one language");

        var asked = pool.Take(settings.Answers).ToList();
        IReadOnlyList<List<int>> answers = [];
        var distinctness = Timed("answers", () =>
        {
            if (asked.Count == 0)
                return null;
            (var result, answers) = Distinctness.Measure(scoring, asked, format, seed);
            return result;
        }, "variety of answers: there are no held-out dialogues");

        double? epochs = record?.More?.TryGetValue("epochs", out var e) == true && e.ValueKind == JsonValueKind.Number && !IsTuned(record) ? e.GetDouble() : null;
        var canaries = Timed("canaries", () => record?.Canaries is { PerRepetition: > 0 } set ? Memorization.Measure(scoring, set, settings.References, epochs, seed) : null,
            "canaries: the model was trained without; {\"canaries\": 10} in the recipe of 'syrinx train' puts some in");
        var verbatim = Timed("verbatim", () => input.TrainingTokens is { } shard ? VerbatimOverlap.Measure(scoring, shard, settings.Samples, answers, seed) : null,
            "verbatim copies: the tokens of its training documents are not at hand");

        return new()
        {
            Model = Path.GetFileName(Path.TrimEndingDirectorySeparator(model.Path)),
            From = record?.From,
            Parameters = model.Config.Parameters,
            Context = model.ContextLength,
            Quantization = model.Settings.Quantization?.QuantName() ?? "as stored",
            Settings = settings,
            HeldOut = bits,
            Replies = replies,
            Answers = distinctness,
            Canaries = canaries,
            Verbatim = verbatim,
            NotMeasured = missing,
            Seconds = seconds,
        };

        T? Timed<T>(string name, Func<T?> measure, string otherwise) where T : class
        {
            long started = Stopwatch.GetTimestamp();
            var result = measure();
            seconds[name] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 2);
            if (result is null)
                missing.Add(otherwise);
            return result;
        }
    }

    private static bool IsTuned(ModelRecord record) =>
        record.More?.TryGetValue("kind", out var kind) == true && kind.ValueKind == JsonValueKind.String && kind.GetString() == "tune";

    /// <summary>Writes <c>eval.json</c> into the model's folder, and the chief numbers into its <c>syrinx.json</c> where it has one.</summary>
    /// <exception cref="InputException">The folder cannot be written to.</exception>
    public static string Write(ModelDirectory directory, EvaluationReport report)
    {
        string path = Path.Combine(directory.Path, EvaluationReport.FileName);
        AtomicFile.WriteText(path, JsonSerializer.Serialize(report, EvaluationReport.Json) + "\n");
        if (File.Exists(directory.RecordPath))
        {
            var record = ModelRecord.Read(directory.RecordPath);
            (record with { Evaluations = record.Evaluations.Where(v => !report.Chief().ContainsKey(v.Key)).Concat(report.Chief()).ToDictionary() })
                .Write(directory.RecordPath);
        }
        return path;
    }
}
