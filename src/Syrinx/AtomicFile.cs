using System.Text;

namespace Syrinx;

/// <summary>
/// Writes files that are either whole or not there: into a temporary file beside the target, flushed to the disk, then
/// renamed over it. A killed process leaves the old file, and at worst a <c>*.tmp</c> that the next write replaces.
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
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException($"Cannot write {path}: permission denied. Choose a folder that you can write to.", e);
        }
        catch (IOException e)
        {
            throw new InputException($"Cannot write {path}: {e.Message}", e);
        }
    }

    /// <summary>Writes a text file as UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void WriteText(string path, string text) => Write(path, s => s.Write(Encoding.UTF8.GetBytes(text)));
}
