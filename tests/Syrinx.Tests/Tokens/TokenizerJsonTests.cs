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
    [InlineData("model.byte_fallback", "true", "lacks <0x00>")]
    [InlineData("model.end_of_word_suffix", "\"</w>\"", "'model.end_of_word_suffix' is '</w>'")]
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
    [InlineData("added_tokens", "[{\"id\":-3,\"content\":\"x\"}]", "has id -3")]
    [InlineData("added_tokens", "[{\"id\":300,\"content\":\"x\",\"special\":false,\"rstrip\":true}]", "the flag 'rstrip'")]
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

    [Fact]
    public void Added_tokens_that_are_not_special_are_taken_whole_wherever_their_text_stands()
    {
        using var folder = new TemporaryFolder();
        TestTokenizer.Create("h+e").Save(folder["tokenizer.json"]);
        var root = JsonNode.Parse(File.ReadAllText(folder["tokenizer.json"]))!;
        foreach (var (id, content) in new[] { (260, "<think>"), (261, "<think>>"), (262, "  ") })
            root["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = id, ["content"] = content, ["special"] = false, ["normalized"] = true });
        var tokenizer = BpeTokenizer.Load(folder.Write("tokenizer.json", root.ToJsonString()));
        Assert.Equal(['x', 260, 256, 261, 262, ' ', 'y'], tokenizer.Encode("x<think>he<think>>   y"));
        Assert.Equal("x<think>he<think>>   y", tokenizer.Decode(tokenizer.Encode("x<think>he<think>>   y")));
        Assert.Equal([], tokenizer.Encode(""));
        Assert.Equal(260, tokenizer.TokenId("<think>"));
        Assert.False(tokenizer.IsSpecial(260));
        tokenizer.Save(folder["again.json"]);
        Assert.Equal(tokenizer.Encode("a<think> "), BpeTokenizer.Load(folder["again.json"]).Encode("a<think> "));
    }

    [Theory]
    [InlineData("""{"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":false}""", null, true)]
    [InlineData("""{"type":"Metaspace","replacement":"▁","prepend_scheme":"never","split":false}""", null, false)]
    [InlineData(null, """{"type":"Replace","pattern":{"String":" "},"content":"▁"}""", false)]
    public void Spaces_become_marks_by_a_normalizer_or_by_Metaspace(string? preTokenizer, string? normalizer, bool spaceBefore)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["tokenizer.model"], SentencePieceFile.Write(SentencePieceFile.Pieces(), spaceBefore: spaceBefore));
        var model = BpeTokenizer.Load(folder["tokenizer.model"]);
        model.Save(folder["tokenizer.json"]);
        var root = JsonNode.Parse(File.ReadAllText(folder["tokenizer.json"]))!;
        root["normalizer"] = normalizer is null ? null : JsonNode.Parse(normalizer);
        root["pre_tokenizer"] = preTokenizer is null ? null : JsonNode.Parse(preTokenizer);
        var read = BpeTokenizer.Load(folder.Write("tokenizer.json", root.ToJsonString()));
        Assert.All(Languages.Sentences, text => Assert.Equal(model.Encode(text), read.Encode(text)));
        root["normalizer"] = JsonNode.Parse("""{"type":"Lowercase"}""");
        Assert.Contains("'Lowercase'", Assert.Throws<InputException>(() => BpeTokenizer.Load(folder.Write("bad.json", root.ToJsonString()))).Message);
        (root["normalizer"], root["pre_tokenizer"]) = (null, null);
        Assert.Contains("turns spaces into ▁", Assert.Throws<InputException>(() => BpeTokenizer.Load(folder.Write("bad.json", root.ToJsonString()))).Message);
    }
}
