using System.Buffers;

namespace Syrinx.Data.Posts.Import;

/// <summary>A record that could not be understood, without its text.</summary>
/// <param name="Source">File, as posts name it.</param>
/// <param name="Position">Byte offset in the unpacked file.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Reason">What was wrong.</param>
internal readonly record struct QuarantineEntry(string Source, long Position, long Length, string Reason);

/// <summary>What a fact is about.</summary>
internal enum FactKind
{
    /// <summary>A post id.</summary>
    Post,

    /// <summary>An author id.</summary>
    Author,

    /// <summary>An author known by name only: <c>x:handle</c>.</summary>
    Handle,
}

/// <summary>Something an export tells that posts must obey, wherever and whenever they come from.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Id">Platform-qualified.</param>
/// <param name="Reason">Why its posts go (<c>deleted</c>, <c>protected</c>, <c>suspended</c>, <c>superseded</c>), or <see
/// cref="NoTraining"/>.</param>
internal readonly record struct Fact(FactKind Kind, string Id, string Reason)
{
    /// <summary>Posts stay, for search only.</summary>
    public const string NoTraining = "no_training";
}

/// <summary>What was read from one chunk of a source: every record is a post, skipped for a reason, or in quarantine.</summary>
internal sealed class ReadBatch
{
    public List<Post> Posts { get; } = [];

    /// <summary>The posts, once <see cref="Pack"/> has packed them; valid until <see cref="Release"/>.</summary>
    public IReadOnlyList<PackedPost> Packed { get; private set; } = [];

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _packing;

    private byte[] _bytes = [];

    public List<Author> Authors { get; } = [];

    public List<Fact> Facts { get; } = [];

    public SortedDictionary<string, long> Skipped { get; } = new(StringComparer.Ordinal);

    public List<QuarantineEntry> Quarantined { get; } = [];

    /// <summary>Packs the posts, which the thread that read them does, and lets go of the objects.</summary>
    public ReadBatch Pack()
    {
        var packing = _packing ??= new(1 << 20);
        packing.ResetWrittenCount();
        var ends = new int[Posts.Count];
        for (int i = 0; i < ends.Length; i++)
        {
            PostBinary.Write(packing, Posts[i]);
            ends[i] = packing.WrittenCount;
        }
        _bytes = ArrayPool<byte>.Shared.Rent(packing.WrittenCount);
        packing.WrittenSpan.CopyTo(_bytes);
        var packed = new PackedPost[ends.Length];
        for (int i = 0; i < ends.Length; i++)
        {
            int start = i == 0 ? 0 : ends[i - 1];
            packed[i] = new(Posts[i].Id, _bytes.AsMemory(start, ends[i] - start));
        }
        Packed = packed;
        Posts.Clear();
        return this;
    }

    /// <summary>Lets the packed posts' bytes be used again.</summary>
    public void Release()
    {
        Packed = [];
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    public void Skip(string reason, long count = 1) => Skipped[reason] = Skipped.GetValueOrDefault(reason) + count;

    public void Quarantine(string source, long position, long length, string reason) =>
        Quarantined.Add(new(source, position, length, reason));
}
