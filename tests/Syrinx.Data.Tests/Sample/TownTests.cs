using Syrinx.Data.Sample.Town;
using Syrinx.Data.Sample.World;

namespace Syrinx.Data.Tests.Sample;

public sealed class TownTests
{
    [Fact]
    public void At_least_four_hundred_posts_are_written_by_hand_and_nearly_half_in_Chinese()
    {
        var texts = CoreThread.All.SelectMany(t => t.Posts).Select(p => p.Text)
            .Concat(CoreArticle.All.SelectMany(a => a.Pushes.Where(p => p.Tag != '※').Select(p => p.Text).Prepend(a.Body)))
            .ToArray();
        int chinese = texts.Count(t => t.AsSpan().ContainsAnyInRange('\u4E00', '\u9FFF'));
        Assert.True(texts.Length >= 600, $"{texts.Length} posts");
        Assert.True(chinese >= 250, $"{chinese} in Chinese");
        Assert.True(texts.Length - chinese >= 250, $"{texts.Length - chinese} in English");
        Assert.Equal(texts.Length, texts.Distinct().Count());
    }

    [Fact]
    public void Every_topic_has_hand_written_threads_and_a_grammar_in_both_languages()
    {
        var topics = CoreThread.All.Select(t => (t.Topic, t.Language)).Distinct().Order().ToArray();
        Assert.Equal(20, topics.Length);
        Assert.Equal(topics, TownGrammar.Topics("en").Concat(TownGrammar.Topics("zh")).Select(g => (g.Topic, g.Language))
            .Order());
    }

    [Fact]
    public void Hand_written_posts_fit_into_a_tweet_and_come_from_known_people()
    {
        var handles = TownLists.Characters.Select(c => c.Handle).ToHashSet();
        foreach (var post in CoreThread.All.SelectMany(t => t.Posts))
        {
            Assert.Contains(post.Handle, handles);
            Assert.True(TweetText.WeightedLength(post.Text) + 17 * (post.Parent < 0 ? 0 : 1) <= TweetText.MaxLength, post.Text);
        }
    }

    [Fact]
    public void The_facts_have_the_same_tables_and_rows_in_both_languages()
    {
        Assert.Equal(TownFacts.English.Tables, TownFacts.Chinese.Tables);
        Assert.All(TownFacts.English.Tables, t => Assert.Equal(TownFacts.English.Rows(t), TownFacts.Chinese.Rows(t)));
    }

    [Fact]
    public void Grammars_speak_only_of_rules_and_facts_that_exist()
    {
        foreach (var grammar in TownGrammar.Topics("en").Concat(TownGrammar.Topics("zh")))
        {
            var facts = TownFacts.In(grammar.Language);
            foreach (var rule in grammar.Rules)
            {
                Assert.NotEmpty(rule.Alternatives);
                foreach (var node in rule.Alternatives.SelectMany(a => a.Nodes).SelectMany(Inside))
                {
                    if (node is GrammarNode.Rule inner)
                        Assert.True(grammar.Find(inner.Name) is not null,
                            $"{grammar.Topic}.{grammar.Language} [{rule.Name}] {{{inner.Name}}}");
                    if (node is GrammarNode.Fact fact && fact.Table is not ("day" or "tomorrow"))
                        Assert.NotEqual("", facts.Cell(fact.Table, 0, fact.Column));
                }
                if (rule.Name.StartsWith("post.", StringComparison.Ordinal))
                    Assert.True(grammar.Find("reply." + rule.Name[5..]) is not null,
                        $"{grammar.Topic}.{grammar.Language} answers no {rule.Name}");
                if (rule.Name.StartsWith("article.", StringComparison.Ordinal))
                    Assert.True(grammar.Find("title." + rule.Name[8..]) is not null,
                        $"{grammar.Topic} has no title for {rule.Name}");
            }
        }

        static IEnumerable<GrammarNode> Inside(GrammarNode node) =>
            node is GrammarNode.Choice choice ? choice.Options.SelectMany(o => o).SelectMany(Inside) : [node];
    }

    [Fact]
    public void The_weather_is_the_same_for_everyone_and_follows_the_seasons()
    {
        Assert.Equal(TownWeather.On(new(2026, 7, 11)), TownWeather.On(new(2026, 7, 11)));
        Assert.Equal("typhoon", TownWeather.On(new(2026, 7, 11)).Sky);
        double Mean(int month) => Enumerable.Range(1, 28).Average(d => TownWeather.On(new(2026, month, d)).High);
        Assert.True(Mean(7) > Mean(1) + 7);
        Assert.True(TownWeather.On(new(2026, 1, 22)).Low < 11);
    }

    [Theory]
    [InlineData("4-9", 4, true)]
    [InlineData("4-9", 10, false)]
    [InlineData("11-2", 1, true)]
    [InlineData("11-2", 3, false)]
    [InlineData("7", 7, true)]
    [InlineData("", 12, true)]
    public void Months_may_span_the_new_year(string span, int month, bool within) =>
        Assert.Equal(within, Months.Contain(span, month));

    [Theory]
    [InlineData("hello  there . how are you ?", "Hello there. How are you?")]
    [InlineData("one\n\ntwo, three", "One\n\nTwo, three")]
    public void Gaps_of_left_out_pieces_are_closed(string said, string tidy) => Assert.Equal(tidy, Speaker.Tidy(said, "en"));
}
