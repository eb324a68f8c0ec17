using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Syrinx.Cli.Tests;

/// <summary>The newcomer's one command.</summary>
[Collection(nameof(BuiltTown))]
public sealed class QuickstartTests(BuiltTown town)
{
    private static readonly string[] Steps = ["sample", "import", "curate", "tokenizer", "train", "tune", "index"];

    [Fact]
    public void Every_step_ran_and_left_its_files()
    {
        var seconds = town.Report["seconds"]!.AsObject();
        Assert.Equal(Steps, seconds.Select(s => s.Key));
        Assert.Equal("quickstart", (string?)town.Report["model"]);
        foreach (string file in (string[])["posts/authors.parquet", "corpus/card.html", "tokens/tokenizer.json", "tokens/train.bin",
            "models/quickstart/model.safetensors", "models/quickstart/config.json", "runs/quickstart-base/metrics.jsonl", "index"])
        {
            Assert.True(Path.Exists(Path.Combine(town.Home, file)), file);
        }
    }

    [Fact]
    public async Task A_second_run_reuses_every_step()
    {
        var before = File.GetLastWriteTimeUtc(Path.Combine(town.Home, "models", "quickstart", "model.safetensors"));
        var result = await town.Quickstart();
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.All(JsonNode.Parse(result.Output)!["seconds"]!.AsObject(), s => Assert.Equal(0, (double)s.Value!));
        Assert.Equal(before, File.GetLastWriteTimeUtc(Path.Combine(town.Home, "models", "quickstart", "model.safetensors")));
    }

    [Fact]
    public async Task Posts_of_another_platform_are_not_mixed_in()
    {
        var result = await town.Quickstart(Path.Combine(town.Sample, "ptt"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--home", result.Error);
        Assert.DoesNotContain("   at ", result.Error);
    }

    [Fact]
    public async Task Importing_the_same_exports_again_changes_nothing()
    {
        var posts = Path.Combine(town.Home, "posts");
        var before = Directory.GetFiles(posts, "*.parquet").Order().Select(f => (f, Hash: Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))))).ToList();
        var result = await SyrinxProcess.Run(town.Home, "import", "auto", Path.Combine(town.Sample, "x-api"), Path.Combine(town.Sample, "ptt"),
            Path.Combine(town.Sample, "x-archives"), "--home", town.Home, "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        var report = JsonNode.Parse(result.Output)!;
        Assert.Equal(0, (long)report["imported"]!);
        Assert.Equal((long)report["read"]!, report["skipped"]!.AsObject().Sum(s => (long)s.Value!) + (long)report["quarantined"]!);
        Assert.Equal(before, Directory.GetFiles(posts, "*.parquet").Order().Select(f => (f, Hash: Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))))));
    }

    [Fact]
    public async Task Two_at_once_do_not_write_each_others_sample()
    {
        var before = File.GetLastWriteTimeUtc(Path.Combine(town.Sample, "README.txt"));
        using var other = FolderLock.Take(Path.Combine(town.Home, ".quickstart.lock"), "busy");
        var result = await town.Quickstart("--fresh");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"error: Another quickstart is building {town.Home}.", result.Error);
        Assert.Equal(before, File.GetLastWriteTimeUtc(Path.Combine(town.Sample, "README.txt")));
    }

    [Fact]
    public async Task A_port_in_use_is_told_before_any_work()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string home = Path.Combine(town.Home, "..", "other");
        var result = await SyrinxProcess.Run(Path.GetTempPath(), "quickstart", "--home", home, "--port", ((IPEndPoint)taken.LocalEndpoint).Port.ToString());
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--port", result.Error);
        Assert.False(Directory.Exists(home));
    }
}
