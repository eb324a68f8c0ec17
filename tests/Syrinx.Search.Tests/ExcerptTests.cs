using CsCheck;

namespace Syrinx.Search.Tests;

public class ExcerptTests
{
    [Fact]
    public void A_short_text_is_shown_whole()
    {
        Assert.Equal("short", Excerpt.Of(Hit("short"), 10).Text);
    }

    [Fact]
    public void A_long_text_is_shown_where_the_words_stand()
    {
        string text = string.Concat(Enumerable.Repeat("filler words go here. ", 50)) + "Then beef noodles at last. "
            + string.Concat(Enumerable.Repeat("more filler. ", 50));
        int at = text.IndexOf("beef", StringComparison.Ordinal);
        var excerpt = Excerpt.Of(Hit(text, new TextRange(at, 4), new TextRange(at + 5, 7)), 80);
        Assert.StartsWith("…", excerpt.Text, StringComparison.Ordinal);
        Assert.Equal(["beef", "noodles"], excerpt.Highlights.Select(h => excerpt.Text.Substring(h.Start, h.Length)));
        Assert.InRange(excerpt.Text.Length, 40, 82);
    }

    [Fact]
    public void Any_excerpt_is_a_part_of_the_text_and_cuts_no_character_in_two()
    {
        Gen.Select(Gen.String[Gen.Char["ab 。\uD83C"], 1, 80], Gen.Int[1, 40], Gen.Int[0, 79]).Sample((raw, length, at) =>
        {
            string text = raw.Replace("\uD83C", "🍜", StringComparison.Ordinal);
            at = Math.Min(at, text.Length - 1);
            var excerpt = Excerpt.Of(Hit(text, new TextRange(at, 1)), length);
            string bare = excerpt.Text.Trim('…');
            Assert.Contains(bare, text, StringComparison.Ordinal);
            Assert.False(bare.Length > 0 && (char.IsLowSurrogate(bare[0]) || char.IsHighSurrogate(bare[^1])));
            Assert.All(excerpt.Highlights, h => Assert.InRange(h.Start + h.Length, 0, excerpt.Text.Length));
        });
    }

    private static SearchHit Hit(string text, params TextRange[] highlights) =>
        new() { Id = "x:1", Score = 1, Text = text, Platform = "x", Kind = "post", ThreadId = "x:1", Highlights = highlights };
}
