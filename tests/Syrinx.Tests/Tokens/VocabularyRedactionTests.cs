using System.Text;
using Syrinx.Tokens;

namespace Syrinx.Tests.Tokens;

public sealed class VocabularyRedactionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_word_that_only_the_forgotten_texts_have_goes_and_the_others_are_encoded_as_before()
    {
        string[] theirs = [.. Enumerable.Range(0, 40).Select(i => $"My Zanzibarovich says the ferry is late, number {i}.")];
        string[] others = [.. Enumerable.Range(0, 200).Select(i => $"The ferry to the island leaves at {i % 12} and is late on rainy days, 渡輪又誤點了。")];
        var before = BpeTrainer.Train([.. theirs, .. others], 500, 1, null, default);
        Assert.True(Knows(before, "ovich"), "the tokenizer had learnt the name");

        var after = before.Without(before.UsedBy(theirs, 2, default), before.UsedBy(others, 2, default));
        Assert.False(Knows(after, "ovich") || Knows(after, "Zan"));
        Assert.True(Knows(after, "ferry"));
        Assert.Equal(before.VocabSize, after.VocabSize);
        Assert.All(others, text => Assert.Equal(before.Encode(text), after.Encode(text)));
        Assert.All(theirs, text => Assert.Equal(text, after.Decode(after.Encode(text))));

        string path = Path.Combine(_folder.Path, "tokenizer.json");
        after.Save(path);
        Assert.DoesNotContain("ovich", File.ReadAllText(path), StringComparison.Ordinal);
        var read = BpeTokenizer.Load(path);
        Assert.Equal(before.VocabSize, read.VocabSize);
        Assert.All(theirs.Concat(others), text => Assert.Equal(after.Encode(text), read.Encode(text)));
    }

    [Fact]
    public void Where_others_need_every_word_the_tokenizer_stays_itself()
    {
        string[] texts = [.. Enumerable.Range(0, 50).Select(i => $"the same words, again and again {i}")];
        var tokenizer = BpeTrainer.Train(texts, 400, 1, null, default);
        Assert.Same(tokenizer, tokenizer.Without(tokenizer.UsedBy(texts, 1, default), tokenizer.UsedBy(texts, 1, default)));
    }

    private static bool Knows(BpeTokenizer tokenizer, string part) => Enumerable.Range(0, tokenizer.VocabSize)
        .Any(id => Encoding.Latin1.GetString(tokenizer.TokenBytes(id)).Contains(part, StringComparison.Ordinal));
}
