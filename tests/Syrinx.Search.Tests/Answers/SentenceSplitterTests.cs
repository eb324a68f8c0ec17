using CsCheck;
using Syrinx.Search.Answers;

namespace Syrinx.Search.Tests.Answers;

public class SentenceSplitterTests
{
    [Theory]
    [InlineData("One. Two! Three?", "One.|Two!|Three?")]
    [InlineData("第一句。第二句！第三句？尾巴", "第一句。|第二句！|第三句？|尾巴")]
    [InlineData("It costs $3.50 at example.com today.", "It costs $3.50 at example.com today.")]
    [InlineData("Ask Dr. Moreno on Elm St. about it.", "Ask Dr. Moreno on Elm St. about it.")]
    [InlineData("他說「不要。」然後走了。", "他說「不要。」|然後走了。")]
    [InlineData("@amy @ben Try it.", "Try it.")]
    [InlineData("推 阿財好吃", "阿財好吃")]
    [InlineData("line one\nline two", "line one|line two")]
    [InlineData("※ 引述《someone》之銘言：\n: what they said\nmy words", "my words")]
    [InlineData("my words\n推 someone1   : their words 07/09 20:06", "my words")]
    [InlineData("@amy", "")]
    public void Text_is_cut_into_sentences(string text, string sentences)
    {
        Assert.Equal(sentences, string.Join('|', SentenceSplitter.Split(text)));
    }

    [Fact]
    public void Every_sentence_stands_in_the_text_word_for_word()
    {
        Gen.String[Gen.Char["ab A.!?。！？「」\n@推→ 1"], 0, 60].Sample(text =>
            Assert.All(SentenceSplitter.Split(text), sentence => Assert.Contains(sentence, text, StringComparison.Ordinal)));
    }
}
