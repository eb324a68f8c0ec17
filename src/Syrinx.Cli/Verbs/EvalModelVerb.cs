using System.CommandLine;
using System.Text;
using Syrinx.Cli.Terminal;
using Syrinx.Data.Corpus;
using Syrinx.Evaluation;
using Syrinx.Inference;
using Syrinx.Models;
using Syrinx.Tokens;
using static System.FormattableString;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx eval model</c>: what a model has learnt of the platform, how well it answers, what it gives away.</summary>
internal static class EvalModelVerb
{
    public static Command Create()
    {
        var defaults = new EvaluationSettings();
        var documents = new Option<int>("--documents")
        {
            Description = "Most held-out documents to predict",
            DefaultValueFactory = _ => defaults.Documents,
            HelpName = "N",
        };
        var dialogues = new Option<int>("--dialogues")
        {
            Description = "Most held-out dialogues to rank replies for",
            DefaultValueFactory = _ => defaults.Dialogues,
            HelpName = "N",
        };
        var command = new Command("model",
            "Measures a model on the corpus' held-out half: bits per byte by source and language, the true reply among 50, variety of its " +
            "answers, what it remembers of canaries, what it copies. Writes eval.json beside the model.\n\n" +
            "Example: syrinx eval model --model quickstart")
        {
            ModelOptions.Model, documents, dialogues, ModelOptions.Quant,
        };
        command.Runs((parse, context) =>
        {
            // the threads work on texts side by side
            using var model = ModelOptions.Load(parse, context with { Threads = 1 });
            if (File.Exists(model.Path))
                throw new InputException($"{model.Path} is a file, but the results are written into a model's folder: give one in Hugging Face layout.");
            using var training = TrainingTokens(model, context.Home);
            var settings = new EvaluationSettings
            {
                Documents = parse.GetValue(documents),
                Dialogues = parse.GetValue(dialogues),
                Seed = context.Seed,
            };
            var report = ModelEvaluation.Run(model, new(Documents(context), Dialogues(context), training), settings, context.Threads,
                context.Progress, context.Cancel);
            string path = ModelEvaluation.Write(new ModelDirectory(model.Path), report);
            return new VerbResult(report, Summary(report, path));
        });
        return command;
    }

    private static IEnumerable<HeldOutDocument> Documents(VerbContext context) =>
        CorpusFiles.ReadDocuments(context.Home.Corpus, context.Cancel).Where(d => d.Split == "val")
            .Select(d => new HeldOutDocument(d.Id, d.Text, d.Community is { } community ? $"{d.Platform}/{community}" : d.Platform, d.Lang));

    private static IEnumerable<HeldOutDialogue> Dialogues(VerbContext context) =>
        CorpusFiles.ReadDialogues(context.Home.Corpus, context.Cancel).Where(d => d.Split == "val").Select(d => new HeldOutDialogue(
            d.Id, d.Lang, [.. d.Turns.Select(t => new ChatTurn(t.Role, t.Text))], d.Posts,
            d.Posts[^1].StartsWith("ptt:", StringComparison.Ordinal) && d.Posts[^1].Contains('#', StringComparison.Ordinal) ? "推" : "↳"));

    /// <summary>The tokens of the run of the model's name, or of the home folder, if they are of the model's own tokenizer.</summary>
    private static TokenShard? TrainingTokens(LanguageModel model, HomeFolder home)
    {
        byte[] own = File.ReadAllBytes(model.TokenizerPath);
        foreach (string folder in (string[])[Path.Combine(home.Runs, Path.GetFileName(Path.TrimEndingDirectorySeparator(model.Path)), "tokens"), home.Tokens])
        {
            string shard = Path.Combine(folder, "train.bin");
            string[] tokenizers = [Path.Combine(folder, "tokenizer.json"), Path.Combine(home.Tokens, "tokenizer.json")];
            if (File.Exists(shard) && tokenizers.FirstOrDefault(File.Exists) is { } tokenizer && own.AsSpan().SequenceEqual(File.ReadAllBytes(tokenizer)))
                return TokenShard.Open(shard);
        }
        return null;
    }

    private static string Summary(EvaluationReport r, string path)
    {
        var text = new StringBuilder();
        if (r.HeldOut is { } bits)
            text.AppendLine(Invariant($"bits per byte   {Shown(bits.All.BitsPerByte)} on {bits.All.Documents} held-out documents ({bits.All.Bytes:N0} bytes)"));
        if (r.Replies is { } replies)
        {
            text.AppendLine(Invariant($"reply ranking   {replies.Dialogues} dialogues, {replies.FewestCandidates} to {replies.Candidates} candidates; as {replies.OwnFormat.ToString().ToLowerInvariant()}:"));
            foreach (string score in (string[])["chance", "word_overlap", "likelihood", "mutual_information"])
            {
                if (replies.Find(score) is { } s)
                    text.AppendLine(Invariant($"  {score.Replace('_', ' '),-20} MRR {Shown(s.Mrr)}, recall@1 {s.RecallAt1.Value:0.000}, recall@5 {s.RecallAt5.Value:0.000}"));
            }
        }
        if (r.Answers is { } answers)
            text.AppendLine(Invariant($"answers         {answers.Model.Answers}: distinct-2 {answers.Model.Distinct2:0.000} (people {answers.People.Distinct2:0.000}), identical {answers.Model.Identical:P0}, {answers.Model.MeanWords:0.0} words (people {answers.PeopleMeanWords:0.0})"));
        foreach (var row in r.Canaries?.Rows ?? [])
            text.AppendLine(Invariant($"canaries ×{row.Repetitions,-4}  exposure {Shown(row.Exposure)} of {r.Canaries!.Ceiling:0.0} bits (chance {r.Canaries.ByChance:0.00}); {row.Extracted} of {row.Canaries} extracted"));
        if (r.Verbatim is { } verbatim)
            text.AppendLine(Invariant($"copies          {verbatim.Copied} of {verbatim.Samples} samples have {verbatim.RunLength} tokens in a row of a training document; longest run {verbatim.LongestRun}"));
        foreach (string missing in r.NotMeasured)
            text.AppendLine("not measured    " + missing);
        return text.Append(path).ToString();
    }

    private static string Shown(Estimate e) => Invariant($"{e.Value:0.000}") + (e.Low is { } low ? Invariant($" [{low:0.000}, {e.High:0.000}]") : "");
}
