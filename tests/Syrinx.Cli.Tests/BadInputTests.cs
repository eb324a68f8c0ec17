namespace Syrinx.Cli.Tests;

/// <summary>What a person gets wrong is told in a sentence, with exit code 2, and leaves no half-made home folder.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-bad-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task An_empty_folder() =>
        IsRefused(Directory.CreateDirectory(In("empty")).FullName, "empty");

    [Fact]
    public Task A_path_that_is_not_there() => IsRefused(In("nowhere"), "nowhere");

    [Fact]
    public Task A_truncated_zip()
    {
        byte[] zip = [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0, .. new byte[400]];
        File.WriteAllBytes(In("archive.zip"), zip);
        return IsRefused(In("archive.zip"), "archive.zip");
    }

    [Fact]
    public Task A_binary_file_called_txt()
    {
        var random = new Random(7);
        byte[] bytes = new byte[20_000];
        random.NextBytes(bytes);
        File.WriteAllBytes(In("article.txt"), bytes);
        return IsRefused(In("article.txt"), "article.txt");
    }

    [Fact]
    public async Task Steps_without_the_step_before_say_which_to_run()
    {
        foreach (var (verb, before) in new[] { ("curate", "import"), ("index", "import"), ("search x", "index") })
        {
            var result = await SyrinxProcess.Run(_folder, [.. verb.Split(' '), "--home", In("none")]);
            Assert.Equal(2, result.ExitCode);
            Assert.Contains($"syrinx {before}", result.Error);
        }
    }

    private string In(string name) => Path.Combine(_folder, name);

    private async Task IsRefused(string path, string named)
    {
        var result = await SyrinxProcess.Run(_folder, "quickstart", path, "--home", In("home"), "--no-serve", "--json");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(named, result.Error);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.Empty(result.Output);
        Assert.False(Directory.Exists(In("home/models")));
    }
}
