using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Syrinx.Data.Posts;

namespace Syrinx.Cli.Tests;

/// <summary><c>syrinx forget</c> on copies of the built town.</summary>
[Collection(nameof(BuiltTown))]
public sealed class ForgetTests(BuiltTown town) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-forget-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nothing_of_a_forgotten_author_is_in_any_file_and_the_models_that_saw_them_are_named()
    {
        string home = Copy("home");
        var (author, handle, lines) = TalkativeAuthor(home);
        var before = HomeContents.Read(home);
        foreach (string place in (string[])["posts", "tokens", "index", "corpus/documents.jsonl"])
            Assert.Contains(lines, l => before[place].Contains(Encoded(l, place), StringComparison.Ordinal));

        var result = await SyrinxProcess.Run(_folder, "forget", "@" + handle, "--home", home, "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        var report = JsonNode.Parse(result.Output)!;
        Assert.True((int)report["posts"]! > 20 && (int)report["documents"]! > 20 && (int)report["index"]! > 20, result.Output);
        Assert.Equal(["quickstart", "quickstart-base"], report["models_that_saw"]!.AsArray().Select(m => (string?)m));
        Assert.All(report["left"]!.AsObject(), l => Assert.Equal(0, (int)l.Value!));

        foreach (var (place, text) in HomeContents.Read(home))
        {
            Assert.DoesNotContain(lines, l => text.Contains(Encoded(l, place), StringComparison.Ordinal));
            Assert.DoesNotContain(handle, text, StringComparison.OrdinalIgnoreCase);
        }

        // they stay away: the exports still have them
        string[] exports = [Path.Combine(town.Sample, "x-api"), Path.Combine(town.Sample, "ptt"), Path.Combine(town.Sample, "x-archives")];
        var again = await SyrinxProcess.Run(_folder, ["import", "auto", .. exports, "--home", home, "--json"]);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.DoesNotContain(PostStore.Open(Path.Combine(home, "posts")).ReadPosts(), p => p.AuthorId == author);
    }

    [Fact]
    public async Task A_removal_that_was_killed_goes_on_to_the_same_end()
    {
        string whole = Copy("whole"), killed = Copy("killed");
        var (author, _, _) = TalkativeAuthor(whole);
        var undisturbed = await SyrinxProcess.Run(_folder, "forget", author, "--home", whole);
        Assert.True(undisturbed.ExitCode == 0, undisturbed.Error);
        foreach (int delay in (int[])[0, 300, 900])
        {
            using var process = SyrinxProcess.Start(_folder, "forget", author, "--home", killed);
            var limit = DateTime.UtcNow.AddMinutes(2);
            while (!process.HasExited && !File.Exists(Path.Combine(killed, "lineage", "forgetting.json")) && DateTime.UtcNow < limit)
                await Task.Delay(5);
            await Task.Delay(delay);
            process.Kill();
            await process.WaitForExitAsync();
        }
        Assert.True(File.Exists(Path.Combine(killed, "lineage", "forgetting.json")), "it ended before it could be killed");
        var resumed = await SyrinxProcess.Run(_folder, "forget", author, "--home", killed, "--json");
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.True((int)JsonNode.Parse(resumed.Output)!["posts"]! > 20, "it tells what there was before it was killed");
        Assert.Equal(Hashes(whole), Hashes(killed));
        Assert.Empty(Directory.GetFiles(Path.Combine(killed, "lineage"), "forgetting*"));
        Assert.Equal(PostStore.Open(Path.Combine(whole, "posts")).Fingerprint, PostStore.Open(Path.Combine(killed, "posts")).Fingerprint);
    }

    [Fact]
    public async Task A_curation_that_read_the_author_before_is_waited_for_so_that_it_brings_nothing_back()
    {
        string home = Copy("home");
        var (author, _, lines) = TalkativeAuthor(home);
        using (FolderLock.Take(Path.Combine(home, "corpus", ".lock"), "busy"))
        {
            var beside = await SyrinxProcess.Run(_folder, "forget", author, "--home", home);
            Assert.True(beside.ExitCode == 2, beside.Error);
            Assert.Contains($"error: Another process is making the corpus in {Path.Combine(home, "corpus")}. Wait until it has ended, then run this again.", beside.Error, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(home, "corpus", "documents.jsonl")), "a corpus that is in use is none that cannot be made");
        }
        var after = await SyrinxProcess.Run(_folder, "forget", author, "--home", home);
        Assert.True(after.ExitCode == 0, after.Error);
        Assert.DoesNotContain(lines, l => File.ReadAllText(Path.Combine(home, "corpus", "documents.jsonl")).Contains(l, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_not_known_is_an_error_and_nothing_changes()
    {
        string home = Copy("home");
        var before = Hashes(home);
        foreach (var (author, message) in ((string, string)[])
            [("nobody-of-this-name", "No author here has the handle"), ("two words", "is no author"), ("x:", "is no author")])
        {
            var result = await SyrinxProcess.Run(_folder, "forget", author, "--home", home);
            Assert.Equal(2, result.ExitCode);
            Assert.Contains(message, result.Error, StringComparison.Ordinal);
        }
        Assert.Equal(before, Hashes(home));
    }

    private static string Encoded(string line, string place) =>
        place.Contains('.') ? System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(line)) : line;

    /// <summary>An author with many posts in the corpus, and lines that they alone wrote and that no masking changed.</summary>
    private static (string Id, string Handle, List<string> Lines) TalkativeAuthor(string home)
    {
        string documents = File.ReadAllText(Path.Combine(home, "corpus", "documents.jsonl"));
        var posts = PostStore.Open(Path.Combine(home, "posts")).ReadPosts().Where(p => p.AuthorId is not null).ToList();
        foreach (var own in posts.GroupBy(p => p.AuthorId!).OrderByDescending(g => g.Count()).Take(20))
        {
            string others = string.Join('\n', posts.Where(p => p.AuthorId != own.Key).Select(p => p.Text));
            List<string> lines = [.. own.SelectMany(LinesOf).Distinct()
                .Where(l => !others.Contains(l, StringComparison.Ordinal) && documents.Contains(l, StringComparison.Ordinal))];
            if (lines.Count >= 20 && own.First().Author is { Length: > 6 } handle && posts.Count(p => p.Text.Contains(handle, StringComparison.OrdinalIgnoreCase)) == 0)
                return (own.Key, handle, lines);
        }
        throw new InvalidOperationException("Nobody in the town says anything of their own.");
    }

    private static IEnumerable<string> LinesOf(Post post) => post.Text.Split('\n').Select(l => l.Trim()).Where(l => l.Length >= 24 && !l.Contains('"'));

    private string Copy(string name)
    {
        string target = Path.Combine(_folder, name);
        foreach (string file in Directory.EnumerateFiles(town.Home, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(town.Home, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return target;
    }

    private static List<string> Hashes(string home) =>
        [.. new[] { "corpus", "tokens", "models", "runs" }.SelectMany(f => Directory.GetFiles(Path.Combine(home, f), "*", SearchOption.AllDirectories))
            .Select(f => $"{Path.GetRelativePath(home, f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}").Order(StringComparer.Ordinal)];
}
