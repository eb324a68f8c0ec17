using System.Diagnostics;
using System.Text;
using Syrinx.Data.Posts;

namespace Syrinx.Search.Evaluation;

/// <summary>How fast a home folder's posts are indexed and found, beside what the machine can do without an index.</summary>
/// <param name="Posts">Posts in the index.</param>
/// <param name="Bytes">UTF-8 bytes of all posts' titles and texts.</param>
/// <param name="IndexSeconds">To build the index, reading the posts included.</param>
/// <param name="IndexPostsPerSecond">Posts a second.</param>
/// <param name="IndexBytesPerSecond">Bytes of text a second.</param>
/// <param name="IndexBytes">Size of the index on disk.</param>
/// <param name="ReadBytesPerSecond">The limit of building: the same posts decoded from Parquet by one thread, nothing done with them.</param>
/// <param name="Queries">Searches, each for 20 hits with their texts and the counts beside them.</param>
/// <param name="P50Ms">Median time of a search, one after the other.</param>
/// <param name="P99Ms">99th percentile of it.</param>
/// <param name="MaxMs">The slowest.</param>
/// <param name="P50MsByKind">Median by kind of query: <c>word</c>, <c>words</c>, <c>phrase</c>.</param>
/// <param name="QueriesPerSecond">Searches a second on all threads.</param>
/// <param name="ScanBytesPerSecond">The limit without an index: one thread looks through texts in memory for one word.</param>
/// <param name="ScanMs">What such a look through all the posts would take at that rate.</param>
/// <param name="Threads">Threads.</param>
public sealed record SearchBenchmarkReport(
    int Posts, long Bytes, double IndexSeconds, double IndexPostsPerSecond, double IndexBytesPerSecond, long IndexBytes, double ReadBytesPerSecond,
    int Queries, double P50Ms, double P99Ms, double MaxMs, IReadOnlyDictionary<string, double> P50MsByKind, double QueriesPerSecond,
    double ScanBytesPerSecond, double ScanMs, int Threads);

/// <summary>
/// Measures one index of a home folder's posts, built in another folder. The queries are made of the posts' own words: a word, two or three
/// that follow one another, and the same as a phrase; so every one has something to find, and rare and common words come as often as they are written.
/// </summary>
public static class SearchBenchmark
{
    private const int Queries = 3_000;
    private const int WarmUp = 200;
    private const int MostScanned = 32 << 20; // characters

    /// <summary>Runs it.</summary>
    /// <param name="home">Its posts are read; nothing of it is changed.</param>
    /// <param name="indexFolder">Where the index is written.</param>
    /// <param name="seed">Chooses the queries.</param>
    /// <param name="threads">Threads that search at once for <see cref="SearchBenchmarkReport.QueriesPerSecond"/>.</param>
    /// <param name="progress">Told how far it is, or null.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="InputException">There are no posts with text.</exception>
    public static SearchBenchmarkReport Run(
        HomeFolder home, string indexFolder, ulong seed, int threads, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(home);
        var store = PostStore.Open(home.Posts);
        var random = new Random((int)(seed ^ seed >> 32));
        var reading = Stopwatch.StartNew();
        var (sample, bytes) = Read(store, random, cancel);
        reading.Stop();

        var building = Stopwatch.StartNew();
        int posts = SearchIndex.Build(
            store.ReadPosts(cancel), store.ReadAuthors(), PostLabels.TryRead(home.Corpus, cancel), "", indexFolder, progress, store.PostCount, cancel);
        building.Stop();
        var queries = sample.Select((text, i) => Query(text, i, random)).OfType<(string Kind, string Text)>().ToList();
        if (queries.Count == 0)
            throw new InputException($"There are no posts with text in {home.Posts}.");

        using var index = SearchIndex.Open(indexFolder);
        foreach (var (_, text) in queries.Take(WarmUp))
            index.Search(new() { Text = text }, cancel);
        var times = new List<(string Kind, double Ms)>(queries.Count);
        foreach (var (kind, text) in queries)
        {
            long started = Stopwatch.GetTimestamp();
            index.Search(new() { Text = text }, cancel);
            times.Add((kind, Stopwatch.GetElapsedTime(started).TotalMilliseconds));
            progress?.Report(new("search", times.Count, queries.Count, "queries"));
        }
        var together = Stopwatch.StartNew();
        Parallel.ForEach(queries, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            query => index.Search(new() { Text = query.Text }, cancel));
        together.Stop();

        double scan = Scan(store, cancel);
        List<double> all = [.. times.Select(t => t.Ms).Order()];
        return new(posts, bytes, building.Elapsed.TotalSeconds, posts / building.Elapsed.TotalSeconds, bytes / building.Elapsed.TotalSeconds,
            Directory.EnumerateFiles(indexFolder, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length),
            bytes / reading.Elapsed.TotalSeconds, queries.Count,
            RetrievalMetrics.Percentile(all, 0.5), RetrievalMetrics.Percentile(all, 0.99), all[^1],
            times.GroupBy(t => t.Kind).ToDictionary(g => g.Key, g => RetrievalMetrics.Percentile([.. g.Select(t => t.Ms).Order()], 0.5)),
            queries.Count / together.Elapsed.TotalSeconds, scan, bytes / scan * 1000, threads);
    }

