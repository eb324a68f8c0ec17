using Syrinx.Data.Posts;

namespace Syrinx.Search;

/// <summary>The index of a home folder: what it is built from, and whether it still shows that.</summary>
public static class HomeIndex
{
    /// <summary>Builds <c>index/</c> from <c>posts/</c> and, where there are any, the labels in <c>corpus/</c>.</summary>
    /// <returns>Posts in the index.</returns>
    /// <exception cref="InputException">There are no posts, or a file is damaged or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the old index stays.</exception>
    public static int Build(HomeFolder home, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(home);
        var store = PostStore.Open(home.Posts);
        if (store.PostCount == 0)
            throw new InputException($"There are no posts in {home.Posts}. Run 'syrinx import' first.");
        var labels = PostLabels.TryRead(home.Corpus, cancel);
        return SearchIndex.Build(store.ReadPosts(cancel), store.ReadAuthors(), labels, Fingerprint(store, labels?.Fingerprint),
            home.Index, progress, store.PostCount, cancel);
    }

    /// <summary>
    /// Whether <c>index/</c> was built from the posts and labels as they are now; false too where there is none.
    /// </summary>
    public static bool IsCurrent(HomeFolder home)
    {
        ArgumentNullException.ThrowIfNull(home);
        return SearchIndex.FingerprintOf(home.Index) is { } built
            && built == Fingerprint(PostStore.Open(home.Posts), PostLabels.FingerprintOf(home.Corpus));
    }

    private static string Fingerprint(PostStore store, string? labels) =>
        labels is null ? store.Fingerprint : $"{store.Fingerprint}+{labels}";
}
