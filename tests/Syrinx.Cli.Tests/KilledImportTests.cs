using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Syrinx.Data.Posts;

namespace Syrinx.Cli.Tests;

/// <summary>Imports killed and run again.</summary>
public sealed class KilledImportTests : IDisposable
{
    private const int Posts = 60_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-killed-").FullName;

    private string Exports => Path.Combine(_folder, "exports");

    private string OptOut => Path.Combine(_folder, "said-no.txt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Import_killed_wherever_it_is_and_run_again_leaves_the_same_bytes()
    {
        // a lake with keys of its own, into which comes what changes, what is new, what is deleted, what is broken and who opts out
        string seed = Path.Combine(_folder, "seed"), whole = Path.Combine(_folder, "whole"), killed = Path.Combine(_folder, "killed");
        Directory.CreateDirectory(Exports);
        File.WriteAllText(OptOut, "x:3\n");
        File.WriteAllText(Path.Combine(_folder, "first.jsonl"), Lines(1, Posts / 2, 0));
        File.WriteAllText(Path.Combine(Exports, "30.json"), Deletions(1, 50));
        await Import(seed, Path.Combine(_folder, "first.jsonl"));
        await Import(seed, Exports);
        File.WriteAllText(Path.Combine(Exports, "31.json"), Deletions(51, 500));
        File.WriteAllText(Path.Combine(Exports, "later.jsonl"), Lines(Posts / 4, Posts, 5) + "{broken\n");
        File.AppendAllText(OptOut, "x:4\n");
        Copy(seed, whole);
        Copy(seed, killed);
        string before = Fingerprint(seed);

        var clock = Stopwatch.StartNew();
        await Import(whole, Exports);
        clock.Stop();
        string after = Fingerprint(whole);
        Assert.NotEqual(before, after);

        await Kills.Spread(() => SyrinxProcess.Start(_folder, Arguments(killed, Exports)), clock.Elapsed, ended =>
        {
            // what is there is one or the other
            Assert.Contains(Fingerprint(killed), (string[])[before, after]);
            if (Fingerprint(killed) == after)
            {
                Assert.Equal(Bytes(whole), Bytes(killed).Where(f => !f.Contains(".tmp", StringComparison.Ordinal)));
                Directory.Delete(killed, recursive: true);
                Copy(seed, killed);
            }
        });
        await Import(killed, Exports, "--threads", "1");
        Assert.Equal(Bytes(whole), Bytes(killed));
    }

    private string[] Arguments(string home, string path, params string[] more) => ["import", "auto", path, "--opt-out", OptOut, "--home", home, .. more];

    private async Task Import(string home, string path, params string[] more)
    {
        var result = await SyrinxProcess.Run(_folder, Arguments(home, path, more));
        Assert.True(result.ExitCode == 0, result.Error);
    }

    private static string Fingerprint(string home) => PostStore.Open(Path.Combine(home, "posts")).Fingerprint;

    private static string Lines(int first, int last, int likes)
    {
        var text = new StringBuilder();
        for (int i = first; i < last; i++)
            text.Append(FormattableString.Invariant($$"""{"id":"x:{{i}}","platform":"x","text":"The {{i * 7919L % 10007}}th word of {{i}}, 第{{i}}句","author_id":"x:{{i % 997}}","author":"a{{i % 997}}","created_at":"2026-03-01T08:30:01Z","likes":{{likes}}}""")).Append('\n');
        return text.ToString();
    }

    private static string Deletions(int first, int last) => string.Concat(Enumerable.Range(first, last - first)
        .Select(i => JsonSerializer.Serialize(new { delete = new { status = new { id = i * 3, id_str = $"{i * 3}", user_id = 7 } } }) + "\n"));

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>Every file of a home folder and its bytes, but for the lock.</summary>
    private static List<string> Bytes(string home) => [.. Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories)
        .Where(f => !f.EndsWith(".lock", StringComparison.Ordinal))
        .Select(f => $"{Path.GetRelativePath(home, f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}").Order(StringComparer.Ordinal)];
}
