using System.Text;
using Syrinx.Data.Posts;

namespace Syrinx.Cli.Tests;

/// <summary>Ctrl-C (SIGINT) while importing and curating: exit code 130, nothing half written, and the next run goes through.</summary>
public sealed class InterruptedTests : IDisposable
{
    private const int SIGINT = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-interrupted-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Import_and_curate_end_with_130_and_change_nothing()
    {
        string home = Path.Combine(_folder, "home");
        File.WriteAllText(Path.Combine(_folder, "few.jsonl"), Posts(0, 200));
        File.WriteAllText(Path.Combine(_folder, "many.jsonl"), Posts(200, 60_000));
        await Run("import", "jsonl", "few.jsonl", "--home", home);
        await Run("curate", "--home", home);

        string posts = Fingerprint(home), card = File.ReadAllText(Path.Combine(home, "corpus", "card.json"));
        await Interrupt("many.jsonl", "import", "jsonl", "many.jsonl", "--home", home, "--threads", "1");
        Assert.Equal(posts, Fingerprint(home));
        await Run("import", "jsonl", "many.jsonl", "--home", home);
        Assert.Equal(60_000, PostStore.Open(Path.Combine(home, "posts")).PostCount);

        await Interrupt("posts-", "curate", "--home", home, "--threads", "1");
        Assert.Equal(card, File.ReadAllText(Path.Combine(home, "corpus", "card.json")));
        Assert.DoesNotContain(Directory.GetFiles(home, "*", SearchOption.AllDirectories), f => f.EndsWith(".tmp", StringComparison.Ordinal));
        await Run("curate", "--home", home);
        Assert.NotEqual(card, File.ReadAllText(Path.Combine(home, "corpus", "card.json")));
    }

    /// <summary>Runs it until it has a file open whose name says so, presses Ctrl-C, and expects it to say that it was interrupted.</summary>
    private async Task Interrupt(string opens, params string[] arguments)
    {
        using var process = SyrinxProcess.Start(_folder, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        while (!process.HasExited && !OpenFiles(process.Id).Any(f => f.Contains(opens, StringComparison.Ordinal)))
            await Task.Delay(2);
        MpiJob.Kill(process.Id, SIGINT);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(process.ExitCode == 130, $"{string.Join(' ', arguments)}: {process.ExitCode} {await error}");
        Assert.Contains("Interrupted", await error, StringComparison.Ordinal);
        Assert.Empty(await output);
    }

    private static List<string> OpenFiles(int process)
    {
        List<string> open = [];
        try
        {
            foreach (string link in Directory.GetFileSystemEntries($"/proc/{process}/fd"))
                open.Add(new FileInfo(link).LinkTarget ?? "");
        }
        catch (IOException)
        {
            // it was closed, or the process has ended
        }
        return open;
    }

    private async Task Run(params string[] arguments)
    {
        var result = await SyrinxProcess.Run(_folder, arguments);
        Assert.True(result.ExitCode == 0, string.Join(' ', arguments) + "\n" + result.Error);
    }

    private static string Fingerprint(string home) => PostStore.Open(Path.Combine(home, "posts")).Fingerprint;

    private static string Posts(int first, int last)
    {
        var text = new StringBuilder();
        for (int i = first; i < last; i++)
            text.Append($$"""{"id":"x:{{i + 1}}","platform":"x","text":"The {{i * 7919L % 10007}}th boat of {{i}} came in late, 第{{i}}艘","author_id":"x:{{i % 997}}","author":"a{{i % 997}}"}""").Append('\n');
        return text.ToString();
    }
}
