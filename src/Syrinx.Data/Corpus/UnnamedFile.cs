using Microsoft.Win32.SafeHandles;

namespace Syrinx.Data.Corpus;

/// <summary>
/// Opens files for what is set aside while a stage runs. They have no name on Unix and are deleted on close elsewhere: a killed
/// process leaves nothing behind.
/// </summary>
internal static class UnnamedFile
{
    /// <summary>Opens an empty file in a folder, which is created.</summary>
    /// <exception cref="InputException">The folder cannot be written to.</exception>
    public static SafeFileHandle Open(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string path = Path.Combine(folder, $".aside-{Environment.ProcessId}-{Guid.NewGuid():N}");
            var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            return file;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new InputException($"Cannot write into {folder}: {e.Message} Choose a home folder that you can write to.", e);
        }
    }

    /// <summary>Fills a buffer from a place in the file.</summary>
    public static void ReadExactly(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            int read = RandomAccess.Read(file, bytes, offset);
            if (read == 0)
                throw new EndOfStreamException("Something that was set aside is gone.");
            bytes = bytes[read..];
            offset += read;
        }
    }

    /// <summary>Writes at a place in the file.</summary>
    /// <exception cref="InputException">The disk is full.</exception>
    public static void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(file, bytes, offset);
        }
        catch (IOException e)
        {
            throw new InputException($"Cannot set posts aside in the home folder: {e.Message} Curation needs about as much free "
                + "space there as the posts have text, and 130 bytes a post.", e);
        }
    }
}
