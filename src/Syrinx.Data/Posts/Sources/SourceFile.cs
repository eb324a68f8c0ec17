namespace Syrinx.Data.Posts.Sources;

/// <summary>
/// One file of an export: on disk, or an entry of a zip or tar. Nothing of it is read before <see cref="Peek"/> or
/// <see cref="Open"/>, so that files which nobody asks for stay closed.
/// </summary>
/// <param name="name">As reports and posts show it: relative to what was given on the command line.</param>
/// <param name="length">Bytes on disk, for the progress.</param>
/// <param name="open">Opens the raw bytes; once, where <paramref name="once"/> is set.</param>
/// <param name="once">The bytes pass by only once: an entry of a packed tar.</param>
internal sealed class SourceFile(string name, long length, Func<Stream> open, bool once = false)
{
    private readonly string _packing = Packing.Ending(name);
    private CheckedStream? _passing;
    private byte[] _seen = [];

    public string Name { get; } = name;

    public long Length { get; } = length;

    /// <summary>File name without folders and without <c>.gz</c>, <c>.bz2</c>, <c>.zst</c>.</summary>
    public string PlainName => Path.GetFileName(Name[..^_packing.Length]);

    /// <summary>In lower case, with its dot, <c>.gz</c> and the like aside.</summary>
    public string Extension => Path.GetExtension(PlainName).ToLowerInvariant();

    /// <summary>Name of the folder that the file lies in, or null.</summary>
    public string? Folder => Path.GetDirectoryName(Name) is { Length: > 0 } folder ? Path.GetFileName(folder) : null;

    /// <summary>The first bytes of the content, unpacked; fewer where it is shorter.</summary>
    /// <inheritdoc cref="Open"/>
    public byte[] Peek(int bytes)
    {
        if (!once)
        {
            using var stream = Unpack();
            return Start(stream, bytes);
        }
        _passing ??= Unpack();
        if (_seen.Length < bytes)
            _seen = [.. _seen, .. Start(_passing, bytes - _seen.Length)];
        return _seen.Length > bytes ? _seen[..bytes] : _seen;
    }

    /// <summary>Opens the content, unpacked.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public CheckedStream Open() => _seen.Length == 0 ? _passing ?? Unpack()
        : new(Name, new ReplayedStream(_seen, _passing!), null, isGzip: false);

    /// <summary>Opens the content so that it can be read in any order; what is packed is unpacked into a temporary file.</summary>
    /// <inheritdoc cref="Open"/>
    public Stream OpenSeekable()
    {
        if (_packing.Length == 0 && !once && OpenRaw() is { } raw)
        {
            if (raw.CanSeek)
                return raw;
            raw.Dispose();
        }
        using var content = Open();
        var copy = TemporaryFile.Create();
        try
        {
            content.CopyTo(copy);
        }
        catch (Exception e)
        {
            copy.Dispose();
            throw e is IOException ? TemporaryFile.NoRoom(e) : e;
        }
        copy.Position = 0;
        return copy;
    }

    private CheckedStream Unpack()
    {
        var raw = OpenRaw();
        try
        {
            return new(Name, Packing.Unpack(raw, _packing), _packing.Length > 0 ? raw : null, _packing == ".gz");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            raw.Dispose();
            throw Unreadable(e); // unpackers throw what they please
        }
    }

    private Stream OpenRaw()
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Unreadable(e);
        }
    }

    private InputException Unreadable(Exception e) => new($"{Name} cannot be read: {e.Message}", e);

    private static byte[] Start(Stream stream, int bytes)
    {
        var start = new byte[Math.Min(bytes, 1 << 16)];
        int read = 0;
        while (true)
        {
            read += stream.ReadAtLeast(start.AsSpan(read), start.Length - read, throwOnEndOfStream: false);
            if (read < start.Length)
                return start[..read];
            if (read == bytes)
                return start;
            Array.Resize(ref start, Math.Min(bytes, start.Length * 2));
        }
    }

    /// <summary>What was read before, and then the rest.</summary>
    private sealed class ReplayedStream(byte[] seen, Stream rest) : ReadOnlyStream
    {
        private int _at;

        public override int Read(Span<byte> buffer)
        {
            if (_at == seen.Length)
                return rest.Read(buffer);
            int n = Math.Min(buffer.Length, seen.Length - _at);
            seen.AsSpan(_at, n).CopyTo(buffer);
            _at += n;
            return n;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                rest.Dispose();
            base.Dispose(disposing);
        }
    }
}
