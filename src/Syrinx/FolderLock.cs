namespace Syrinx;

/// <summary>
/// One process at a time for work that replaces the files of a folder: holds a lock file as long as it lives. The system lets go of it when a
/// process dies, however; the file itself stays.
/// </summary>
public static class FolderLock
{
    /// <summary>Takes the lock, or says at once that another has it.</summary>
    /// <param name="path">The lock file; its folder is created.</param>
    /// <param name="busy">What to tell when another process, or another part of this one, has the lock.</param>
    /// <returns>Dispose it to let go.</returns>
    /// <exception cref="InputException">Another has it, or the folder cannot be written to.</exception>
    public static IDisposable Take(string path, string busy)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException e) when (WriteError.IsInUse(e))
        {
            throw new InputException(busy, e);
        }
        catch (Exception e) when (WriteError.Reason(e) is { } reason)
        {
            throw new InputException($"Cannot write {folder}: {reason}", e);
        }
    }
}
