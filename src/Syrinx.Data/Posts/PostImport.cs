using System.Diagnostics;
using Syrinx.Data.Posts.Import;

namespace Syrinx.Data.Posts;

/// <summary>
/// Brings exports into the lake. Everything is read first, sorted by id, then merged with what is there, then the lake is
/// switched at once: an import that fails, is interrupted or killed leaves the lake as it was. What exports tell of
/// deletions and of protected and suspended accounts is obeyed by the whole lake, whatever the order of files and imports.
/// </summary>
public static class PostImport
{
    /// <summary>Imports files, folders and zips into a home folder.</summary>
    /// <param name="home">Its <c>posts/</c> is created where it does not exist.</param>
    /// <param name="settings">What to import and how.</param>
    /// <param name="progress">Hears of bytes read and posts written.</param>
    /// <param name="cancel">Stops it; the lake stays as it was.</param>
    /// <exception cref="InputException">Nothing could be read, a file is damaged, or the home folder cannot be written
    /// to.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was signalled.</exception>
    public static ImportReport Run(
        HomeFolder home, ImportSettings settings, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        settings.Validate();
        var clock = Stopwatch.StartNew();
        using var guard = LakeLock.Take(home.Posts);
        var optOut = OptOutList.Open(home);
        if (settings.OptOutFile is { } file)
            optOut.AddFile(file);
        var intake = new Intake(home, optOut, settings);
        using (intake)
        {
            intake.ReadAll(progress, cancel);
            return intake.Commit(clock, progress, cancel);
        }
    }

    /// <summary>
    /// Removes from the lake what may no longer be in it, as after <see cref="OptOutList.Add"/> and
    /// <see cref="OptOutList.Save"/>.
    /// </summary>
    /// <returns>How many posts left the lake.</returns>
    /// <inheritdoc cref="Run"/>
    public static long ApplyRemovals(HomeFolder home, CancellationToken cancel = default)
    {
        using var guard = LakeLock.Take(home.Posts);
        using var intake = new Intake(home, OptOutList.Open(home), new() { Format = "auto", Paths = [] });
        return intake.Commit(Stopwatch.StartNew(), null, cancel).Removed;
    }
}
