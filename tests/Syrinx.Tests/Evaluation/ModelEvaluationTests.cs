using System.Text.Json;
using Syrinx.Evaluation;
using Syrinx.Inference;
using Syrinx.Models;
using Syrinx.Tokens;

namespace Syrinx.Tests.Evaluation;

public class ModelEvaluationTests
{
    [Fact]
    public void A_model_that_knows_nothing_gets_what_mathematics_says()
    {
        using var folder = new TemporaryFolder();
        using var model = ToyCorpus.Uniform(folder);
        var report = ModelEvaluation.Run(model, new(ToyCorpus.Documents, ToyCorpus.Dialogues, null), ToyCorpus.Few, 2);

        // each token costs log₂ V bits
        foreach (var group in report.HeldOut!.BySource.Concat(report.HeldOut.ByLanguage).Append(report.HeldOut.All))
            Assert.Equal(group.Tokens * Math.Log2(303) / group.Bytes, group.BitsPerByte.Value, 1e-6);
        Assert.Equal([("x", 20), ("ptt/Food", 10)], report.HeldOut.BySource.Select(g => (g.Name, g.Documents)));
        Assert.Equal([("en", 24), ("zh-Hant", 6)], report.HeldOut.ByLanguage.Select(g => (g.Name, g.Documents)));
        Assert.Equal(report.HeldOut.All.Bytes, report.HeldOut.BySource.Sum(g => g.Bytes));
        Assert.Null(report.HeldOut.ByLanguage[1].BitsPerByte.Low); // six documents tell no interval
        Assert.InRange(report.HeldOut.All.BitsPerByte.Value, report.HeldOut.All.BitsPerByte.Low!.Value, report.HeldOut.All.BitsPerByte.High!.Value);

        // all replies are as good: by chance, to the digit; the mutual information is 0 everywhere
        var replies = report.Replies!;
        double chance = Enumerable.Range(1, 22).Sum(rank => 1.0 / rank) / 22;
        Assert.Equal((22, 22, 22, 2), (replies.Dialogues, replies.Candidates, replies.FewestCandidates, replies.LeftOut)); // two in French
        Assert.Equal(6, replies.Scores.Count);
        Assert.All(replies.Scores.Where(s => s.Score != "word_overlap"), s => Assert.Equal(chance, s.Mrr.Value, 1e-6));
        Assert.All(replies.Scores.Where(s => s.Score != "word_overlap"), s => Assert.Equal(5.0 / 22, s.RecallAt5.Value, 1e-6));
        Assert.True(replies.Find("word_overlap")!.Mrr.Value > 0.5, "the replies repeat words of what was said");

        // the digits' secrets are all as likely: the middle rank of 64
        var canaries = report.Canaries!;
        Assert.Equal([0, 1, 10, 100], canaries.Rows.Select(r => r.Repetitions));
        Assert.Equal(6, canaries.Ceiling);
        Assert.All(canaries.Rows, r => Assert.Equal(0, r.Extracted));
        Assert.Contains(report.NotMeasured, m => m.StartsWith("verbatim copies", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_model_and_corpus_give_the_same_numbers_whatever_the_threads_and_the_order()
    {
        using var folder = new TemporaryFolder();
        using var model = ToyCorpus.Random(folder);
        string Measured(int threads, bool reversed)
        {
            var report = ModelEvaluation.Run(model, new(reversed ? ToyCorpus.Documents.Reverse() : ToyCorpus.Documents,
                reversed ? ToyCorpus.Dialogues.Reverse() : ToyCorpus.Dialogues, null), ToyCorpus.Few with { Documents = 20, Dialogues = 15 }, threads);
            return JsonSerializer.Serialize(report with { Seconds = new Dictionary<string, double>() }, EvaluationReport.Json);
        }
        string one = Measured(1, false);
        Assert.Equal(one, Measured(3, false));
        Assert.Equal(one, Measured(2, true));
    }

    [Fact]
    public void Results_are_read_back_and_stand_in_the_models_record_beside_those_of_training()
    {
        using var folder = new TemporaryFolder();
        using var model = ToyCorpus.Uniform(folder);
        var record = ModelRecord.Read(new ModelDirectory(model.Path).RecordPath);
        (record with { Evaluations = new Dictionary<string, double> { ["val_loss"] = 3, ["reply_mrr"] = 1 } }).Write(new ModelDirectory(model.Path).RecordPath);
        var report = ModelEvaluation.Run(model, new(ToyCorpus.Documents, ToyCorpus.Dialogues, null), ToyCorpus.Few, 2);
        ModelEvaluation.Write(new ModelDirectory(model.Path), report);
        var read = EvaluationReport.TryRead(model.Path)!;
        Assert.Equal(JsonSerializer.Serialize(report, EvaluationReport.Json), JsonSerializer.Serialize(read, EvaluationReport.Json));
        var evaluations = ModelRecord.Read(new ModelDirectory(model.Path).RecordPath).Evaluations;
        Assert.Equal(3, evaluations["val_loss"]);
        Assert.Equal(report.Replies!.Find("likelihood")!.Mrr.Value, evaluations["reply_mrr"]);
        Assert.Equal(report.HeldOut!.All.BitsPerByte.Value, evaluations["held_out_bits_per_byte"]);
    }

    [Fact]
    public void Replies_after_a_shared_prefix_are_as_likely_as_read_each_by_itself()
    {
        using var folder = new TemporaryFolder();
        using var model = ToyCorpus.Random(folder);
        int[] prefix = [5, 9, 100, 7];
        int[][] replies = [[3, 4, 5], [8], [200, 1, 1, 1, 60]];
        using var session = model.StartSession();
        double[] shared = Likelihood.OfContinuations(session, model, prefix, replies, default);
        for (int i = 0; i < replies.Length; i++)
        {
            double whole = Likelihood.OfText(session, model, [.. prefix, .. replies[i]], model.ContextLength, default);
            double before = Likelihood.OfText(session, model, prefix, model.ContextLength, default);
            Assert.Equal(whole - before, shared[i], 1e-9);
        }
    }

    [Theory]
    [InlineData(ReplyFormat.Chat)]
    [InlineData(ReplyFormat.Document)]
    public void A_prompt_is_cut_to_its_room_and_keeps_its_frame(ReplyFormat format)
    {
        using var folder = new TemporaryFolder();
        using var model = ToyCorpus.Random(folder);
        var frame = new ReplyFrame(model, format);
        var dialogue = new HeldOutDialogue("x:1", "en", [new("user", "first"), new("assistant", "second"), new("user", "the 鯨 third"), new("assistant", "answer")], [], "↳");
        var later = dialogue with { Turns = [.. dialogue.Turns.Take(2).Select(t => new ChatTurn("user", t.Text)), dialogue.Turns[2], dialogue.Turns[3]] };
        string whole = model.Tokenizer!.Decode(frame.Prompt(later, 1000), withSpecial: true);
        Assert.Equal(format == ReplyFormat.Chat
            ? "<|im_start|>user\nfirst<|im_end|>\n<|im_start|>user\nsecond<|im_end|>\n<|im_start|>user\nthe 鯨 third<|im_end|>\n<|im_start|>assistant\n"
            : "<|endoftext|>first\n↳ second\n↳ the 鯨 third\n↳", whole);
        int nothing = frame.Nothing("↳").Length;
        for (int room = nothing + 16; room < 80; room++)
        {
            int[] ids = frame.Prompt(later, room);
            Assert.InRange(ids.Length, nothing, room);
            Assert.EndsWith(format == ReplyFormat.Chat ? "<|im_start|>assistant\n" : "\n↳", model.Tokenizer.Decode(ids, withSpecial: true), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_text_that_is_copied_is_found_and_measured_as_by_comparing_everything()
    {
        using var folder = new TemporaryFolder();
        const int end = 9, length = 4;
        var random = new Random(3);
        int[] training = [.. Enumerable.Range(0, 3000).Select(i => random.Next(i % 40 == 39 ? 10 : 4))]; // few tokens: many runs
        using (var writer = new TokenShardWriter(folder["t.bin"], 10, end))
        {
            writer.Append(training);
            writer.Complete();
        }
        List<int[]> texts = [.. Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, 25).Select(_ => random.Next(4)).ToArray()), [0, 1], training[100..160], [8, 8, 8, 8, 8]];
        using var shard = TokenShard.Open(folder["t.bin"]);
        int[] longest = new VerbatimRuns(texts, length).Longest(shard, end, null, default);
        Assert.Equal(texts.Select(t => Slow([.. training, end], t)), longest);
        Assert.Contains(longest, l => l > length);

        int Slow(int[] all, int[] text)
        {
            int best = 0;
            for (int a = 0; a < all.Length; a++)
            {
                for (int b = 0; b < text.Length; b++)
                {
                    int n = 0;
                    while (a + n < all.Length && b + n < text.Length && all[a + n] != end && all[a + n] == text[b + n])
                        n++;
                    best = Math.Max(best, n);
                }
            }
            return best < length ? 0 : best;
        }
    }
}
