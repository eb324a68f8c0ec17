using System.Text.Json.Nodes;

namespace Syrinx.Cli.Tests;

/// <summary><c>syrinx export</c>, and the verbs that take what it wrote.</summary>
public sealed class ExportVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-export-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_model_goes_out_as_GGUF_and_as_a_folder_and_every_verb_takes_either()
    {
        File.WriteAllText(Path.Combine(_folder, "town.txt"), string.Concat(Enumerable.Repeat("The ferry leaves at noon. ", 300)));
        await Report("train", "--model", "town", "--input", "town.txt", "--char", "--steps", "0");
        var gguf = await Report("export", "--model", "town", "--format", "gguf", "--out", "town.gguf");
        Assert.Equal(new FileInfo(Path.Combine(_folder, "town.gguf")).Length, (long)gguf["bytes"]!);
        Assert.Equal(Path.Combine(_folder, "town.gguf"), (string)gguf["path"]!);
        await Report("export", "--model", "town.gguf", "--format", "hf", "--quant", "bf16", "--out", "folder");
        string[] generate = ["generate", "--prompt", "The", "--max-tokens", "8", "--temperature", "0", "--model"];
        Assert.Equal((string)(await Report([.. generate, "town"]))["text"]!, (string)(await Report([.. generate, "town.gguf"]))["text"]!);
        await Report([.. generate, "folder"]);
        Assert.True((double)(await Report("eval", "lm", "--model", "town.gguf", "--text", "town.txt"))["loss"]! > 0);
        await Report("train", "--model", "more", "--from", "town.gguf", "--input", "town.txt", "--steps", "1");

        var refused = await SyrinxProcess.Run(_folder, "export", "--home", "home", "--model", "town", "--format", "hf", "--quant", "q8_0", "--out", "x");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("f32, f16 and bf16", refused.Error);
    }

    private async Task<JsonNode> Report(params string[] arguments)
    {
        var result = await SyrinxProcess.Run(_folder, [.. arguments, "--home", "home", "--json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonNode.Parse(result.Output)!;
    }
}
