namespace Syrinx.Data.Posts.Import;

/// <summary>
/// Merges sorted posts into the lake. Each file owns the ids from its first to the next file's first; a file that gets no
/// new or changed post and loses none stays as it is, to the byte. What comes of it is staged, and a manifest that names it
/// is for the caller to commit.
/// </summary>
internal sealed class LakeMerge(
    string postsDir, LakeManifest old, int commitNumber, int rowsPerFile, Removals removals, CancellationToken cancel)
{
    private readonly SortedDictionary<string, long> _skipped = new(StringComparer.Ordinal);

    /// <summary>Posts that are new or changed.</summary>
    public long Imported { get; private set; }

    /// <summary>Posts that left the lake.</summary>
    public long Removed { get; private set; }

    /// <summary>What did not enter, by reason.</summary>
    public IReadOnlyDictionary<string, long> Skipped => _skipped;

    /// <summary>Whether the lake's files are others now.</summary>
    public bool Changed { get; private set; }

    /// <summary>Merges and returns the lake's files, in order.</summary>
    /// <param name="posts">In the order of their ids; several versions of a post follow one another.</param>
    /// <param name="dirty">Indices of the old files that hold posts which have to go.</param>
    /// <param name="progress">Called with the number of posts taken, now and then.</param>
    public IReadOnlyList<LakeFile> Run(IEnumerable<PackedPost> posts, IReadOnlySet<int> dirty, Action<long> progress)
    {
        var files = new List<LakeFile>();
        using var writer = new LakeWriter(postsDir, old.Next, commitNumber, rowsPerFile);
        using var groups = Groups(posts, progress).GetEnumerator();
        bool more = groups.MoveNext();
        for (int i = 0; i < Math.Max(1, old.Files.Count); i++)
        {
            var file = i < old.Files.Count ? old.Files[i] : null;
            string? end = i + 1 < old.Files.Count ? old.Files[i + 1].First : null;
            bool Mine() => more && (end is null || PostIdOrder.Compare(groups.Current[0].Id, end) < 0);
            if (!Mine() && !dirty.Contains(i))
            {
                if (file is not null)
                    files.Add(file);
                continue;
            }
            bool changed = false;
            using var stored = (file is null ? [] : PostParquet.Read(Path.Combine(postsDir, file.Name))).GetEnumerator();
            bool storedMore = stored.MoveNext();
            while (storedMore || Mine())
            {
                cancel.ThrowIfCancellationRequested();
                int order = !storedMore ? 1 : !Mine() ? -1 : PostIdOrder.Compare(stored.Current.Id, groups.Current[0].Id);
                var kept = Resolve(order <= 0 ? stored.Current : null, order >= 0 ? groups.Current : [], ref changed);
                if (kept is { } post)
                    writer.Add(post);
                if (order <= 0)
                    storedMore = stored.MoveNext();
                if (order >= 0)
                    more = groups.MoveNext();
            }
            var written = writer.TakeFiles();
            Changed |= changed;
            files.AddRange(changed || file is null ? written : [file]);
        }
        return files;
    }

    /// <summary>What becomes of one id: the post to keep, or null.</summary>
    private PackedPost? Resolve(Post? stored, IReadOnlyList<PackedPost> read, ref bool changed)
    {
        if (stored is null && read.Count == 1 && Passes(read[0]))
        {
            changed = true;
            Imported++;
            return read[0];
        }
        Post? best = null;
        string? gone = null;
        bool noTraining = false;
        foreach (var version in read.Select(p => p.Unpack()).Concat(stored is null ? [] : [stored]))
        {
            best = best is null ? version : PostVersions.Merge(best, version);
            // Any of the versions may be the one that tells whose post it is.
            string? reason = removals.Reason(version.Id, version.AuthorId, version.Author, version.Platform, out bool searchOnly);
            gone ??= reason;
            noTraining |= searchOnly;
        }
        if (gone is not null)
        {
            Skip(gone, read.Count);
            Removed += stored is null ? 0 : 1;
            changed |= stored is not null;
            return null;
        }
        if (noTraining && best!.TrainingAllowed)
            best = best with { TrainingAllowed = false };
        var packed = PackedPost.Of(best!);
        if (stored is not null && PostBinary.ContentHash(packed.Bytes.Span) == PostBinary.ContentHash(stored))
        {
            Skip("unchanged", Math.Min(1, read.Count));
            Skip("duplicate", Math.Max(0, read.Count - 1));
            return PackedPost.Of(stored);
        }
        changed = true;
        Imported += Math.Min(1, read.Count);
        Skip("duplicate", Math.Max(0, read.Count - 1));
        return packed;
    }

    /// <summary>Whether a post may enter as it is: nearly all may, and need not be unpacked.</summary>
    private bool Passes(PackedPost post)
    {
        if (removals.IsEmpty)
            return true;
        var key = PostBinary.ReadKey(post.Bytes.Span);
        return removals.Reason(key.Id, key.AuthorId, key.Author, key.Platform, out bool noTraining) is null
            && !(noTraining && key.TrainingAllowed);
    }

    private void Skip(string reason, int count)
    {
        if (count > 0)
            _skipped[reason] = _skipped.GetValueOrDefault(reason) + count;
    }

    private static IEnumerable<IReadOnlyList<PackedPost>> Groups(IEnumerable<PackedPost> posts, Action<long> progress)
    {
        var group = new List<PackedPost>(1);
        long taken = 0;
        foreach (var post in posts)
        {
            if (group.Count > 0 && group[0].Id != post.Id)
            {
                yield return group;
                group = new(1);
            }
            group.Add(post);
            if (++taken % 4096 == 0)
                progress(taken);
        }
        if (group.Count > 0)
            yield return group;
    }
}
