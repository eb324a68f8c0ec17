namespace Syrinx.Data.Posts.Import;

/// <summary>
/// One import at a time: holds <c>posts/.lock</c> as long as it lives. The system lets go of it when a process dies.
/// </summary>
internal static class LakeLock
{
    /// <exception cref="InputException">The folder cannot be written to, or another import is running.</exception>
    public static IDisposable Take(string postsDir)
    {
        string path = Path.Combine(postsDir, ".lock");
        try
        {
            Directory.CreateDirectory(postsDir);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot write {postsDir}: {e.Message} Choose a --home that you can write to.", e);
        }
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException($"Cannot write {postsDir}: permission denied. Choose a --home that you can write to.", e);
        }
        catch (IOException e) when (File.Exists(path) && e is not PathTooLongException)
        {
            bool readOnly = e.Message.Contains("Read-only", StringComparison.OrdinalIgnoreCase);
            throw new InputException(readOnly ? $"Cannot write {postsDir}: it is read-only. Choose a --home that you can write to."
                : $"Another import is writing to {postsDir}. Wait until it has ended, then run this again.", e);
        }
        catch (IOException e)
        {
            throw new InputException($"Cannot write {postsDir}: {e.Message} Choose a --home that you can write to.", e);
        }
    }
}
