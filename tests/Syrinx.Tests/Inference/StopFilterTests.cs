using CsCheck;
using Syrinx.Inference;

namespace Syrinx.Tests.Inference;

public class StopFilterTests
{
    [Fact]
    public void However_a_text_is_cut_what_comes_out_ends_before_the_first_stop()
    {
        string[] stops = ["ab", "bba", "c"];
        var gen = Gen.Char["abcd"].Array[0, 12].Select(chars => new string(chars));
        Gen.Select(gen.List[0, 6], Gen.Int[0, 3]).Sample((parts, count) =>
        {
            var used = stops[..count];
            string all = string.Concat(parts);
            int at = used.Select(s => all.IndexOf(s, StringComparison.Ordinal)).Where(i => i >= 0).DefaultIfEmpty(all.Length).Min();
            var filter = new StopFilter(used);
            string first = string.Concat(parts.Select(filter.Append)) + filter.Flush();
            // the first stop to be complete ends the text; it is the first to begin, unless a longer one began before it
            Assert.StartsWith(first, all);
            Assert.Equal(at < all.Length, filter.Stopped);
            Assert.True(first.Length >= at);
            Assert.All(used, stop => Assert.DoesNotContain(stop, first, StringComparison.Ordinal));
        }, iter: 3000);
    }

    [Fact]
    public void Text_that_cannot_become_a_stop_is_not_held_back()
    {
        var filter = new StopFilter(["\nUser:"]);
        Assert.Equal("hello", filter.Append("hello\nUs"));
        Assert.Equal("\nUsd", filter.Append("d"));
        Assert.Equal(" it", filter.Append(" it\n"));
        Assert.Equal("\n", filter.Flush());
    }
}
