using System.Text.Json;
using Syrinx.Tokens;

namespace Syrinx.Tests.Tokens;

public class CorpusTokensTests
{
    [Fact]
    public void Documents_are_divided_into_train_and_val_in_their_order()
    {
        using var folder = new TemporaryFolder();
        var tokenizer = Prepare(folder, 50);
        var made = CorpusTokens.Build(folder.Path, folder["tokenizer.json"], folder["tokens"], threads: 2);
        int end = tokenizer.RequiredTokenId(BpeTokenizer.EndOfText);
        using var train = TokenShard.Open(Path.Combine(folder["tokens"], "train.bin"));
        using var val = TokenShard.Open(Path.Combine(folder["tokens"], "val.bin"));
        Assert.Equal(Enumerable.Range(0, 50).Where(i => i % 5 != 0).SelectMany(i => tokenizer.Encode(TestText.Paragraph(i)).Append(end)), All(train));
        Assert.Equal(Enumerable.Range(0, 50).Where(i => i % 5 == 0).SelectMany(i => tokenizer.Encode(TestText.Paragraph(i)).Append(end)), All(val));
        Assert.Equal((40, 10), (made.Train.Documents, made.Val.Documents));
        Assert.Equal((train.Count, val.Count), (made.Train.Tokens, made.Val.Tokens));
        Assert.Equal(made, CorpusTokens.Read(folder["tokens"]));
    }

    [Fact]
    public void Unchanged_documents_are_not_encoded_again_and_changed_ones_are()
    {
        using var folder = new TemporaryFolder();
        Prepare(folder, 20);
        CorpusTokens Build() => CorpusTokens.Build(folder.Path, folder["tokenizer.json"], folder["tokens"], threads: 1);
        Assert.False(Build().Reused);
        Assert.True(Build().Reused);
        File.Delete(Path.Combine(folder["tokens"], "val.bin"));
        Assert.False(Build().Reused);
        File.AppendAllText(folder["documents.jsonl"], """{"text":"more","split":"train"}""" + "\n");
        Assert.False(Build().Reused);
        Assert.Equal(17, Build().Train.Documents);
    }

    [Theory]
    [InlineData("""{"text":"x","split":"test"}""", "documents.jsonl:3: field 'split' is 'test'")]
    [InlineData("""{"split":"val"}""", "documents.jsonl:3")]
    [InlineData("""{"text":""", "documents.jsonl:3")]
    public void A_malformed_document_is_named_by_its_line_and_leaves_nothing(string line, string expected)
    {
        using var folder = new TemporaryFolder();
        Prepare(folder, 2);
        File.AppendAllText(folder["documents.jsonl"], line + "\n");
        var error = Assert.Throws<InputException>(() => CorpusTokens.Build(folder.Path, folder["tokenizer.json"], folder["tokens"], 1));
        Assert.Contains(expected, error.Message);
        Assert.Equal([".lock"], Directory.GetFiles(folder["tokens"]).Select(Path.GetFileName));
    }

    private static BpeTokenizer Prepare(TemporaryFolder folder, int documents)
    {
        File.WriteAllLines(folder["documents.jsonl"], Enumerable.Range(0, documents).Select(i =>
            JsonSerializer.Serialize(new { id = i, text = TestText.Paragraph(i), split = i % 5 == 0 ? "val" : "train" })));
        var tokenizer = BpeTrainer.Train(TextFile.ReadDocuments(folder["documents.jsonl"]), 400, 1);
        tokenizer.Save(folder["tokenizer.json"]);
        return tokenizer;
    }

    private static int[] All(TokenShard shard)
    {
        var tokens = new int[shard.Count];
        shard.Read(0, tokens);
        return tokens;
    }
}
