namespace Syrinx.Data.Posts.Import;

/// <summary>Changes posts of the lake in place: files that have a post to change are written anew, and the lake is switched to them at
/// once. Under the lake's lock, which the caller holds.</summary>
internal static class LakeRewrite
{
    /// <summary>Changes posts.</summary>
    /// <param name="postsDir">The lake.</param>
    /// <param name="change">Returns the post as it shall be; the same object where it stays. The id must stay.</param>
    /// <param name="cancel">Stops it; the lake stays as it was.</param>
    /// <returns>Posts that were changed.</returns>
    /// <exception cref="InputException">The folder cannot be written to.</exception>
    public static long Run(string postsDir, Func<Post, Post> change, CancellationToken cancel) =>
        LakeChange.Run(postsDir, () => Rewrite(postsDir, change, cancel));

    private static long Rewrite(string postsDir, Func<Post, Post> change, CancellationToken cancel)
    {
        var old = LakeManifest.Load(postsDir);
        if (old.Files.Count == 0)
            return 0;
        old.Sweep(postsDir);
        int commit = old.Next + 2 * old.Files.Count + 2;
        var files = new List<LakeFile>();
        long changed = 0;
        using (var writer = new LakeWriter(postsDir, old.Next, commit, (int)Math.Max(LakeWriter.RowsPerFile, old.Files.Max(f => f.Rows))))
        {
            foreach (var file in old.Files)
            {
                string path = Path.Combine(postsDir, file.Name);
                if (!PostParquet.Read(path).Any(p => !ReferenceEquals(change(p), p)))
                {
                    files.Add(file);
                    continue;
                }
                foreach (var post in PostParquet.Read(path))
                {
                    cancel.ThrowIfCancellationRequested();
                    var now = change(post);
                    changed += ReferenceEquals(now, post) ? 0 : 1;
                    writer.Add(PackedPost.Of(now));
                }
                files.AddRange(writer.TakeFiles());
            }
        }
        if (changed > 0)
            (old with { Next = commit, Files = files }).Commit(postsDir);
        return changed;
    }
}
