using System.Text;
using CsCheck;
using Syrinx.Data.Posts.Readers;

namespace Syrinx.Data.Tests.Posts;

/// <summary>Text is made plain, once and for all.</summary>
public class PostTextTests
{
    [Theory]
    [InlineData("a\r\nb\rc\n", "a\nb\nc")]
    [InlineData("a\0b\u0085c\u001bd", "abcd")]
    [InlineData("  e\u0301 ", "é")]
    [InlineData("か\u3099", "が")]
    [InlineData("keep\ttabs", "keep\ttabs")]
    public void Control_characters_go_and_what_is_left_is_nfc(string text, string plain) => Assert.Equal(plain, PostText.Clean(text));

    [Fact]
    public void A_title_is_one_line() => Assert.Equal("a b", PostText.Line("a\tb\n"));

    [Fact]
    public void Half_a_surrogate_pair_is_refused() => Assert.Throws<BadUnicodeException>(() => PostText.Clean("a\ud800b"));

    [Fact]
    public void Twice_is_once_and_the_quick_way_agrees_with_the_slow_one() =>
        Gen.OneOf(Gen.Int[0, 0x2FF], Gen.Int[0x300, 0x36F], Gen.Int[0x2000, 0x303F], Gen.Int[0x3040, 0x30FF], Gen.Int[0xAC00, 0xD7A3],
            Gen.Int[0x4E00, 0xA000], Gen.Int[0xF900, 0xFFEF], Gen.Int[0x1F300, 0x1F600]).Array[0, 12].Sample(points =>
        {
            string text = string.Concat(points.Select(char.ConvertFromUtf32));
            string plain = PostText.Clean(text);
            Assert.Equal(plain, PostText.Clean(plain));
            Assert.True(plain.IsNormalized(NormalizationForm.FormC));
        });
}
