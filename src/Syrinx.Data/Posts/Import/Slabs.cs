namespace Syrinx.Data.Posts.Import;

/// <summary>
/// Keeps many small byte strings in few large arrays, which are used again after <see cref="Clear"/>: so the memory of a sort
/// is what it was told to take, and no more. Not thread-safe.
/// </summary>
internal sealed class Slabs
{
    private const int SlabBytes = 1 << 22;

    private readonly List<byte[]> _slabs = [];
    private int _slab = -1;
    private int _used = SlabBytes;

    /// <summary>Copies bytes; the copy is valid until <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > SlabBytes / 4)
            return bytes.ToArray();
        if (_used + bytes.Length > SlabBytes)
        {
            _used = 0;
            if (++_slab == _slabs.Count)
                _slabs.Add(GC.AllocateUninitializedArray<byte>(SlabBytes));
        }
        var copy = _slabs[_slab].AsMemory(_used, bytes.Length);
        bytes.CopyTo(copy.Span);
        _used += bytes.Length;
        return copy;
    }

    /// <summary>Lets all copies go.</summary>
    public void Clear() => (_slab, _used) = (-1, SlabBytes);
}
