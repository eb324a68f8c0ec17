using Syrinx.Models;
using Syrinx.Tests.Tokens;
using Syrinx.Tokens;

namespace Syrinx.Tests.Models;

public class GgufTokenizerTests
{
    private static readonly BpeTokenizer Trained = BpeTrainer.Train(Enumerable.Range(0, 100).Select(TestText.Paragraph), 600, threads: 1);

    [Theory]
    [InlineData("qwen2", PreTokenizer.Qwen2Pattern, true, false)]
    [InlineData("llama-bpe", PreTokenizer.Llama3Pattern, false, true)]
    [InlineData("gpt-2", PreTokenizer.Gpt2Pattern, false, false)]
    [InlineData("gpt-4o", PreTokenizer.O200kPattern, false, false)]
    public void Byte_level_tokenizers_give_the_ids_of_the_same_tokenizer_json(string pre, string pattern, bool nfc, bool ignoreMerges)
    {
        using var folder = new TemporaryFolder();
        new BpeTokenizer(Trained.Vocabulary with { Patterns = [pattern], Nfc = nfc, IgnoreMerges = ignoreMerges }).Save(folder["tokenizer.json"]);
        var expected = BpeTokenizer.Load(folder["tokenizer.json"]);
        var read = Read(folder, ByteLevelEntries(pre));
        Assert.Equal(expected.VocabSize, read.VocabSize);
        foreach (string text in Languages.Sentences.Concat(Languages.Traps))
            Assert.Equal(expected.Encode(text), read.Encode(text));
        Assert.Equal(expected.TokenId(BpeTokenizer.MessageEnd), read.TokenId(BpeTokenizer.MessageEnd));
        Assert.True(read.IsSpecial(read.RequiredTokenId(BpeTokenizer.MessageEnd)));
    }

    [Fact]
    public void User_defined_tokens_are_taken_whole_and_unused_ones_never()
    {
        using var folder = new TemporaryFolder();
        var entries = ByteLevelEntries("qwen2").ToDictionary(e => e.Key, e => e.Value);
        entries["tokenizer.ggml.tokens"] = ((string[])entries["tokenizer.ggml.tokens"]).Append("<think>").Append("[PAD601]").ToArray();
        entries["tokenizer.ggml.token_type"] = ((int[])entries["tokenizer.ggml.token_type"]).Append(4).Append(5).ToArray();
        var read = Read(folder, entries.Select(e => (e.Key, e.Value)));
        Assert.Single(read.Encode("a<think>[PAD601]"), 600);
        Assert.DoesNotContain(601, read.Encode("a<think>[PAD601]"));
        Assert.Equal("a<think>[PAD601]", read.Decode(read.Encode("a<think>[PAD601]")));
    }

    [Fact]
    public void SentencePiece_tokenizers_give_the_ids_of_the_same_tokenizer_model()
    {
        using var folder = new TemporaryFolder();
        var pieces = SentencePieceFile.Pieces();
        foreach (bool spaceBefore in (bool[])[true, false])
        {
            File.WriteAllBytes(folder["tokenizer.model"], SentencePieceFile.Write(pieces, spaceBefore: spaceBefore));
            var expected = BpeTokenizer.Load(folder["tokenizer.model"]);
            var read = Read(folder, SentencePieceEntries(pieces).Append(("tokenizer.ggml.add_space_prefix", spaceBefore)));
            foreach (string text in Languages.Sentences.Concat(Languages.Traps))
                Assert.Equal(expected.Encode(text), read.Encode(text));
        }
    }

    [Theory]
    [InlineData("tokenizer.ggml.model", "bert", "'bert'")]
    [InlineData("tokenizer.ggml.model", null, "'tokenizer.ggml.model' is missing")]
    [InlineData("tokenizer.ggml.pre", "superbpe", "'superbpe'")]
    [InlineData("tokenizer.ggml.pre", null, "'tokenizer.ggml.pre' is missing")]
    [InlineData("tokenizer.ggml.tokens", "x", "is of type String")]
    [InlineData("tokenizer.ggml.merges", null, "'tokenizer.ggml.merges' is missing")]
    public void A_file_that_lacks_something_is_refused_by_key(string key, string? value, string expected)
    {
        using var folder = new TemporaryFolder();
        var entries = ByteLevelEntries("qwen2").Where(e => e.Key != key);
        var error = Assert.Throws<InputException>(() => Read(folder, value is null ? entries : entries.Append((key, value))));
        Assert.Contains("model.gguf", error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void Lists_that_do_not_fit_each_other_are_refused()
    {
        using var folder = new TemporaryFolder();
        var entries = ByteLevelEntries("qwen2").ToDictionary(e => e.Key, e => e.Value);
        string Error(string key, object value) => Assert.Throws<InputException>(
            () => Read(folder, entries.Where(e => e.Key != key).Select(e => (e.Key, e.Value)).Append((key, value)))).Message;
        Assert.Contains("token_type has 2 entries", Error("tokenizer.ggml.token_type", new[] { 1, 1 }));
        Assert.Contains("merges, entry 1", Error("tokenizer.ggml.merges", new[] { "h e", "he zzz" }));
        Assert.Contains("byte-level alphabet", Error("tokenizer.ggml.tokens", Enumerable.Repeat("中", 600).ToArray()));
        Assert.Contains("single byte", Error("tokenizer.ggml.tokens", Enumerable.Range(0, 600).Select(i => $"x{i}").ToArray()));
        var pieces = SentencePieceEntries(SentencePieceFile.Pieces()).Where(e => e.Key != "tokenizer.ggml.scores");
        Assert.Contains("scores has 1", Assert.Throws<InputException>(
            () => Read(folder, pieces.Append(("tokenizer.ggml.scores", new[] { 1f })))).Message);
    }

    private static BpeTokenizer Read(TemporaryFolder folder, IEnumerable<(string Key, object Value)> entries)
    {
        File.WriteAllBytes(folder["model.gguf"], GgufFile.Write(entries));
        return GgufTokenizer.Read(Gguf.Open(folder["model.gguf"]));
    }

    private static IEnumerable<(string Key, object Value)> ByteLevelEntries(string pre)
    {
        var vocabulary = Trained.Vocabulary;
        string Text(int id) => Trained.IsSpecial(id) ? System.Text.Encoding.UTF8.GetString(vocabulary.Tokens[id]) : ByteLevel.ToText(vocabulary.Tokens[id]);
        return
        [
            ("general.architecture", "qwen2"),
            ("tokenizer.ggml.model", "gpt2"),
            ("tokenizer.ggml.pre", pre),
            ("tokenizer.ggml.tokens", Enumerable.Range(0, Trained.VocabSize).Select(Text).ToArray()),
            ("tokenizer.ggml.token_type", Enumerable.Range(0, Trained.VocabSize).Select(id => Trained.IsSpecial(id) ? 3 : 1).ToArray()),
            ("tokenizer.ggml.merges", vocabulary.Merges.Select(m => $"{Text(m.Left)} {Text(m.Right)}").ToArray()),
        ];
    }

    private static IEnumerable<(string Key, object Value)> SentencePieceEntries(List<ScoredPiece> pieces) =>
    [
        ("tokenizer.ggml.model", "llama"),
        ("tokenizer.ggml.tokens", pieces.Select(p => p.Text).ToArray()),
        ("tokenizer.ggml.scores", pieces.Select(p => p.Score).ToArray()),
        ("tokenizer.ggml.token_type", pieces.Select(p => (int)p.Kind).ToArray()),
    ];
}
