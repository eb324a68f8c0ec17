using System.Diagnostics;
using System.Text;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus;

/// <summary>How fast a home folder's posts are curated, beside how fast they can be read at all.</summary>
/// <param name="Posts">Posts.</param>
/// <param name="Bytes">UTF-8 bytes of their titles and texts.</param>
/// <param name="Documents">Documents that came out.</param>
/// <param name="Seconds">Wall-clock time of the whole curation.</param>
/// <param name="BytesPerSecond">Bytes of text a second.</param>
/// <param name="PostsPerSecond">Posts a second.</param>
/// <param name="CpuSeconds">Processor time of the whole curation.</param>
/// <param name="ReadBytesPerSecond">The machine's limit: the same posts decoded from Parquet by one thread, nothing done with
/// them.</param>
/// <param name="PeakRssBytes">Greatest resident memory of the process.</param>
/// <param name="Threads">Threads used.</param>
public sealed record CurateBenchmarkReport(
    long Posts, long Bytes, long Documents, double Seconds, double BytesPerSecond, double PostsPerSecond, double CpuSeconds,
    double ReadBytesPerSecond, long PeakRssBytes, int Threads);

/// <summary>Measures one curation of a home folder's posts; the corpus goes to another folder.</summary>
public static class CurateBenchmark
{
    /// <summary>Runs it.</summary>
    /// <param name="home">Its posts are read; nothing of it is changed.</param>
    /// <param name="corpusFolder">Where the corpus is written.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="progress">Told how far it is, or null.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="InputException">There are no posts, or no document comes out.</exception>
    public static CurateBenchmarkReport Run(
        HomeFolder home, string corpusFolder, int threads, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var store = PostStore.Open(home.Posts);
        var clock = Stopwatch.StartNew();
        long bytes = 0;
        foreach (var post in store.ReadPosts(cancel))
            bytes += Encoding.UTF8.GetByteCount(post.Text) + (post.Title is null ? 0 : Encoding.UTF8.GetByteCount(post.Title));
        double reading = clock.Elapsed.TotalSeconds;
        var cpu = Environment.CpuUsage.TotalTime;
        var report = Curator.Run(
            CurateSource.Of(store, cancel), _ => false, corpusFolder, new CurateSettings(), threads, progress, cancel);
        return new(report.Posts, bytes, report.Documents, report.Seconds, bytes / report.Seconds, report.Posts / report.Seconds,
            (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, bytes / reading, Process.GetCurrentProcess().PeakWorkingSet64, threads);
    }
}
