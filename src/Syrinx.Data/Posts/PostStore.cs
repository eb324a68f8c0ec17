using System.Globalization;
using System.Text;

namespace Syrinx.Data.Posts;

/// <summary>
/// The lake: the folder <c>posts/</c> of a home folder, Parquet files that hold every imported post once, in the order of
/// their ids, and the authors. Open it to read; an import replaces what it reads as a whole, so one instance goes on to
/// show what it was opened on, unless files disappear under it. Safe to share between threads.
/// </summary>
public sealed class PostStore
{
    private readonly string _dir;
    private readonly LakeManifest _manifest;

    private PostStore(string dir, LakeManifest manifest) => (_dir, _manifest) = (dir, manifest);

    /// <summary>Opens the lake in a folder; one that does not exist is an empty lake.</summary>
    /// <param name="postsDir"><see cref="HomeFolder.Posts"/>.</param>
    /// <exception cref="InputException">The lake is damaged.</exception>
    public static PostStore Open(string postsDir) => new(postsDir, LakeManifest.Load(postsDir));

    /// <summary>How many posts there are.</summary>
    public long PostCount => _manifest.Posts;

    /// <summary>How many authors there are.</summary>
    public long AuthorCount => _manifest.AuthorRows;

    /// <summary>Changes when, and only when, the posts or the authors do. 32 hex digits.</summary>
    public string Fingerprint => _manifest.Fingerprint();

    /// <summary>
    /// Streams every post in the order of the ids, with their runs of digits as numbers: by platform, then on X by time, on
    /// PTT board by board with each article before its pushes. A few tens of thousands are in memory at a time.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was signalled.</exception>
    public IEnumerable<Post> ReadPosts(CancellationToken cancel = default)
    {
        foreach (var file in _manifest.Files)
        {
            foreach (var post in PostParquet.Read(Path.Combine(_dir, file.Name)))
            {
                cancel.ThrowIfCancellationRequested();
                yield return post;
            }
        }
    }

    /// <summary>Id and handle of every post's author, where the export told both; quick, because few columns are read.</summary>
    public IEnumerable<(string AuthorId, string Handle)> ReadAuthorNames() => _manifest.Files
        .SelectMany(f => PostParquet.ReadKeys(Path.Combine(_dir, f.Name)))
        .Where(k => k.AuthorId is not null && k.Author is not null).Select(k => (k.AuthorId!, k.Author!));

    /// <summary>All authors by their id, in memory.</summary>
    public IReadOnlyDictionary<string, Author> ReadAuthors() => ReadAuthors(_dir, _manifest);

    /// <summary>Streams the authors in the order of their ids; a row group is in memory at a time.</summary>
    public IEnumerable<Author> StreamAuthors() =>
        _manifest.Authors is { } name ? AuthorParquet.Read(Path.Combine(_dir, name)) : [];

    internal static Dictionary<string, Author> ReadAuthors(string postsDir, LakeManifest manifest)
    {
        var authors = new Dictionary<string, Author>(StringComparer.Ordinal);
        if (manifest.Authors is { } name)
        {
            foreach (var author in AuthorParquet.Read(Path.Combine(postsDir, name)))
                authors.Add(author.AuthorId, author);
        }
        return authors;
    }

    /// <summary>
    /// Makes a folder hold exactly these posts and authors. For programs that have posts in memory, and for tests; exports
    /// come in through <c>syrinx import</c>, which streams, merges and drops what is not public.
    /// </summary>
    /// <param name="postsDir">Created where it does not exist.</param>
    /// <param name="posts">In any order; each id at most once.</param>
    /// <param name="authors">In any order; each id at most once.</param>
    /// <exception cref="InputException">An id occurs twice, or the folder cannot be written to.</exception>
    public static PostStore Replace(string postsDir, IEnumerable<Post> posts, IEnumerable<Author>? authors = null)
    {
        Post[] sorted = [.. posts];
        Array.Sort(sorted, (a, b) => PostIdOrder.Compare(a.Id, b.Id));
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Id == sorted[i - 1].Id)
                throw new InputException($"The post {sorted[i].Id} occurs twice; ids must be unique.");
        }
        Directory.CreateDirectory(postsDir);
        var old = LakeManifest.Load(postsDir);
        old.Sweep(postsDir);
        int commit = old.Next + 1 + sorted.Length / LakeWriter.RowsPerFile + 1;
        using var writer = new LakeWriter(postsDir, old.Next, commit);
        foreach (var post in sorted)
            writer.Add(PackedPost.Of(post));
        var manifest = LakeManifest.Empty with { Next = commit, Files = writer.TakeFiles() };
        StageAuthors(postsDir, manifest, authors ?? []).Commit(postsDir);
        return Open(postsDir);
    }

    /// <summary>Stages the authors' file for a manifest that is about to be committed.</summary>
    internal static LakeManifest StageAuthors(string postsDir, LakeManifest manifest, IEnumerable<Author> authors)
    {
        Author[] sorted = [.. authors.OrderBy(a => a.AuthorId, PostIdOrder.Instance)];
        if (sorted.Length == 0)
            return manifest with { Authors = null, AuthorRows = 0, AuthorContent = "" };
        const string name = "authors.parquet";
        string path = LakeManifest.StagedPath(postsDir, name, manifest.Next);
        AuthorParquet.Write(path, sorted);
        LakeWriter.FlushToDisk(path);
        return manifest with { Authors = name, AuthorRows = sorted.Length, AuthorContent = AuthorsHash(sorted) };
    }

    private static string AuthorsHash(IReadOnlyList<Author> authors)
    {
        UInt128 sum = 0;
        foreach (var author in authors)
            sum += PostBinary.Hash(Encoding.UTF8.GetBytes(author.ToString()));
        return sum.ToString("x32", CultureInfo.InvariantCulture);
    }
}
