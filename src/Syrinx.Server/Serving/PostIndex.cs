using Microsoft.Extensions.Logging;
using Syrinx.Search;

namespace Syrinx.Server.Serving;

/// <summary>
/// The search index of the home folder. It is opened when first needed and again when a build has put a new one in its
/// place; where there is none, every question finds nothing and <see cref="State"/> says <c>absent</c>. Safe to share
/// between threads.
/// </summary>
public sealed class PostIndex(HomeFolder home, ILogger<PostIndex> log) : IDisposable
{
    private readonly ReaderWriterLockSlim _lock = new();
    private SearchIndex? _index;
    private PostAnswerer? _answerer;
    private DateTime _openedFrom;
    private bool _failed;

    /// <summary><c>loaded</c>, <c>failed</c> or <c>absent</c>.</summary>
    public string State => Use((index, _) => index is not null ? "loaded" : _failed ? "failed" : "absent");

    /// <summary>Posts in the index; null where there is none.</summary>
    public int? PostCount => Use((index, _) => index?.PostCount);

    /// <summary>Finds posts; null where there is no index.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public SearchResults? Search(SearchQuery query, CancellationToken cancel = default) =>
        Use((index, _) => index?.Search(query, cancel));

    /// <summary>Answers out of the posts; nothing found where there is no index.</summary>
    /// <param name="question">What the person asks.</param>
    /// <param name="context">What the conversation was about before; null at its start.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Answer Answer(string question, string? context = null, CancellationToken cancel = default) =>
        Use((_, answerer) => answerer?.Ask(question, context, cancel))
        ?? new() { Found = false, Sentences = [], Citations = [], RewrittenQuery = question };

    /// <summary>Whether an author of the posts has this handle or display name; false where there is no index.</summary>
    public bool HasAuthor(string name) => Use((index, _) => index?.HasAuthor(name) ?? false);

    /// <inheritdoc/>
    public void Dispose()
    {
        _index?.Dispose();
        _lock.Dispose();
    }

    /// <summary>A reader holds the lock as long as it searches, so that a new index cannot close the old one under it.</summary>
    private T Use<T>(Func<SearchIndex?, PostAnswerer?, T> use)
    {
        // index.json is replaced by every build, and is what makes a folder an index
        var written = File.GetLastWriteTimeUtc(Path.Combine(home.Index, "index.json"));
        _lock.EnterUpgradeableReadLock();
        try
        {
            if (written != _openedFrom)
                Reopen(written);
        }
        finally
        {
            // down to a plain read lock: only one thread may hold the upgradeable one
            _lock.EnterReadLock();
            _lock.ExitUpgradeableReadLock();
        }
        try
        {
            return use(_index, _answerer);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    private void Reopen(DateTime written)
    {
        SearchIndex? opened = null;
        bool there = written.Year > 1601; // what the clock says of a file that is not there
        try
        {
            opened = there ? SearchIndex.Open(home.Index) : null;
        }
        catch (InputException e)
        {
            log.LogError("{Message}", e.Message);
        }
        _lock.EnterWriteLock();
        try
        {
            _index?.Dispose();
            _index = opened;
            _answerer = opened is null ? null : new(opened);
            _failed = there && opened is null;
            _openedFrom = written;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }
}
