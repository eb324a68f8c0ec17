using System.Runtime.InteropServices;

namespace Syrinx.Data.Posts;

/// <summary>
/// Posts that will be one row group: packed, one behind the other, in memory that does not move, because Parquet's native
/// code is handed addresses in it. Used again and again. Not thread-safe.
/// </summary>
internal sealed class PostGroup
{
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(1 << 16, pinned: true);
    private readonly List<int> _ends = [];

    /// <summary>How many posts.</summary>
    public int Count => _ends.Count;

    /// <summary>How many bytes.</summary>
    public int Length { get; private set; }

    /// <summary>Where a post starts.</summary>
    public int Start(int index) => index == 0 ? 0 : _ends[index - 1];

    /// <summary>All posts' bytes from a place on.</summary>
    public ReadOnlySpan<byte> From(int at) => _bytes.AsSpan(at, Length - at);

    /// <summary>The bytes between two places.</summary>
    public ReadOnlySpan<byte> Between(int start, int end) => _bytes.AsSpan(start, end - start);

    /// <summary>The address of a place, which does not change until posts are added.</summary>
    public nint Address(int at) => Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, at);

    public void Add(ReadOnlySpan<byte> packed)
    {
        if (Length + packed.Length > _bytes.Length)
        {
            var larger = GC.AllocateUninitializedArray<byte>(Math.Max(_bytes.Length * 2, Length + packed.Length), pinned: true);
            _bytes.AsSpan(0, Length).CopyTo(larger);
            _bytes = larger;
        }
        packed.CopyTo(_bytes.AsSpan(Length));
        Length += packed.Length;
        _ends.Add(Length);
    }

    public void Clear()
    {
        _ends.Clear();
        Length = 0;
    }
}
