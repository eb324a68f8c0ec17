using CsCheck;
using Syrinx.Search.Querying;

namespace Syrinx.Search.Tests.Querying;

public class QueryParserTests
{
    [Theory]
    [InlineData("beef noodles", "beef noodles")]
    [InlineData("  beef   OR  pork -spicy ", "beef OR pork -spicy")]
    [InlineData("「牛肉麵」 from：@Amy －推薦", "\"牛肉麵\" from:Amy -推薦")]
    [InlineData("“beef noodles” ＃food", "\"beef noodles\" #food")]
    [InlineData("board:\"Home Sale\" title:豆花", "board:\"Home Sale\" title:豆花")]
    [InlineData("score:>=10 score:<0 score:5", "score:10 score:<0 score:5")]
    [InlineData("FROM:amy Lang:zh", "from:amy lang:zh")]
    [InlineData("a AND b", "a b")]
    [InlineData("(a OR b) c", "a OR b c")]
    [InlineData("-filter:replies filter:links", "-filter:replies filter:links")]
    [InlineData("min_faves:10 -min_faves:100", "min_faves:10 -min_faves:100")]
    public void A_query_is_understood(string typed, string understood)
    {
        Assert.Equal(understood, QueryParser.Parse(typed).ToString());
    }

    [Theory]
    [InlineData("since:yesterday")]
    [InlineData("until:2024-13-01")]
    [InlineData("min_faves:many")]
    [InlineData("score:high")]
    [InlineData("filter:unicorns")]
    [InlineData("note:this")]
    [InlineData("10:30")]
    public void An_operator_that_makes_no_sense_is_searched_for_as_words(string typed)
    {
        var node = Assert.Single(Assert.Single(QueryParser.Parse(typed).Groups));
        Assert.Equal(Operator.Words, node.Operator);
        Assert.Equal(typed, node.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("-")]
    [InlineData("OR OR")]
    [InlineData("\"\" '' ()")]
    [InlineData("!!! ??? 。。。")]
    public void A_query_of_nothing_has_no_pieces(string typed)
    {
        Assert.Empty(QueryParser.Parse(typed).Groups);
    }

    [Fact]
    public void A_quote_that_is_never_closed_counts_as_a_space()
    {
        Assert.Equal("beef noodles", QueryParser.Parse("beef \"noodles").ToString());
    }

    [Fact]
    public void A_huge_query_is_shortened()
    {
        Assert.True(QueryParser.Parse(new string('a', 10_000)).Shortened);
        var many = QueryParser.Parse(string.Join(' ', Enumerable.Range(0, 200)));
        Assert.True(many.Shortened);
        Assert.Equal(QueryParser.MaxPieces, many.Groups.Count);
        Assert.False(QueryParser.Parse("short").Shortened);
    }

    [Fact]
    public void Whatever_is_typed_the_canonical_form_means_the_same()
    {
        Query().Sample(typed =>
        {
            string once = QueryParser.Parse(typed).ToString();
            Assert.Equal(once, QueryParser.Parse(once).ToString());
        });
    }

    private static readonly string[] Pieces =
    [
        "from:", "to:", "since:2024-01-01", "until:x", "lang:zh", "score:>", "-", "OR", "AND", "\"", "「", "」", "#", "@", "$",
        "牛肉麵", "蛋", "title:", "board:", "url:a.b", "min_faves:3", "filter:links", "(", ")", " ", " ", "beef", "the", ":",
        "🍜", "\0", "\uD83C",
    ];

    /// <summary>Pieces of the language and noise, in any order.</summary>
    internal static Gen<string> Query() => Gen.OneOf(
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]),
        Gen.String[0, 4]).Array[0, 20].Select(string.Concat);
}
