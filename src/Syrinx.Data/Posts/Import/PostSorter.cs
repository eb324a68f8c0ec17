using System.Text;

namespace Syrinx.Data.Posts.Import;

/// <summary>
/// Sorts any number of posts by id: in memory up to a limit, beyond it in sorted runs in temporary files that are merged
/// (external merge sort). The files lie outside of the home folder and have no name while they are used (on Unix), so
/// nothing of what a removal will drop later outlives the process.
/// </summary>
internal sealed class PostSorter(long maxBytes) : IDisposable
{
    private static readonly Comparison<Post> ById = (a, b) => PostIdOrder.Compare(a.Id, b.Id);

    private readonly List<FileStream> _runs = [];
    private List<Post> _posts = [];
    private long _bytes;

    /// <summary>How many runs were spilled.</summary>
    public int Runs => _runs.Count;

    public void Add(Post post)
    {
        _posts.Add(post);
        _bytes += 900 + 2L * (post.Text.Length + (post.Title?.Length ?? 0));
        foreach (string url in post.Urls)
            _bytes += 40 + 2L * url.Length;
        if (_bytes >= maxBytes)
            Spill();
    }

    /// <summary>All posts in the order of their ids; those of one id in no particular order. Once.</summary>
    public IEnumerable<Post> Sorted()
    {
        _posts.Sort(ById);
        if (_runs.Count == 0)
        {
            foreach (var post in _posts)
                yield return post;
            yield break;
        }
        List<IEnumerator<Post>> runs = [_posts.GetEnumerator(), .. _runs.Select(r => Read(r).GetEnumerator())];
        var heads = new PriorityQueue<int, string>(PostIdOrder.Instance);
        for (int i = 0; i < runs.Count; i++)
        {
            if (runs[i].MoveNext())
                heads.Enqueue(i, runs[i].Current.Id);
        }
        while (heads.TryPeek(out int run, out _))
        {
            yield return runs[run].Current;
            if (runs[run].MoveNext())
                heads.DequeueEnqueue(run, runs[run].Current.Id);
            else
                heads.Dequeue();
        }
    }

    public void Dispose()
    {
        foreach (var run in _runs)
            run.Dispose();
    }

    private void Spill()
    {
        _posts.Sort(ById);
        var run = Unnamed();
        _runs.Add(run);
        using (var writer = new BinaryWriter(run, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(_posts.Count);
            foreach (var post in _posts)
                PostBinary.Write(writer, post);
        }
        run.Flush();
        _posts = [];
        _bytes = 0;
    }

    private static IEnumerable<Post> Read(FileStream run)
    {
        run.Position = 0;
        using var reader = new BinaryReader(run, Encoding.UTF8, leaveOpen: true);
        for (int left = reader.ReadInt32(); left > 0; left--)
            yield return PostBinary.Read(reader);
    }

    private static FileStream Unnamed()
    {
        string path = Path.Combine(Path.GetTempPath(), "syrinx-" + Path.GetRandomFileName());
        try
        {
            var options = FileOptions.SequentialScan | (OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : 0);
            var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 18, options);
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            return stream;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Posts that do not fit in memory cannot be kept in {Path.GetTempPath()}: {e.Message} "
                + "Set TMPDIR to a folder with room for them.", e);
        }
    }
}
