using System.Text.Json.Nodes;
using Syrinx.Tokens;

namespace Syrinx.Tests.Tokens;

public class TokenizerJsonTests
{
    [Theory]
    [InlineData("model", null, "'model' is missing")]
    [InlineData("model.vocab", null, "'model.vocab' is missing")]
    [InlineData("model.merges", null, "'model.merges' is missing")]
    [InlineData("model.type", "\"WordPiece\"", "'model.type' is 'WordPiece'")]
    [InlineData("model.byte_fallback", "true", "SentencePiece")]
    [InlineData("model.merges", "[\"h e\", \"he zz\"]", "'model.merges', entry 1")]
    [InlineData("model.merges", "[[\"h\"]]", "'model.merges', entry 0")]
    [InlineData("model.vocab.h", "\"x\"", "not a tokenizer.json")]
    [InlineData("model.vocab.h", "-1", "negative")]
    [InlineData("model.vocab.h", "2000000000", "largest id")]
    [InlineData("model.vocab.h", "105", "another's")]
    [InlineData("model.vocab.é", "7", "lacks the token of the single byte", "h")]
    [InlineData("pre_tokenizer", null, "'pre_tokenizer' is missing")]
    [InlineData("pre_tokenizer", "{\"type\":\"Whitespace\"}", "'Whitespace'")]
    [InlineData("normalizer.type", "\"Lowercase\"", "'Lowercase'")]
    [InlineData("added_tokens", "[{\"id\":3}]", "lacks 'content'")]
    public void A_file_that_lacks_something_is_refused_by_field(string field, string? value, string expected, string? alsoRemove = null)
    {
        using var folder = new TemporaryFolder();
        TestTokenizer.Create("h+e").Save(folder["tokenizer.json"]);
        var root = JsonNode.Parse(File.ReadAllText(folder["tokenizer.json"]))!;
        var parent = root;
        string[] path = field.Split('.');
        foreach (string name in path[..^1])
            parent = parent[name]!;
        if (value is null)
            parent.AsObject().Remove(path[^1]);
        else
            parent[path[^1]] = JsonNode.Parse(value);
        if (alsoRemove is not null)
        {
            root["model"]!["vocab"]!.AsObject().Remove(alsoRemove);
            root["model"]!["vocab"]!.AsObject().Remove("he");
            root["model"]!["merges"]!.AsArray().Clear();
            root["model"]!["vocab"]!.AsObject().Remove("é");
        }
        folder.Write("tokenizer.json", root.ToJsonString());
        var error = Assert.Throws<InputException>(() => BpeTokenizer.Load(folder["tokenizer.json"]));
        Assert.Contains("tokenizer.json", error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"model\":")]
    [InlineData("null")]
    public void What_is_no_JSON_object_is_refused(string text)
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<InputException>(() => BpeTokenizer.Load(folder.Write("tokenizer.json", text)));
        Assert.Throws<InputException>(() => BpeTokenizer.Load(folder["absent.json"]));
    }

    [Fact]
    public void Merges_may_be_pairs_and_the_pattern_may_be_GPT2s()
    {
        using var folder = new TemporaryFolder();
        TestTokenizer.Create("h+e").Save(folder["tokenizer.json"]);
        var root = JsonNode.Parse(File.ReadAllText(folder["tokenizer.json"]))!;
        root["model"]!["merges"] = JsonNode.Parse("""[["h","e"]]""");
        root["pre_tokenizer"] = JsonNode.Parse("""{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}""");
        var tokenizer = BpeTokenizer.Load(folder.Write("tokenizer.json", root.ToJsonString()));
        Assert.Equal([256, 'y'], tokenizer.Encode("hey"));
    }
}
