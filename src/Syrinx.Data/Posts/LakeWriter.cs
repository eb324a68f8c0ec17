using System.Globalization;

namespace Syrinx.Data.Posts;

/// <summary>
/// Writes posts that come in the order of <see cref="PostIdOrder"/> into as many staged Parquet files as they need.
/// What is staged becomes part of the lake when a manifest that names it is committed with <see cref="Next"/>. Row groups
/// are encoded on another thread while the next one is filled; used by one thread.
/// </summary>
internal sealed class LakeWriter(
    string postsDir, int firstNumber, int commitNumber, int rowsPerFile = LakeWriter.RowsPerFile) : IDisposable
{
    /// <summary>Posts in a file: large enough to compress well, small enough to be rewritten when one of them changes.</summary>
    public const int RowsPerFile = 1 << 17;

    private const int RowsPerGroup = 1 << 15;
    private const int BytesPerGroup = 1 << 24;

    private readonly List<LakeFile> _files = [];
    private PostGroup _group = new();
    private PostGroup _other = new();
    private Task _encoding = Task.CompletedTask;
    private PostParquetWriter? _parquet;
    private string _path = "";
    private string _first = "";
    private string _last = "";
    private long _rows;
    private UInt128 _content; // of the encoding task until it is awaited

    /// <summary>The next unused file number.</summary>
    public int Next { get; private set; } = firstNumber;

    public void Add(PackedPost post)
    {
        if (_rows == 0)
            _first = post.Id;
        _last = post.Id;
        _rows++;
        _group.Add(post.Bytes.Span);
        if (_group.Count == RowsPerGroup || _group.Length >= BytesPerGroup)
            FlushGroup();
        if (_rows == rowsPerFile)
            EndFile();
    }

    /// <summary>Ends the last file, so that another range of ids can follow, and returns the files since the last call.</summary>
    public IReadOnlyList<LakeFile> TakeFiles()
    {
        EndFile();
        LakeFile[] files = [.. _files];
        _files.Clear();
        return files;
    }

    public void Dispose()
    {
        // Also after a failure, which is the one to tell of: the native writer must not go under a running task.
        _encoding.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        _parquet?.Dispose();
    }

    private void FlushGroup()
    {
        if (_group.Count == 0)
            return;
        _encoding.GetAwaiter().GetResult();
        if (_parquet is null)
        {
            _path = LakeManifest.StagedPath(postsDir, Name, commitNumber);
            _parquet = new PostParquetWriter(_path);
        }
        var (group, parquet) = (_group, _parquet);
        _encoding = Task.Run(() => _content += parquet.Write(group));
        (_group, _other) = (_other, _group);
        _group.Clear();
    }

    private void EndFile()
    {
        FlushGroup();
        _encoding.GetAwaiter().GetResult();
        if (_parquet is null)
            return;
        _parquet.Close();
        _parquet.Dispose();
        _parquet = null;
        FlushToDisk(_path);
        _files.Add(new(Name, _first, _last, _rows, _content.ToString("x32", CultureInfo.InvariantCulture)));
        Next++;
        _rows = 0;
        _content = 0;
    }

    private string Name => string.Create(CultureInfo.InvariantCulture, $"posts-{Next:000000}.parquet");

    /// <summary>Parquet files are written by native code, which leaves the flushing to the system.</summary>
    internal static void FlushToDisk(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }
}
