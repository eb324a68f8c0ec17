using Syrinx.Search.Evaluation;

namespace Syrinx.Search.Tests.Evaluation;

public sealed class RetrievalEvaluationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-eval-").FullName;

    [Fact]
    public void Metrics_agree_with_a_ranking_worked_out_by_hand()
    {
        var grades = new Dictionary<string, int> { ["a"] = 2, ["b"] = 1, ["c"] = 1, ["d"] = 0 };
        string[] ranking = ["d", "a", "x", "b"];
        double ideal = 2 + 1 / Math.Log2(3) + 1 / Math.Log2(4);
        Assert.Equal((2 / Math.Log2(3) + 1 / Math.Log2(5)) / ideal, RetrievalMetrics.Ndcg(ranking, grades, 10), 12);
        Assert.Equal(2 / Math.Log2(3) / (2 + 1 / Math.Log2(3)), RetrievalMetrics.Ndcg(ranking, grades, 2), 12);
        Assert.Equal(2.0 / 3, RetrievalMetrics.Recall(ranking, grades, 100), 12);
        Assert.Equal(0.5, RetrievalMetrics.ReciprocalRank(ranking, grades, 10));
        Assert.Equal(0, RetrievalMetrics.ReciprocalRank(ranking, grades, 1));
        Assert.Equal(1, RetrievalMetrics.Ndcg(["a", "b", "c"], grades, 10), 12);
    }

    [Fact]
    public void A_benchmark_in_BEIRs_files_is_run()
    {
        string corpus = Write("corpus.jsonl", """
            {"_id":"1","title":"","text":"a boat in the harbour"}
            {"_id":"2","title":"豆花","text":"廟口那攤"}
            {"_id":"3","text":"nothing of note"}
            """);
        string queries = Write("queries.jsonl", """
            {"_id":"q1","text":"Where is the boat -harbour?"}
            {"_id":"q2","text":"豆花在哪"}
            {"_id":"q3","text":"never judged"}
            """);
        string qrels = Write("test.tsv", "query-id\tcorpus-id\tscore\nq1\t1\t1\nq2\t2\t1\n");
        var report = RetrievalEvaluation.RunBm25(corpus, queries, qrels);
        Assert.Equal((2, 3, 1.0, 1.0, 1.0), (report.Queries, report.Documents, report.NdcgAt10, report.RecallAt100,
            report.MrrAt10));
    }

    [Theory]
    [InlineData("""{"id":"1","text":"a"}""", "q1\t1\t1", "line 1")]
    [InlineData("""{"_id":"1","text":"a"}""", "q1\t1\tone\nq1\t1\tone", "line 2")]
    [InlineData("""{"_id":"1","text":"a"}""", "q9\t1\t1", "belong together")]
    public void A_malformed_benchmark_is_an_input_error_that_says_where(string line, string qrels, string says)
    {
        string file = Write("both.jsonl", line);
        var error = Assert.Throws<InputException>(() => RetrievalEvaluation.RunBm25(file, file, Write("test.tsv", qrels)));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
