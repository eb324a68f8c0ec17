using System.IO.MemoryMappedFiles;

namespace Syrinx;

/// <summary>
/// A file's bytes in memory without reading them: the system pages them in when they are touched and shares them between
/// processes. Read-only and safe to share between threads; a file that is replaced by renaming keeps its old bytes here.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _pointer;

    /// <exception cref="InputException">The file is not there, cannot be read, or is shorter than <paramref
    /// name="atLeast"/>.</exception>
    public MappedFile(string path, int atLeast)
    {
        Path = path;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1);
            Length = stream.Length;
            if (Length < Math.Max(1, atLeast))
                throw new InputException(
                    $"{path} is {Length} bytes long, too short for its header of {atLeast}: it is truncated or another kind " +
                    $"of file.");
            _file = MemoryMappedFile.CreateFromFile(
                stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, false);
            _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _pointer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read {path}: {e.Message}", e);
        }
    }

    public string Path { get; }

    public long Length { get; }

    /// <summary>The first byte; valid until <see cref="Dispose"/>.</summary>
    public byte* Pointer => _pointer != null ? _pointer : throw new ObjectDisposedException(Path);

    public ReadOnlySpan<byte> Span(long start, int length) =>
        start >= 0 && length >= 0 && start <= Length - length
            ? new ReadOnlySpan<byte>(Pointer + start, length)
            : throw new ArgumentOutOfRangeException(nameof(start), $"{Path}: bytes {start} to {start + length} of {Length}");

    public void Dispose()
    {
        if (_pointer == null)
            return;
        _pointer = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
