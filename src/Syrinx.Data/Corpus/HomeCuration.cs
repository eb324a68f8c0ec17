using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus;

/// <summary><c>syrinx curate</c> on a home folder: its posts, its opt-out list, its corpus.</summary>
public static class HomeCuration
{
    /// <summary>Curates the posts of a home folder.</summary>
    /// <param name="home">The folder; <c>posts/</c>, <c>labels/</c> and <c>opt-out</c> are read, <c>corpus/</c> is written.</param>
    /// <param name="optOutFile">One author id a line; they join the home's list for good. Null: the home's list alone.</param>
    /// <param name="settings">What to keep.</param>
    /// <param name="threads">Threads to use; the result is the same for any number.</param>
    /// <param name="progress">Told how far it is, or null.</param>
    /// <param name="cancel">Stops the work; the corpus stays as it was.</param>
    /// <exception cref="InputException">There are no posts, a file is malformed, no document comes out, or another process is at work.</exception>
    public static CurateReport Run(
        HomeFolder home, string? optOutFile, CurateSettings settings, int threads, IProgress<StageProgress>? progress,
            CancellationToken cancel)
    {
        if (PostStore.Open(home.Posts).PostCount == 0)
            throw NoPosts(home); // before the lock makes a folder
        using var guard = Lock(home);
        var optOut = optOutFile is null ? OptOutList.Open(home) : OptOutList.Change(home, list => list.AddFile(optOutFile));
        var store = PostStore.Open(home.Posts);
        if (store.PostCount == 0)
            throw NoPosts(home);
        Func<string, bool> optedOut = optOut.Count == 0 ? _ => false : optOut.Contains;
        return Curator.Run(CurateSource.Of(store, cancel), optedOut, home.Corpus, settings, threads, progress, cancel,
            SeenAuthors.Open(home).Record, LabelModels.Load(home.Labels));
    }

    private static InputException NoPosts(HomeFolder home) =>
        new($"There are no posts in {home.Posts}. Run 'syrinx import' first, or 'syrinx sample' for a platform to try.");

    /// <summary>
    /// Keeps other curations out until disposed. One that began before an author was forgotten must not put what it read then in the place of
    /// the corpus that was made without them.
    /// </summary>
    /// <exception cref="InputException">Another process is at work.</exception>
    public static IDisposable Lock(HomeFolder home) => FolderLock.Take(Path.Combine(home.Corpus, ".lock"),
        $"Another process is making the corpus in {home.Corpus}. Wait until it has ended, then run this again.");
}
