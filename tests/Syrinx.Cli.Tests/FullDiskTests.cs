using System.Security.Cryptography;
using System.Text;

namespace Syrinx.Cli.Tests;

/// <summary>Training whose disk is full. A limit on the size of files stands for that: writing fails in the same place, in the same way.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-full-").FullName;

    [Fact]
    public async Task Training_ends_with_the_reason_and_goes_on_when_there_is_room()
    {
        var lines = new StringBuilder();
        for (int i = 0; i < 1500; i++)
            lines.Append($"On day {i} the baker sold {i * i % 37} loaves, 老王 bought {i % 5}.\n");
        File.WriteAllText(Path.Combine(_folder, "town.txt"), lines.ToString());
        File.WriteAllText(Path.Combine(_folder, "wsd.json"), """{"decay": "wsd", "samples": 0, "evaluate_every": 1000}""");
        const string train = "train --input town.txt --char --recipe wsd.json --home home --steps";
        var whole = await SyrinxProcess.Run(_folder, $"{train} 16 --model whole".Split(' '));
        Assert.True(whole.ExitCode == 0, whole.Error);
        var first = await SyrinxProcess.Run(_folder, $"{train} 10 --model parts".Split(' '));
        Assert.True(first.ExitCode == 0, first.Error);

        var full = await SyrinxProcess.RunLimited(_folder, kilobytes: 512, $"{train} 16 --model parts --resume --checkpoint-every 0".Split(' '));
        Assert.True(full.ExitCode == 2, full.Error);
        Assert.Contains("could not be written", full.Error);
        Assert.Contains("step-000000010 is whole, and --resume goes on from it; make room on the disk first", full.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "home", "runs", "parts", "checkpoints"), ".*"));

        var rest = await SyrinxProcess.Run(_folder, $"{train} 16 --model parts --resume".Split(' '));
        Assert.True(rest.ExitCode == 0, rest.Error);
        Assert.Contains("Going on from step 8 of 16", rest.Error); // the end of the stable phase
        Assert.Equal(Hash("whole"), Hash("parts"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Hash(string model) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder, "home", "models", model, "model.safetensors"))));
}
