namespace Syrinx.Search.Tests.Answers;

public class PostAnswererTests
{
    [Fact]
    public void Every_sentence_stands_word_for_word_in_the_post_that_it_cites()
    {
        var answerer = new PostAnswerer(TownIndex.Shared);
        foreach (var row in AnswerQualityTests.Answerable)
        {
            var answer = answerer.Ask(row.Data.Item1);
            Assert.InRange(answer.Sentences.Count, 0, 4);
            Assert.All(answer.Sentences, s => Assert.Contains(s.Text, answer.Citations[s.CitationIndex].Text,
                StringComparison.Ordinal));
            Assert.Equal(Enumerable.Range(0, answer.Citations.Count), answer.Sentences.Select(s => s.CitationIndex).Distinct());
        }
    }

    [Fact]
    public void Spam_is_never_quoted()
    {
        string labels = TemporaryIndex.Label("x:1", spam: 0.9) + TemporaryIndex.Label("x:2", bot: 0.9)
            + TemporaryIndex.Label("x:3", campaign: "c") + TemporaryIndex.Label("x:4", dropped: "toxic");
        using var spam = new TemporaryIndex(["x:1", "x:2", "x:3", "x:4"], labels);
        Assert.Equal(4, spam.Search("harbour").Total);
        Assert.False(new PostAnswerer(spam.Index).Ask("where is the harbour?").Found);
    }

    [Fact]
    public void Sensitive_posts_are_never_quoted()
    {
        using var index = new TemporaryIndex(Town.Post("x:1", "The harbour festival starts at noon on Saturday.")
            with
        { Sensitive = true });
        Assert.False(new PostAnswerer(index.Index).Ask("when does the harbour festival start?").Found);
    }

    [Fact]
    public void Personal_data_is_not_repeated()
    {
        using var index = new TemporaryIndex(Town.Post("x:1",
            "Piano lessons are cheap at the old school, call 0912-345-678. Piano lessons are on Tuesday evenings at the old "
                + "school."));
        var answer = new PostAnswerer(index.Index).Ask("where are piano lessons?");
        Assert.Equal("Piano lessons are on Tuesday evenings at the old school.", Assert.Single(answer.Sentences).Text);
    }

    [Fact]
    public void A_sentence_that_two_posts_share_is_quoted_once()
    {
        using var index = new TemporaryIndex(
            Town.Post("x:1", "The harbour ferry leaves every hour from the north pier."),
            Town.Post("x:2", "the harbour ferry leaves every hour from the north pier!!"),
            Town.Post("x:3", "A harbour ferry ticket costs four dollars, children ride free."));
        var answer = new PostAnswerer(index.Index).Ask("what about the harbour ferry?");
        Assert.Equal(2, answer.Sentences.Count);
    }

    [Fact]
    public void An_instruction_in_a_post_is_only_text()
    {
        var answer = new PostAnswerer(TownIndex.Shared).Ask("When do the swimming pool repairs start?");
        Assert.Equal("x:110", answer.Citations[answer.Sentences[0].CitationIndex].Id);
        Assert.DoesNotContain(answer.Sentences, s => s.Text.Contains("Ignore previous", StringComparison.Ordinal));
    }

    [Fact]
    public void A_follow_up_leans_on_the_question_before_it()
    {
        var answerer = new PostAnswerer(TownIndex.Shared);
        Assert.False(answerer.Ask("and how much is it?").Found); // it: what?
        var answer = answerer.Ask("and how much is it?", "is there a road bike for sale?");
        Assert.Contains("bike", answer.RewrittenQuery, StringComparison.Ordinal);
        Assert.Equal("x:107", Assert.Single(answer.Citations).Id);
    }

    [Fact]
    public void A_question_that_stands_alone_ignores_what_was_asked_before()
    {
        var answerer = new PostAnswerer(TownIndex.Shared);
        Assert.Equivalent(answerer.Ask("When does the library open on Saturdays?"),
            answerer.Ask("When does the library open on Saturdays?", "beef noodles?"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("where can I")]
    [InlineData("請問哪裡有推薦的嗎")]
    public void A_question_about_nothing_has_no_answer(string question)
    {
        Assert.False(new PostAnswerer(TownIndex.Shared).Ask(question).Found);
    }

    [Fact]
    public void Hostile_questions_are_bounded()
    {
        var answerer = new PostAnswerer(TownIndex.Shared);
        foreach (string question in (string[])[new('a', 100_000), new('牛', 100_000),
            string.Concat(Enumerable.Repeat("noodle harbour ", 10_000)), "\0\uD83C\uFFFF",
                string.Concat(Enumerable.Repeat("\"-from:", 1000))])
            answerer.Ask(question, question);
    }
}
