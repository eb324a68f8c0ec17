using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Syrinx.Data.Posts;
using Directory = System.IO.Directory;

namespace Syrinx.Search.Indexing;

/// <summary>
/// Writes a whole index into the one of the folders <c>a</c> and <c>b</c> that is not in use, then lets <c>index.json</c>
/// point at it. A build that is killed leaves the old index as it was, and the next build clears what it left.
/// </summary>
internal static class IndexBuilder
{
    public static IndexManifest Build(
        IEnumerable<Post> posts,
        IReadOnlyDictionary<string, Author> authors,
        PostLabels? labels,
        string fingerprint,
        string directory,
        IProgress<StageProgress>? progress,
        long? total,
        CancellationToken cancel)
    {
        using var building = FolderLock.Take(Path.Combine(directory, "build.lock"),
            $"Another process is building the index in {directory}. Wait until it has ended, then run this again.");
        string generation = InUse(directory) == "a" ? "b" : "a";
        string path = Path.Combine(directory, generation);
        try
        {
            Delete(path);
            var manifest = Write(posts, authors, labels, path, progress, total, cancel)
                with
            { Generation = generation, Fingerprint = fingerprint };
            manifest.Write(directory);
            // a reader that has the old files open keeps them; where the system forbids deleting, the next build tries again
            TryDelete(Path.Combine(directory, generation == "a" ? "b" : "a"));
            return manifest;
        }
        catch (Exception e) when (WriteError.Reason(e) is { } reason)
        {
            TryDelete(path);
            throw new InputException($"Cannot write the index in {directory}: {reason} Make room there, or choose another --home.", e);
        }
        catch
        {
            TryDelete(path);
            throw;
        }
    }

    private static IndexManifest Write(
        IEnumerable<Post> posts,
        IReadOnlyDictionary<string, Author> authors,
        PostLabels? labels,
        string path,
        IProgress<StageProgress>? progress,
        long? total,
        CancellationToken cancel)
    {
        using var store = new MMapDirectory(path, NoLockFactory.GetNoLockFactory());
        // no analyzer is asked: every analysed field brings its own terms
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, new KeywordAnalyzer())
        {
            OpenMode = OpenMode.CREATE,
            RAMBufferSizeMB = 128,
            Similarity = Bm25,
            // neighbouring segments only, so that documents stay in the posts' order: ties are broken by it
            MergePolicy = new LogByteSizeMergePolicy(),
        };
        using var writer = new IndexWriter(store, config);
        var documents = new PostDocument(authors, labels);
        long read = 0;
        int written = 0;
        DateTime? newest = null;
        foreach (var post in posts)
        {
            cancel.ThrowIfCancellationRequested();
            if ((++read & 0xFF) == 0)
                progress?.Report(new("index", read, total, "posts"));
            if (documents.Create(post) is not { } document)
                continue;
            writer.AddDocument(document);
            written++;
            if (post.CreatedAt > newest || newest is null)
                newest = post.CreatedAt ?? newest;
        }
        progress?.Report(new("index", read, total ?? read, "posts", "merging"));
        cancel.ThrowIfCancellationRequested();
        writer.Commit();
        return new(IndexManifest.CurrentFormat, "", "", written, newest);
    }

    /// <summary>
    /// BM25 with k1 0.9 and b 0.4. In a post of twenty words a term repeated is rarely more about it, and a short post is no
    /// better than a long one for being short: k1 and b are lower than the customary 1.2 and 0.75, and what Anserini uses.
    /// </summary>
    public static Similarity Bm25 { get; } = new BM25Similarity(0.9f, 0.4f);

    private static string? InUse(string directory)
    {
        try
        {
            return IndexManifest.TryRead(directory)?.Generation;
        }
        catch (InputException)
        {
            return null; // of another version, or broken: built anew
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static void Delete(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
