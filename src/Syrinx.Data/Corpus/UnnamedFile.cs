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
        catch (Exception e) when (WriteError.Reason(e) is { } reason)
        {
            throw new InputException($"Cannot write into {folder}: {reason}", e);
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
        catch (Exception e) when (WriteError.Reason(e) is { } reason)
        {
            throw new InputException($"Texts cannot be set aside beside what is to be written: {reason} That takes about as much room as the texts have, "
                + "and 130 bytes for each of them.", e);
        }
    }
}
