using System.Buffers.Binary;
using System.Text;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Import;

/// <summary>
/// Sorts any number of posts by id: in memory up to a limit, beyond it in sorted runs in temporary files that are merged
/// (external merge sort); a run is sorted and written on another thread while the next is collected. The files lie outside
/// of the home folder and have no name while they are used (on Unix), so nothing of what a removal will drop later outlives
/// the process.
/// </summary>
internal sealed class PostSorter(long maxBytes) : IDisposable
{
    private const int BlockBytes = 1 << 16;

    private static readonly Comparison<PackedPost> ById = (a, b) => PostIdOrder.Compare(a.Id, b.Id);

    private readonly List<FileStream> _runs = [];
    private Slabs _slabs = new();
    private Slabs _spare = new();
    private List<PackedPost> _posts = [];
    private List<PackedPost> _spilled = [];
    private Task _spilling = Task.CompletedTask;
    private long _bytes;

    /// <summary>How many runs were spilled.</summary>
    public int Runs => _runs.Count;

    /// <summary>Takes a post; its bytes are copied.</summary>
    public void Add(PackedPost post)
    {
        _posts.Add(new(post.Id, _slabs.Copy(post.Bytes.Span)));
        _bytes += 80 + 2L * post.Id.Length + post.Bytes.Length;
        // Half, for another half may still be on its way to the disk.
        if (_bytes >= maxBytes / 2)
            Spill();
    }

    /// <summary>All posts in the order of their ids; those of one id in no particular order. Once.</summary>
    public IEnumerable<PackedPost> Sorted()
    {
        _spilling.GetAwaiter().GetResult();
        (_spare, _spilled) = (new(), []);
        _posts.Sort(ById);
        if (_runs.Count == 0)
        {
            foreach (var post in _posts)
                yield return post;
            yield break;
        }
        List<IEnumerator<PackedPost>> runs = [_posts.GetEnumerator(), .. _runs.Select(r => Read(r).GetEnumerator())];
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
        _spilling.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        foreach (var run in _runs)
            run.Dispose();
    }

    private void Spill()
    {
        _spilling.GetAwaiter().GetResult();
        var posts = _posts;
        var run = TemporaryFile.Create();
        _runs.Add(run);
        _spilling = Task.Run(() => SortAndWrite(posts, run));
        // What the run before used is free now.
        (_slabs, _spare, _posts, _spilled) = (_spare, _slabs, _spilled, posts);
        _slabs.Clear();
        _posts.Clear();
        _bytes = 0;
    }

    private static void SortAndWrite(List<PackedPost> posts, FileStream run)
    {
        posts.Sort(ById);
        try
        {
            Write(run, posts);
        }
        catch (IOException e)
        {
            throw TemporaryFile.NoRoom(e);
        }
    }

    /// <summary>Writes posts, each behind the lengths of its id and of itself.</summary>
    private static void Write(FileStream run, List<PackedPost> posts)
    {
        Span<byte> head = stackalloc byte[8];
        Span<byte> id = stackalloc byte[1 << 10];
        foreach (var post in posts)
        {
            byte[]? longId = Encoding.UTF8.GetMaxByteCount(post.Id.Length) > id.Length ? Encoding.UTF8.GetBytes(post.Id) : null;
            int length = longId?.Length ?? Encoding.UTF8.GetBytes(post.Id, id);
            BinaryPrimitives.WriteInt32LittleEndian(head, length);
            BinaryPrimitives.WriteInt32LittleEndian(head[4..], post.Bytes.Length);
            run.Write(head);
            run.Write(longId ?? id[..length]);
            run.Write(post.Bytes.Span);
        }
        run.Flush();
    }

    private static IEnumerable<PackedPost> Read(FileStream run)
    {
        run.Position = 0;
        byte[] block = [];
        int at = 0, end = 0;
        while (Need(8))
        {
            int idLength = BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(at));
            int length = BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(at + 4));
            at += 8;
            if (!Need(idLength + length))
                throw new EndOfStreamException("a run of posts in a temporary file was cut");
            string id = Encoding.UTF8.GetString(block, at, idLength);
            var post = new PackedPost(id, block.AsMemory(at + idLength, length));
            at += idLength + length;
            yield return post;
        }

        // Posts stay in use after the next one is asked for, so each block is an array of its own.
        bool Need(int bytes)
        {
            if (end - at >= bytes)
                return true;
            var next = new byte[Math.Max(BlockBytes, bytes)];
            block.AsSpan(at, end - at).CopyTo(next);
            (block, at, end) = (next, 0, end - at);
            end += run.ReadAtLeast(block.AsSpan(end), bytes - end, throwOnEndOfStream: false);
            return end >= bytes;
        }
    }
}
