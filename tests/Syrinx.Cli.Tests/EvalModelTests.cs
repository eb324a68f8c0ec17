using System.Text.Json.Nodes;

namespace Syrinx.Cli.Tests;

/// <summary>The town's models, measured and set side by side.</summary>
[Collection(nameof(BuiltTown))]
public sealed class EvalModelTests(BuiltTown town)
{
    [Fact]
    public async Task Models_are_measured_on_the_corpus_and_set_side_by_side_without_a_word_of_the_posts()
    {
        foreach (string model in (string[])["quickstart-base", "quickstart"])
        {
            var measured = await SyrinxProcess.Run(town.Home, "eval", "model", "--model", model, "--documents", "12", "--dialogues", "6", "--home", town.Home, "--json");
            Assert.True(measured.ExitCode == 0, measured.Error);
            var report = JsonNode.Parse(measured.Output)!;
            Assert.Equal(model, (string?)report["model"]);
            Assert.Equal(12, (int)report["held_out"]!["all"]!["documents"]!);
            Assert.InRange((double)report["held_out"]!["all"]!["bits_per_byte"]!["value"]!, 0.5, 6);
            Assert.Equal(6, (int)report["replies"]!["dialogues"]!);
            Assert.Equal(model == "quickstart" ? "chat" : "document", (string?)report["replies"]!["own_format"]);
            Assert.InRange((long)report["verbatim"]!["training_tokens"]!, 100_000, 10_000_000);
            Assert.Contains(report["not_measured"]!.AsArray(), m => ((string)m!).StartsWith("canaries", StringComparison.Ordinal));
            Assert.True(JsonNode.DeepEquals(report, JsonNode.Parse(File.ReadAllText(Path.Combine(town.Home, "models", model, "eval.json")))));
            var record = JsonNode.Parse(File.ReadAllText(Path.Combine(town.Home, "models", model, "syrinx.json")))!;
            Assert.Equal((double)report["held_out"]!["all"]!["bits_per_byte"]!["value"]!, (double)record["evaluations"]!["held_out_bits_per_byte"]!);
            Assert.NotNull(record["evaluations"]!["val_loss"]);
        }

        string page = Path.Combine(town.Home, "report.html");
        var result = await SyrinxProcess.Run(town.Home, "eval", "report", "--out", page, "--home", town.Home, "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["quickstart-base", "quickstart"], JsonNode.Parse(result.Output)!["models"]!.AsArray().Select(m => (string)m!));
        string written = File.ReadAllText(page) + File.ReadAllText(Path.ChangeExtension(page, ".md")) + File.ReadAllText(Path.Combine(town.Home, "models", "quickstart", "eval.json"));
        foreach (string line in File.ReadLines(Path.Combine(town.Home, "corpus", "dialogues.jsonl")))
        {
            string said = (string)JsonNode.Parse(line)!["turns"]![0]!["text"]!;
            Assert.DoesNotContain(said[..Math.Min(20, said.Length)], written, StringComparison.Ordinal);
        }

        var missing = await SyrinxProcess.Run(town.Home, "eval", "report", "--model", "none", "--out", page, "--home", town.Home);
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("There is no model 'none'", missing.Error);
    }
}
