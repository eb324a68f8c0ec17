namespace Syrinx.Data.Posts.Sources;

/// <summary>
/// Files for what does not fit in memory. They lie outside of the home folder and have no name while they are used (on Unix),
/// so nothing of them outlives the process.
/// </summary>
internal static class TemporaryFile
{
    /// <exception cref="InputException">There is no folder for it.</exception>
    public static FileStream Create()
    {
        string path = Path.Combine(Path.GetTempPath(), "syrinx-" + Path.GetRandomFileName());
        try
        {
            var options = FileOptions.SequentialScan | (OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : 0);
            var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 18, options);
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            return stream;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NoRoom(e);
        }
    }

    /// <summary>What a person should know when such a file cannot be made or written.</summary>
    public static InputException NoRoom(Exception e) => new(
        $"What does not fit in memory cannot be kept in {Path.GetTempPath()}: {e.Message} Set TMPDIR to a folder with room for it.", e);
}
