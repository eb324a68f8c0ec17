namespace Syrinx.Data.Posts.Import;

/// <summary>One process at a time that changes the posts, or the opt-out list beside them: <c>posts/.lock</c>.</summary>
internal static class LakeLock
{
    /// <inheritdoc cref="FolderLock.Take"/>
    public static IDisposable Take(string postsDir) => FolderLock.Take(Path.Combine(postsDir, ".lock"),
        $"Another import is writing to {postsDir}. Wait until it has ended, then run this again.");
}
