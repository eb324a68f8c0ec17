using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Syrinx.Cli.Tests;

public sealed class KilledTrainingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-kill-").FullName;

    [Fact]
    public async Task Training_killed_twice_and_resumed_ends_at_the_same_bytes()
    {
        string text = Path.Combine(_folder, "town.txt");
        var lines = new StringBuilder();
        for (int i = 0; i < 1500; i++)
            lines.Append($"On day {i} the baker sold {i * i % 37} loaves, 老王 bought {i % 5}.\n");
        File.WriteAllText(text, lines.ToString());
        // checkpoints are seldom, and the process dies wherever it is
        string[] train = ["train", "--input", text, "--char", "--steps", "50", "--checkpoint-every", "0.2", "--home", Path.Combine(_folder, "home")];
        var whole = await SyrinxProcess.Run(_folder, [.. train, "--model", "whole"]);
        Assert.True(whole.ExitCode == 0, whole.Error);
        await Kill([.. train, "--model", "killed"], atStep: 12);
        await Kill([.. train, "--model", "killed", "--resume"], atStep: 28);
        var resumed = await SyrinxProcess.Run(_folder, [.. train, "--model", "killed", "--resume", "--json"]);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Contains("Going on from step", resumed.Error);
        Assert.Equal(50, JsonNode.Parse(resumed.Output)!["steps"]!.GetValue<int>());
        Assert.Equal(Hash("whole"), Hash("killed"));
        Assert.Equal(Enumerable.Range(1, 50), File.ReadLines(Metrics("killed")).Select(l => JsonNode.Parse(l)!["step"]!.GetValue<int>()));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task Kill(string[] arguments, int atStep)
    {
        using var process = SyrinxProcess.Start(_folder, arguments);
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        var limit = DateTime.UtcNow.AddMinutes(3);
        while (!process.HasExited && DateTime.UtcNow < limit && !(File.Exists(Metrics("killed")) && LastStep() >= atStep))
            await Task.Delay(20);
        Assert.False(process.HasExited, "the training ended before it could be killed");
        process.Kill(); // SIGKILL
        await process.WaitForExitAsync();
        Assert.InRange(LastStep(), atStep, 49);
    }

    private int LastStep()
    {
        using var stream = new FileStream(Metrics("killed"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Count(c => c == '\n');
    }

    private string Metrics(string name) => Path.Combine(_folder, "home", "runs", name, "metrics.jsonl");

    private string Hash(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder, "home", "models", name, "model.safetensors"))));
}
