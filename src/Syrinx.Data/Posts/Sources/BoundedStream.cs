namespace Syrinx.Data.Posts.Sources;

/// <summary>
/// The content of an archive's entry, which must be as long as the archive's directory says: no longer (a bomb), no shorter
/// (cut).
/// </summary>
/// <param name="content">The entry's, from its first byte.</param>
/// <param name="length">What the directory says.</param>
/// <param name="isPart">The stream goes on behind the entry, so its end is the length's.</param>
internal sealed class BoundedStream(Stream content, long length, bool isPart) : ReadOnlyStream
{
    private long _read;

    public override long Length => length;

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (isPart && buffer.Length > length - _read)
            buffer = buffer[..(int)(length - _read)];
        int n = content.Read(buffer);
        _read += n;
        if (n == 0 && buffer.Length > 0 && _read < length || _read > length)
            throw new InvalidDataException($"the archive promises {length} bytes there.");
        return n;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }
}
