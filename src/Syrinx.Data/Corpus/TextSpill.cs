using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Syrinx.Data.Corpus;

/// <summary>
/// Texts set aside on disk while their order of use is not known, so that memory holds an offset per post. The file has no name
/// on Unix and is deleted on close elsewhere: a killed process leaves nothing behind. Appending is for one thread; reading, after
/// <see cref="Flush"/>, for many.
/// </summary>
internal sealed class TextSpill : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly byte[] _buffer = new byte[1 << 20];
    private int _buffered;
    private long _written;

    /// <summary>Opens an empty spill in a folder, which is created.</summary>
    public TextSpill(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string path = Path.Combine(folder, $".texts-{Environment.ProcessId}-{Guid.NewGuid():N}");
            _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new InputException($"Cannot write into {folder}: {e.Message} Choose a home folder that you can write to.", e);
        }
    }

    /// <summary>Sets a text aside; returns where it begins and its length in bytes.</summary>
    public (long Offset, int Length) Append(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        if (length > _buffer.Length - _buffered)
            Flush();
        long offset = _written + _buffered;
        if (length > _buffer.Length)
        {
            WriteOut(Encoding.UTF8.GetBytes(text));
        }
        else
        {
            _buffered += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_buffered));
        }
        return (offset, length);
    }

    /// <summary>After this everything appended can be read.</summary>
    public void Flush()
    {
        WriteOut(_buffer.AsSpan(0, _buffered));
        _buffered = 0;
    }

    /// <summary>Reads a text back.</summary>
    public string Read(long offset, int length)
    {
        byte[]? rented = length > 4096 ? new byte[length] : null;
        Span<byte> bytes = rented ?? stackalloc byte[length];
        for (int done = 0; done < length;)
        {
            int read = RandomAccess.Read(_file, bytes[done..], offset + done);
            if (read == 0)
                throw new EndOfStreamException("A text set aside is gone.");
            done += read;
        }
        return Encoding.UTF8.GetString(bytes);
    }

    public void Dispose() => _file.Dispose();

    private void WriteOut(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_file, bytes, _written);
            _written += bytes.Length;
        }
        catch (IOException e)
        {
            throw new InputException($"Cannot set texts aside in the corpus folder: {e.Message}", e);
        }
    }
}
