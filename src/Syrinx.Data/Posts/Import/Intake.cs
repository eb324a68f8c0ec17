using System.Diagnostics;

namespace Syrinx.Data.Posts.Import;

/// <summary>One import on its way: first everything is read, then it is committed. Used once, by one thread.</summary>
internal sealed class Intake : IDisposable
{
    private readonly HomeFolder _home;
    private readonly ImportSettings _settings;
    private readonly Removals _removals;
    private readonly LakeManifest _old;
    private readonly PostSorter _sorter;
    private readonly Quarantine _quarantine = new();
    private readonly Dictionary<string, Author> _authors = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _skipped = new(StringComparer.Ordinal);
    private readonly ImportScope _scope = new();
    private long _read;
    private long _candidates;

    public Intake(HomeFolder home, OptOutList optOut, ImportSettings settings)
    {
        _home = home;
        _settings = settings;
        _old = LakeManifest.Load(home.Posts);
        _removals = new(optOut.Hashes, KeyedHashes.Load(Path.Combine(home.Posts, Removals.FileName)));
        _sorter = new(settings.SortBytes);
    }

    /// <summary>Reads all sources; nothing of the home folder changes.</summary>
    /// <exception cref="InputException">Nothing could be read.</exception>
    public void ReadAll(IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var sources = new ImportSources(_settings, _scope);
        foreach (var batch in OrderedPipeline.Run(sources.Plan().Select(Packed), _settings.Threads, cancel))
        {
            Take(batch);
            progress?.Report(new("import", _scope.Bytes, null, "bytes", $"{_read:N0} records  {_scope.File}"));
        }
        if (_read == 0)
            throw new InputException($"There is nothing to import in {string.Join(", ", _settings.Paths)}: {sources.Expected()}");
        if (_settings.Format != "auto" && _candidates == 0 && _quarantine.Count == 0 && _skipped.Keys.All(r => r.StartsWith("not_", StringComparison.Ordinal)))
            _scope.Note($"None of it is a post of the format '{_settings.Format}': {sources.Expected()} 'syrinx import auto' tells formats by what is in the files.");
        if (_read == _quarantine.Count)
        {
            string? list = _quarantine.Save(_home.Posts);
            var first = _quarantine.First;
            throw new InputException($"Nothing in {string.Join(", ", _settings.Paths)} could be read: {sources.Expected()} "
                + $"{first.Source}, byte {first.Position}: {first.Reason}{(first.Reason is "bad_unicode" or "binary" ? " (no UTF-8 text; save it as UTF-8 and import again)" : "")}. The list of all that is wrong ({_read:N0}) is {list}.");
        }
    }

    /// <summary>Merges what was read with the lake and switches to the result.</summary>
    /// <exception cref="InputException">The home folder cannot be written to; the lake is as it was.</exception>
    public ImportReport Commit(Stopwatch clock, IProgress<StageProgress>? progress, CancellationToken cancel) =>
        LakeChange.Run(_home.Posts, () => Write(clock, progress, cancel));

    private ImportReport Write(Stopwatch clock, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        Directory.CreateDirectory(_home.Posts);
        _old.Sweep(_home.Posts);
        bool sameRemovals = _old.Removals == _removals.Fingerprint;
        var dirty = sameRemovals ? [] : FilesToClean(cancel);
        // Each file of the lake takes at most one number more than it needs.
        int commitNumber = _old.Next + _old.Files.Count + (int)((_candidates + _old.Posts) / _settings.RowsPerFile) + 2;
        var merge = new LakeMerge(_home.Posts, _old, commitNumber, _settings.RowsPerFile, _removals, cancel);
        var files = merge.Run(_sorter.Sorted(), dirty, n => progress?.Report(new("write", n, _candidates, "posts")));
        var manifest = WithAuthors(_old with { Next = commitNumber, Files = files, Removals = _removals.Fingerprint });
        _removals.Save(); // first, so that nothing that must go can come back if we die here
        string? list = _quarantine.Save(_home.Posts);
        if (merge.Changed || manifest.AuthorContent != _old.AuthorContent || !sameRemovals)
            manifest.Commit(_home.Posts);
        else
            _old.Sweep(_home.Posts);
        foreach (var (reason, count) in merge.Skipped)
            _skipped[reason] = _skipped.GetValueOrDefault(reason) + count;
        if (_read != merge.Imported + _skipped.Values.Sum() + _quarantine.Count)
            throw new InvalidOperationException(
                $"{_read} records read, but {merge.Imported} + {_skipped.Values.Sum()} + {_quarantine.Count} accounted for.");
        return new(_read, merge.Imported, _skipped, _quarantine.Count, clock.Elapsed.TotalSeconds, _scope.Bytes, merge.Removed,
            manifest.Posts, manifest.AuthorRows, _scope.Files, list, _scope.Notes);
    }

    public void Dispose() => _sorter.Dispose();

    private void Take(ReadBatch batch)
    {
        foreach (var fact in batch.Facts)
            _removals.Add(fact);
        foreach (var author in batch.Authors)
        {
            bool again = _authors.TryGetValue(author.AuthorId, out var known);
            _authors[author.AuthorId] = again ? PostVersions.Merge(known!, author) : author;
        }
        foreach (var entry in batch.Quarantined)
            _quarantine.Add(entry);
        foreach (var (reason, count) in batch.Skipped)
        {
            _skipped[reason] = _skipped.GetValueOrDefault(reason) + count;
            _read += count;
        }
        foreach (var post in batch.Packed)
            _sorter.Add(post);
        _candidates += batch.Packed.Count;
        _read += batch.Packed.Count + batch.Quarantined.Count;
        batch.Release();
    }

    private static Func<ReadBatch> Packed(Func<ReadBatch> read) => () => read().Pack();

    /// <summary>The lake's files that hold a post which may no longer be there, or may no longer be trained on.</summary>
    private HashSet<int> FilesToClean(CancellationToken cancel)
    {
        var dirty = new HashSet<int>();
        for (int i = 0; i < _old.Files.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var key in PostParquet.ReadKeys(Path.Combine(_home.Posts, _old.Files[i].Name)))
            {
                if (_removals.Reason(key.Id, key.AuthorId, key.Author, key.Platform, out bool noTraining) is not null
                    || noTraining && key.TrainingAllowed)
                {
                    dirty.Add(i);
                    break;
                }
            }
        }
        return dirty;
    }

    /// <summary>
    /// Stages the authors: of those who are protected or suspended only id, name and state stay; of those who deleted their
    /// account or opted out, nothing.
    /// </summary>
    private LakeManifest WithAuthors(LakeManifest manifest)
    {
        var authors = PostStore.ReadAuthors(_home.Posts, _old);
        foreach (var (id, author) in _authors)
            authors[id] = authors.TryGetValue(id, out var known) ? PostVersions.Merge(known, author) : author;
        var kept = new List<Author>(authors.Count);
        foreach (var author in authors.Values)
        {
            string? gone = _removals.Reason(author);
            if (gone is null)
                kept.Add(author);
            else if (gone is "protected" or "suspended")
                kept.Add(new() { AuthorId = author.AuthorId, Handle = author.Handle, State = gone });
        }
        return PostStore.StageAuthors(_home.Posts, manifest, kept);
    }
}
