using System.Diagnostics;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Syrinx.Data.Posts;
using Syrinx.Search.Indexing;
using Syrinx.Search.Querying;
using Syrinx.Search.Ranking;

namespace Syrinx.Search;

/// <summary>
/// A full-text index over public posts (Lucene, BM25). <see cref="Build"/> writes one, <see cref="Open"/> reads it, and
/// <see cref="Search"/> may be called from any number of threads at once. An open index shows the posts as they were when it
/// was opened: after a new build, open it again.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    private readonly DirectoryReader _reader;
    private readonly MMapDirectory _store;
    private readonly IndexSearcher _searcher;
    private readonly long _newest;

    private SearchIndex(IndexManifest manifest, MMapDirectory store, DirectoryReader reader)
    {
        _store = store;
        _reader = reader;
        _searcher = new IndexSearcher(reader) { Similarity = IndexBuilder.Bm25 };
        _newest = manifest.Newest is { } newest ? PostDocument.Seconds(newest) : 0;
        Fingerprint = manifest.Fingerprint;
    }

    /// <summary>What the index was built from, as given to <see cref="Build"/>.</summary>
    public string Fingerprint { get; }

    /// <summary>Posts in the index.</summary>
    public int PostCount => _reader.NumDocs;

    /// <summary>
    /// Writes a whole index and then puts it in the place of the old one in one step; a build that fails or is killed leaves
    /// the old one. Reposts and posts without text do not enter; posts that may not be trained on do. The same posts in the
    /// same order give the same results.
    /// </summary>
    /// <param name="posts">Public posts; read once.</param>
    /// <param name="authors">Authors by id, for names.</param>
    /// <param name="labels">The corpus's labels, or null: then nothing is known to be spam.</param>
    /// <param name="fingerprint">Identifies the posts and labels; see <see cref="FingerprintOf"/>.</param>
    /// <param name="directory">The index's folder; created.</param>
    /// <param name="progress">Told every few hundred posts.</param>
    /// <param name="total">Posts to come, where known: for the progress only.</param>
    /// <param name="cancel">Stops the build; the old index stays.</param>
    /// <returns>Posts in the index.</returns>
    /// <exception cref="InputException">The folder cannot be written to, or another build is at work in it.</exception>
    public static int Build(
        IEnumerable<Post> posts,
        IReadOnlyDictionary<string, Author> authors,
        PostLabels? labels,
        string fingerprint,
        string directory,
        IProgress<StageProgress>? progress = null,
        long? total = null,
        CancellationToken cancel = default) =>
        IndexBuilder.Build(posts, authors, labels, fingerprint, directory, progress, total, cancel).Posts;

    /// <summary>What the index in a folder was built from, or null where there is none that this version can read.</summary>
    public static string? FingerprintOf(string directory)
    {
        try
        {
            return IndexManifest.TryRead(directory)?.Fingerprint;
        }
        catch (InputException)
        {
            return null;
        }
    }

    /// <summary>Opens the index in a folder for reading; files are mapped, not read, so this takes milliseconds.</summary>
    /// <exception cref="InputException">There is none, it is broken, or another version wrote it.</exception>
    public static SearchIndex Open(string directory)
    {
        for (int attempt = 0; ; attempt++)
        {
            var manifest = IndexManifest.TryRead(directory)
                ?? throw new InputException($"There is no search index in {directory}. Run 'syrinx index' first.");
            MMapDirectory? store = null;
            try
            {
                store = new MMapDirectory(Path.Combine(directory, manifest.Generation), NoLockFactory.GetNoLockFactory());
                return new(manifest, store, DirectoryReader.Open(store));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                store?.Dispose();
                // a build may have switched between the two reads
                if (attempt < 2 && IndexManifest.TryRead(directory) != manifest)
                    continue;
                throw new InputException(
                    $"The search index in {directory} is broken ({e.Message}). Run 'syrinx index' again.", e);
            }
        }
    }

    /// <summary>The ids of all posts in the index, one after another.</summary>
    public IEnumerable<string> PostIds()
    {
        foreach (var leaf in _reader.Leaves)
        {
            for (int doc = 0; doc < leaf.AtomicReader.MaxDoc; doc++)
                yield return StoredPost.ReadId(leaf.AtomicReader, doc);
        }
    }

    /// <summary>Finds posts. Any query text is valid; see docs/search.md. Thread-safe.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public SearchResults Search(SearchQuery query, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancel.ThrowIfCancellationRequested();
        long started = Stopwatch.GetTimestamp();
        var parsed = QueryParser.Parse(query.Text);
        var (results, terms, hits) = Run(query, parsed, relaxed: false);
        // two words or more that no post has together: most of them, rather than nothing
        bool relax = results.Total == 0 && parsed.Groups.Count(g => g.All(n => n.Scores)) > 1;
        if (relax)
            (results, terms, hits) = Run(query, parsed, relaxed: true);
        cancel.ThrowIfCancellationRequested();
        return new()
        {
            Hits = [.. hits.Select(hit => HitReader.Read(_searcher, hit.Doc, hit.Score, terms))],
            Total = results.Total,
            Relaxed = relax && results.Total > 0,
            Shortened = parsed.Shortened,
            Understood = parsed.ToString(),
            Months = results.Months(),
            Communities = results.Communities(),
            Languages = results.Languages(),
            TookMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
        };
    }

    /// <summary>Whether an author of a post in the index has this handle or display name; case and width do not count. Thread-safe.</summary>
    public bool HasAuthor(string name)
    {
        string folded = PostDocument.FoldUnit(name);
        return _reader.DocFreq(new Term(IndexFields.AuthorHandle, folded)) > 0 || _reader.DocFreq(new Term(IndexFields.AuthorName, folded)) > 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _store.Dispose();
    }

    /// <summary>Ids of the posts with any of a text's words, the best first, by BM25 alone: for benchmarks.</summary>
    internal IReadOnlyList<string> RankAny(string text, int limit)
    {
        var terms = LuceneQueryBuilder.TermsOf(text);
        return terms.Count == 0 ? [] : [.. Ranked(LuceneQueryBuilder.BuildAny(terms), limit)
            .Select(hit => HitReader.ReadId(_searcher, hit.Doc))];
    }

    /// <summary>Posts with any of the terms, the best first, each term counting by its weight.</summary>
    internal IReadOnlyList<SearchHit> SearchAny(IReadOnlyDictionary<string, float> terms, int limit) =>
        terms.Count == 0 ? [] : Top(LuceneQueryBuilder.BuildAny(terms), limit);

    /// <summary>The post with an id, or null.</summary>
    internal SearchHit? Find(string id) => Top(new TermQuery(new Term(IndexFields.Id, id)), 1).FirstOrDefault();

    /// <summary>Posts that answer a post, in the order of the index.</summary>
    internal IReadOnlyList<SearchHit> RepliesTo(string id, int limit) =>
        Top(new TermQuery(new Term(IndexFields.ReplyTo, id)), limit);

    /// <summary>How rare a term is: BM25's inverse document frequency, <c>ln(1 + (N − n + ½) / (n + ½))</c>.</summary>
    internal double InverseDocumentFrequency(string term)
    {
        int n = PostsWith(term);
        return Math.Log(1 + (_reader.NumDocs - n + 0.5) / (n + 0.5));
    }

    /// <summary>In what share of the posts a term stands, never 0.</summary>
    internal double ShareWith(string term) => (PostsWith(term) + 0.5) / (_reader.NumDocs + 1);

    private int PostsWith(string term) =>
        Math.Max(_reader.DocFreq(new Term(IndexFields.Text, term)), _reader.DocFreq(new Term(IndexFields.Title, term)));

    private List<SearchHit> Top(Query query, int limit) =>
        [.. Ranked(query, limit).Select(hit => HitReader.Read(_searcher, hit.Doc, hit.Score, null))];

    private List<RankingCollector.Ranked> Ranked(Query query, int limit)
    {
        var collector = new RankingCollector(limit, byTime: false, collapse: false, _newest);
        _searcher.Search(query, collector);
        return collector.Best();
    }

    private (RankingCollector Results, IReadOnlySet<string> Terms, IEnumerable<RankingCollector.Ranked> Hits) Run(
        SearchQuery query, ParsedQuery parsed, bool relaxed)
    {
        var builder = new LuceneQueryBuilder();
        var lucene = builder.Build(parsed, relaxed);
        if (query.Author is { Length: > 0 })
            LuceneQueryBuilder.AddFilter(lucene, IndexFields.AuthorHandle, query.Author.TrimStart('@'));
        if (query.Community is { Length: > 0 })
            LuceneQueryBuilder.AddFilter(lucene, IndexFields.Community, query.Community);
        if (query.Language is { Length: > 0 })
            LuceneQueryBuilder.AddFilter(lucene, IndexFields.Language, query.Language);
        LuceneQueryBuilder.AddTime(lucene, query.Since, query.Until);

        int offset = Math.Clamp(query.Offset, 0, SearchQuery.MaxOffset);
        int limit = Math.Clamp(query.Limit, 0, SearchQuery.MaxLimit);
        bool byTime = query.Order == SearchOrder.Newest || !builder.HasScoring;
        var collector = new RankingCollector(offset + limit, byTime, query.CollapseThreads, _newest);
        _searcher.Search(lucene, collector);
        return (collector, builder.Terms, collector.Best().Skip(offset));
    }
}
