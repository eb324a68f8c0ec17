using System.Diagnostics;
using System.Security.Cryptography;

namespace Syrinx.Cli.Tests;

/// <summary>Curation killed and run again.</summary>
[Collection(nameof(BuiltTown))]
public sealed class KilledCurationTests(BuiltTown town) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-killed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Curation_killed_wherever_it_is_and_run_again_writes_the_same_bytes()
    {
        string home = Path.Combine(_folder, "home");
        Copy("posts");
        Copy("opt-out");
        var clock = Stopwatch.StartNew();
        var undisturbed = await SyrinxProcess.Run(_folder, "curate", "--home", home);
        Assert.True(undisturbed.ExitCode == 0, undisturbed.Error);
        Directory.Delete(Path.Combine(home, "corpus"), recursive: true);
        await Kills.Spread(() => SyrinxProcess.Start(_folder, "curate", "--home", home), clock.Elapsed, ended =>
        {
            if (ended)
                Directory.Delete(Path.Combine(home, "corpus"), recursive: true);
        });
        var result = await SyrinxProcess.Run(_folder, "curate", "--home", home, "--threads", "1");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(Hashes(town.Home), Hashes(home)); // the town's was made undisturbed, in all threads
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(home, "corpus")), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    private static List<string> Hashes(string home) => [.. Directory.GetFiles(Path.Combine(home, "corpus"))
        .Select(f => $"{Path.GetFileName(f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}").Order(StringComparer.Ordinal)];

    private void Copy(string name)
    {
        string source = Path.Combine(town.Home, name);
        foreach (string file in File.Exists(source) ? [source] : Directory.GetFiles(source))
        {
            string target = Path.Combine(_folder, "home", Path.GetRelativePath(town.Home, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
