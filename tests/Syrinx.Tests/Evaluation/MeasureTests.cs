using Syrinx.Evaluation;

namespace Syrinx.Tests.Evaluation;

public class MeasureTests
{
    [Theory]
    [InlineData(new[] { 1.0, 2, 2, 2, 2, 2, 2, 2 }, 3)] // first of eight
    [InlineData(new[] { 2.0, 1, 3, 3 }, 1)] // second of four
    [InlineData(new[] { 9.0, 1, 1, 1 }, 0)] // last
    [InlineData(new[] { 1.0, 1, 1, 9 }, 1)] // shares the ranks 1 to 3
    public void Exposure_is_the_bits_by_which_a_rank_is_less_than_the_last(double[] nats, double bits) => Assert.Equal(bits, Memorization.Exposure(nats), 1e-12);

    [Theory]
    [InlineData(new[] { 5.0, 4, 3, 2, 1, 0 }, 1, 1, 1)]
    [InlineData(new[] { 3.0, 4, 3.5, 2, 1, 0 }, 1 / 3.0, 0, 1)]
    [InlineData(new[] { 0.0, 4, 3.5, 2, 1, 5 }, 1 / 6.0, 0, 0)]
    [InlineData(new[] { 0.0, 0 }, 0.75, 0.5, 1)] // a coin
    public void A_rank_is_counted_from_the_best_score_and_equal_ones_are_drawn(double[] scores, double reciprocal, double first, double five)
    {
        var rank = ReplyRank.Of(scores);
        Assert.Equal((reciprocal, first, five), (rank.Reciprocal, rank.RecallAt(1), rank.RecallAt(5)));
    }

    [Fact]
    public void Intervals_are_those_of_the_books_and_the_same_every_time()
    {
        Assert.Equal(0.2775, Estimate.OfShare(0, 10).High!.Value, 1e-4); // Wilson's
        Assert.Equal((0.2366, 0.7634), (Math.Round(Estimate.OfShare(5, 10).Low!.Value, 4), Math.Round(Estimate.OfShare(5, 10).High!.Value, 4)));
        double[] values = [.. Enumerable.Range(0, 400).Select(i => (double)(i % 2))];
        var mean = Estimate.OfMean(values, 1);
        Assert.Equal(mean, Estimate.OfMean(values, 1));
        Assert.NotEqual(mean, Estimate.OfMean(values, 2));
        // the normal interval is 0.5 ± 1.96 · 0.5 / 20
        Assert.Equal(0.451, mean.Low!.Value, 0.01);
        Assert.Equal(0.549, mean.High!.Value, 0.01);
        Assert.Null(Estimate.OfMean([1, 2, 3], 1).Low);
        Assert.Equal(3 / 6.0, Estimate.OfRatio([1, 2], [2, 4], 1).Value);
    }

    [Fact]
    public void Answers_that_repeat_themselves_or_each_other_are_counted()
    {
        var variety = AnswerVariety.Of([.. ((string[])["a b a b a b", "Yes!", "yes", "", "買菜 now"]).Select(Words.Of)]);
        Assert.Equal((5, 11 / 5.0, 0.2), (variety.Answers, variety.MeanWords, variety.Empty));
        Assert.Equal(6 / 11.0, variety.Distinct1, 1e-12); // a b yes 買 菜 now
        Assert.Equal(4 / 7.0, variety.Distinct2, 1e-12); // ab ba 買菜 菜now of 5 + 2
        Assert.Equal(0.4, variety.Identical);
        Assert.Equal((1 - 2 / 3.0) / 5, variety.Repetition, 1e-12); // abab baba abab
    }

    [Fact]
    public void Shared_rare_words_count_more_than_shared_frequent_ones()
    {
        string[] replies = ["the bus is late", "the tea is hot", "the umbrella shop", "這家餐廳好吃", "公車又晚到了"];
        var overlap = new WordOverlap(replies);
        double[] scores = overlap.Score("Is the umbrella cheap?", replies);
        Assert.Equal(2, scores.IndexOf(scores.Max()));
        Assert.Equal(0, scores[3]);
        scores = overlap.Score("哪家餐廳？", replies);
        Assert.Equal(3, scores.IndexOf(scores.Max()));
    }

    [Fact]
    public void Candidates_are_of_the_same_language_and_length_but_of_other_conversations_and_say_something_else()
    {
        HeldOutDialogue Of(int i, string reply, string language = "en", string? post = null) =>
            new($"x:{i}", language, [new("user", "q"), new("assistant", reply)], [$"x:{i}", post ?? $"x:{i}a"], "↳");
        List<HeldOutDialogue> pool =
        [
            .. Enumerable.Range(0, 40).Select(i => Of(i, new string((char)('a' + i % 26), 10 + i))),
            Of(100, "Same words", post: "p"), Of(101, "same, WORDS!"), Of(102, "another one", post: "p"), Of(103, "une réponse", "fr"),
        ];
        var (tasks, leftOut) = ReplyCandidates.Find(pool, 1000, 12, 1);
        Assert.Equal(1, leftOut); // French has one reply
        Assert.Equal(43, tasks.Count);
        Assert.All(tasks, t => Assert.Equal((12, t.Dialogue.Reply), (t.Candidates.Count, t.Candidates[0])));
        Assert.All(tasks, t => Assert.Equal(12, t.Candidates.Select(Words.Plain).Distinct().Count()));
        Assert.All(tasks, t => Assert.DoesNotContain("une réponse", t.Candidates));
        Assert.DoesNotContain("another one", tasks.Single(t => t.Dialogue.Id == "x:100").Candidates);
        var long39 = tasks.Single(t => t.Dialogue.Id == "x:39").Candidates;
        Assert.All(long39, c => Assert.InRange(c.Length, 38, 49));
        var (again, _) = ReplyCandidates.Find([.. Enumerable.Reverse(pool)], 1000, 12, 1);
        Assert.Equal(tasks.Select(t => (t.Dialogue.Id, string.Join('|', t.Candidates))), again.Select(t => (t.Dialogue.Id, string.Join('|', t.Candidates))));
        Assert.Equal(tasks.Take(5).Select(t => t.Dialogue.Id), ReplyCandidates.Find(pool, 5, 12, 1).Tasks.Select(t => t.Dialogue.Id));
    }
}
