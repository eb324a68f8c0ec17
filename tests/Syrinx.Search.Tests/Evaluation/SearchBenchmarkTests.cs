using Syrinx.Data.Posts;
using Syrinx.Data.Posts.Import;
using Syrinx.Search.Evaluation;

namespace Syrinx.Search.Tests.Evaluation;

public sealed class SearchBenchmarkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-bench-").FullName;

    [Fact]
    public void Every_query_is_made_of_words_that_were_posted()
    {
        string[] texts = ["the ferry leaves the harbour at seven", "河堤路的咖啡好喝", "two cats sleep in the window"];
        string file = Path.Combine(_folder, "posts.jsonl");
        File.WriteAllLines(file, texts.Select((t, i) =>
            $$"""{"id":"x:{{i}}","platform":"x","kind":"post","author_id":"x:1","created_at":"2024-05-01T00:00:00Z","text":"{{t}}"}"""));
        var home = new HomeFolder(Path.Combine(_folder, "home"));
        PostImport.Run(home, new ImportSettings { Format = "jsonl", Paths = [file], Threads = 1 }, null, TestContext.Current.CancellationToken);

        var report = SearchBenchmark.Run(home, Path.Combine(_folder, "index"), 7, 2, null, TestContext.Current.CancellationToken);

        Assert.Equal((3, 3), (report.Posts, report.Queries));
        Assert.Equal(texts.Sum(System.Text.Encoding.UTF8.GetByteCount), report.Bytes);
        Assert.Equal(["phrase", "word", "words"], report.P50MsByKind.Keys.Order());
        Assert.InRange(report.P50Ms, double.Epsilon, report.P99Ms);
        Assert.Equal(report.MaxMs, report.P99Ms);
        Assert.False(Directory.Exists(home.Index));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