    /// <summary>Texts to make queries of, each post as likely as any other (Vitter's algorithm R), and the size of all.</summary>
    private static (List<string> Sample, long Bytes) Read(PostStore store, Random random, CancellationToken cancel)
    {
        var sample = new List<string>(Queries);
        long bytes = 0, seen = 0;
        foreach (var post in store.ReadPosts(cancel))
        {
            bytes += Encoding.UTF8.GetByteCount(post.Text) + (post.Title is null ? 0 : Encoding.UTF8.GetByteCount(post.Title));
            if (post.RepostOf is not null || post.Text.Length == 0)
                continue;
            seen++;
            if (sample.Count < Queries)
                sample.Add(post.Text);
            else if (random.NextInt64(seen) is var at && at < Queries)
                sample[(int)at] = post.Text;
        }
        return (sample, bytes);
    }

    /// <summary>One to three neighbouring words of a text, or as many pairs of Chinese characters; null where it has none.</summary>
    private static (string Kind, string Text)? Query(string text, int number, Random random)
    {
        var words = new List<string>();
        for (int i = 0; i < text.Length;)
        {
            int end = i;
            if (text[i] is >= '\u4e00' and <= '\u9fff')
            {
                end = Math.Min(i + 2, text.Length);
                if (end - i == 2 && text[i + 1] is >= '\u4e00' and <= '\u9fff')
                    words.Add(text[i..end]);
            }
            else
            {
                while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
                    end++;
                if (end - i > 1)
                    words.Add(text[i..end]);
            }
            i = Math.Max(end, i + 1);
        }
        if (words.Count == 0)
            return null;
        int count = number % 3 == 0 ? 1 : Math.Min(words.Count, random.Next(2, 4));
        int from = random.Next(words.Count - count + 1);
        var some = words.GetRange(from, count);
        return (number % 3) switch
        {
            0 => ("word", some[0]),
            1 => ("words", string.Join(' ', some)),
            _ => ("phrase", $"\"{string.Join(some[0][0] >= '\u4e00' ? "" : " ", some)}\""),
        };
    }

    private static double Scan(PostStore store, CancellationToken cancel)
    {
        var texts = new List<string>();
        long characters = 0, bytes = 0;
        foreach (var post in store.ReadPosts(cancel))
        {
            texts.Add(post.Text);
            characters += post.Text.Length;
            bytes += Encoding.UTF8.GetByteCount(post.Text);
            if (characters > MostScanned)
                break;
        }
        double best = 0;
        for (int round = 0; round < 3; round++)
        {
            var clock = Stopwatch.StartNew();
            int found = texts.Count(t => t.Contains("Syrinx 翠河", StringComparison.Ordinal)); // stands nowhere: every text is read to its end
            GC.KeepAlive(found);
            best = Math.Max(best, bytes / clock.Elapsed.TotalSeconds);
        }
        return best;
    }
}
