using System.Diagnostics;
using System.Text.Json.Serialization;
using Syrinx.Data.Posts;

namespace Syrinx.Search.Evaluation;

/// <summary>What a retrieval benchmark came to; times are of this run on this machine, one query after the other.</summary>
/// <param name="NdcgAt10">Mean over the judged queries.</param>
/// <param name="RecallAt100">Mean over the judged queries.</param>
/// <param name="MrrAt10">Mean over the judged queries.</param>
/// <param name="Queries">Queries with at least one relevant document.</param>
/// <param name="Documents">Documents in the index.</param>
/// <param name="IndexSeconds">To build the index.</param>
/// <param name="P50Ms">Median time of a query that asks for 100 documents.</param>
/// <param name="P99Ms">99th percentile of it.</param>
public sealed record RetrievalReport(
    [property: JsonPropertyName("ndcg_at_10")] double NdcgAt10,
    [property: JsonPropertyName("recall_at_100")] double RecallAt100,
    [property: JsonPropertyName("mrr_at_10")] double MrrAt10,
    int Queries,
    int Documents,
    double IndexSeconds,
    double P50Ms,
    double P99Ms);

/// <summary>Runs a retrieval benchmark through the same index that posts are searched with.</summary>
public static class RetrievalEvaluation
{
    /// <summary>
    /// Indexes the corpus in a temporary folder, asks every judged query for 100 documents, and scores the rankings.
    /// </summary>
    /// <param name="corpus">BEIR's <c>corpus.jsonl</c>.</param>
    /// <param name="queries">BEIR's <c>queries.jsonl</c>.</param>
    /// <param name="judgements">BEIR's <c>qrels/test.tsv</c>.</param>
    /// <param name="progress">Told of indexing and searching.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="InputException">A file is missing or malformed, or no query is judged.</exception>
    public static RetrievalReport RunBm25(
        string corpus, string queries, string judgements, IProgress<StageProgress>? progress = null,
        CancellationToken cancel = default)
    {
        var grades = BeirDataset.ReadJudgements(judgements);
        var judged = BeirDataset.ReadQueries(queries)
            .Where(q => grades.TryGetValue(q.Id, out var g) && g.Values.Any(v => v > 0)).ToList();
        if (judged.Count == 0)
            throw new InputException(
                $"None of the queries in {queries} has a relevant document in {judgements}: do they belong together?");
        string directory = Directory.CreateTempSubdirectory("syrinx-eval-").FullName;
        try
        {
            long started = Stopwatch.GetTimestamp();
            int documents = SearchIndex.Build(
                BeirDataset.ReadCorpus(corpus), new Dictionary<string, Author>(), null, "", directory, progress, cancel: cancel);
            double indexSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            using var index = SearchIndex.Open(directory);
            index.RankAny(judged[0].Text, 100); // the first search pays for the compiler

            double ndcg = 0, recall = 0, mrr = 0;
            var times = new List<double>(judged.Count);
            foreach (var (id, text) in judged)
            {
                cancel.ThrowIfCancellationRequested();
                started = Stopwatch.GetTimestamp();
                var ranking = index.RankAny(text, 100);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                ndcg += RetrievalMetrics.Ndcg(ranking, grades[id], 10);
                recall += RetrievalMetrics.Recall(ranking, grades[id], 100);
                mrr += RetrievalMetrics.ReciprocalRank(ranking, grades[id], 10);
                progress?.Report(new("search", times.Count, judged.Count, "queries"));
            }
            times.Sort();
            return new(ndcg / judged.Count, recall / judged.Count, mrr / judged.Count, judged.Count, documents, indexSeconds,
                RetrievalMetrics.Percentile(times, 0.50), RetrievalMetrics.Percentile(times, 0.99));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
