using System.Buffers;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Syrinx.Data.Corpus;

/// <summary>
/// Texts set aside on disk while their order of use is not known, so that memory holds an offset each. Appending is for one
/// thread; reading, after <see cref="Flush"/>, for many.
/// </summary>
internal sealed class TextSpill : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly byte[] _buffer = new byte[1 << 20];
    private int _buffered;
    private long _written;

    /// <summary>Opens an empty spill in a folder, which is created.</summary>
    public TextSpill(string folder) => _file = UnnamedFile.Open(folder);

    /// <summary>Sets a text aside; returns where it begins and its length in bytes.</summary>
    public (long Offset, int Length) Append(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        if (length <= _buffer.Length)
        {
            if (length > _buffer.Length - _buffered)
                Flush();
            long offset = _written + _buffered;
            _buffered += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_buffered));
            return (offset, length);
        }
        return (Append(Encoding.UTF8.GetBytes(text)), length);
    }

    /// <summary>Sets bytes aside; returns where they begin.</summary>
    public long Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _buffered)
            Flush();
        long offset = _written + _buffered;
        if (bytes.Length > _buffer.Length)
        {
            WriteOut(bytes);
        }
        else
        {
            bytes.CopyTo(_buffer.AsSpan(_buffered));
            _buffered += bytes.Length;
        }
        return offset;
    }

    /// <summary>After this everything appended can be read.</summary>
    public void Flush()
    {
        WriteOut(_buffer.AsSpan(0, _buffered));
        _buffered = 0;
    }

    /// <summary>Reads a text back.</summary>
    public string Read(long offset, int length) => Read(offset, length, bytes => Encoding.UTF8.GetString(bytes));

    /// <summary>Reads bytes back and makes something of them, which must not keep them.</summary>
    public T Read<T>(long offset, int length, Func<ReadOnlySpan<byte>, T> make)
    {
        byte[]? rented = length > 4096 ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> bytes = rented is null ? stackalloc byte[length] : rented.AsSpan(0, length);
        UnnamedFile.ReadExactly(_file, bytes, offset);
        var made = make(bytes);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return made;
    }

    public void Dispose() => _file.Dispose();

    private void WriteOut(ReadOnlySpan<byte> bytes)
    {
        UnnamedFile.Write(_file, bytes, _written);
        _written += bytes.Length;
    }
}
