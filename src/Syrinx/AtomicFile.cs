using System.Text;

namespace Syrinx;

/// <summary>
/// Writes files that are either whole or not there: into a temporary file beside the target, flushed to the disk, then
/// renamed over it. What fails or is cancelled leaves the old file and no temporary one; a killed process leaves the old file,
/// and at worst a <c>*.tmp</c> that the next write replaces.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file through <paramref name="write"/>; the target appears when it returns.</summary>
    /// <param name="path">The target; its folder is created.</param>
    /// <param name="write">Writes the content to the stream it is given, which it must not keep.</param>
    /// <exception cref="InputException">The folder cannot be written to, or the disk is full.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = path + ".tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
            try
            {
                write(stream);
                stream.Flush(flushToDisk: true);
                stream.Dispose();
                File.Move(temporary, path, overwrite: true);
            }
            catch
            {
                Discard(stream, temporary);
                throw;
            }
        }
        catch (Exception e) when (WriteError.Reason(e) is { } reason)
        {
            throw new InputException($"Cannot write {path}: {reason}", e);
        }
    }

    /// <summary>Writes a text file as UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void WriteText(string path, string text) => Write(path, s => s.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Closes and removes a file that is not to be kept, as far as the system lets us: the error that led here is the one to tell of.</summary>
    internal static void Discard(FileStream stream, string path)
    {
        try
        {
            stream.Dispose(); // tries once more to write what is in its buffer, and closes the file even if it cannot
        }
        catch (Exception e) when (WriteError.Reason(e) is not null)
        {
        }
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (WriteError.Reason(e) is not null)
        {
        }
    }
}
