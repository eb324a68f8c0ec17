using System.Text.Json.Nodes;
using Syrinx.Models;
using Syrinx.Tests.Tokens;
using Syrinx.Tokens;

namespace Syrinx.Tests.Models;

public class ModelDirectoryTests
{
    private static readonly ModelConfig Config = new()
    {
        VocabSize = 300,
        HiddenSize = 8,
        IntermediateSize = 16,
        NumHiddenLayers = 1,
        NumAttentionHeads = 2,
        NumKeyValueHeads = 1,
        HeadDim = 4,
        MaxPositionEmbeddings = 32,
    };

    [Fact]
    public void A_written_model_has_Hugging_Faces_files_and_reads_back()
    {
        using var folder = new TemporaryFolder();
        var tokenizer = TestTokenizer.Create("h+e");
        var model = new ModelDirectory(folder["m"]);
        var record = new ModelRecord
        {
            Name = "m",
            TokensSeen = 12,
            Recipe = new JsonObject { ["lr"] = 0.1 },
            Evaluations = new Dictionary<string, double> { ["val_loss"] = 2.5 },
        };
        model.Write(Config, [TensorSource.Float32("w", [1], new float[1])], tokenizer, record);
        Assert.Equal(
            ["config.json", "generation_config.json", "model.safetensors", "syrinx.json", "tokenizer.json", "tokenizer_config.json"],
            Directory.GetFiles(model.Path).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.Equal(32, ModelConfig.Read(model.ConfigPath).MaxPositionEmbeddings);
        Assert.Equal(tokenizer.VocabSize, BpeTokenizer.Load(model.TokenizerPath).VocabSize);
        var read = ModelRecord.Read(model.RecordPath);
        Assert.Equal((12L, 2.5, 0.1), (read.TokensSeen, read.Evaluations["val_loss"], (double)read.Recipe!["lr"]!));
        var json = JsonNode.Parse(File.ReadAllText(model.TokenizerConfigPath))!;
        Assert.Equal(ChatTemplate.Jinja, (string)json["chat_template"]!);
        Assert.Equal(32, (int)json["model_max_length"]!);
        int[] ends = [tokenizer.RequiredTokenId(BpeTokenizer.EndOfText), tokenizer.RequiredTokenId(BpeTokenizer.MessageEnd)];
        Assert.Equal(ends.ToHashSet(), model.ReadEndTokens(tokenizer));
        Assert.Equal(ends.ToHashSet(), model.ReadEndTokens(null));
    }

    [Fact]
    public void A_record_keeps_the_fields_of_other_versions()
    {
        using var folder = new TemporaryFolder();
        ModelRecord.Read(folder.Write("a.json", """{"name":"m","later":{"x":1}}""")).Write(folder["b.json"]);
        Assert.Equal(1, (int)JsonNode.Parse(File.ReadAllText(folder["b.json"]))!["later"]!["x"]!);
        Assert.Throws<InputException>(() => ModelRecord.Read(folder.Write("c.json", "{}")));
    }

    [Fact]
    public void A_model_is_found_by_name_or_folder_and_a_missing_one_is_told_with_those_there_are()
    {
        using var folder = new TemporaryFolder();
        var home = new HomeFolder(folder["home"]);
        Assert.Contains("none yet", Assert.Throws<InputException>(() => ModelDirectory.Find("x", home)).Message);
        new ModelDirectory(home.Model("town")).Write(Config, [], TestTokenizer.Create(), new ModelRecord { Name = "town" });
        Assert.Equal(home.Model("town"), ModelDirectory.Find("town", home).Path);
        Assert.Equal(home.Model("town"), ModelDirectory.Find(home.Model("town"), home).Path);
        Assert.Contains("has town", Assert.Throws<InputException>(() => ModelDirectory.Find("x", home)).Message);
        Assert.Throws<InputException>(() => ModelDirectory.Find("../x", home));
    }

    [Fact]
    public void A_model_of_the_home_folder_is_not_hidden_by_an_exported_copy_where_one_works()
    {
        using var folder = new TemporaryFolder();
        var home = new HomeFolder(folder["home"]);
        string name = $"copy-{Environment.ProcessId}", copy = Path.GetFullPath(name);
        new ModelDirectory(home.Model(name)).Write(Config, [], TestTokenizer.Create(), new ModelRecord { Name = name });
        Directory.CreateDirectory(copy);
        try
        {
            File.WriteAllText(Path.Combine(copy, "config.json"), "{}");
            Assert.Equal(home.Model(name), ModelDirectory.Find(name, home).Path);
            Assert.Equal(copy, ModelDirectory.Find("./" + name, home).Path);
            Assert.Equal(copy, ModelDirectory.Find(name, new HomeFolder(folder["another"])).Path);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }
}
