using Syrinx.Data.Posts.Import;

namespace Syrinx.Data.Posts.Forgetting;

/// <summary>Takes a forgotten author out of the lake and the quarantine. May be run again after an interruption.</summary>
public static class ForgetInPosts
{
    /// <summary>Drops the posts of all authors on the opt-out list, and cuts what others quoted of the forgotten one.</summary>
    /// <returns>Posts of others that lost a quotation.</returns>
    /// <exception cref="InputException">The home folder cannot be written to, or an import is at work.</exception>
    public static long RemovePosts(HomeFolder home, ForgottenTraces traces, CancellationToken cancel)
    {
        PostImport.ApplyRemovals(home, cancel);
        using var guard = LakeLock.Take(home.Posts);
        return LakeRewrite.Run(home.Posts, post => QuoteCutter.Cut(post, traces), cancel);
    }

    /// <summary>Drops the quarantine's entries whose source bears the author's name: an archive is often called after its
    /// owner.</summary>
    /// <returns>Entries dropped.</returns>
    public static long CleanQuarantine(HomeFolder home, ForgottenTraces traces)
    {
        string folder = Path.Combine(home.Posts, "quarantine");
        long dropped = 0;
        foreach (string file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.jsonl") : [])
        {
            string[] lines = File.ReadAllLines(file);
            string[] kept = [.. lines.Where(l => !Names(l, traces))];
            dropped += lines.Length - kept.Length;
            if (kept.Length == 0)
                File.Delete(file);
            else if (kept.Length < lines.Length)
                AtomicFile.WriteText(file, string.Join('\n', kept) + "\n");
        }
        return dropped;
    }

    /// <summary>What is still in posts, authors and quarantine of the author; nothing after a removal.</summary>
    public static (long Posts, long Authors, long Quarantined) Left(HomeFolder home, ForgottenTraces traces, CancellationToken cancel)
    {
        var store = PostStore.Open(home.Posts);
        long posts = 0;
        foreach (var post in store.ReadPosts(cancel))
            posts += traces.IsAuthor(post.AuthorId) || traces.IsPost(post.Id) || !ReferenceEquals(QuoteCutter.Cut(post, traces), post) ? 1 : 0;
        string folder = Path.Combine(home.Posts, "quarantine");
        return (posts, store.StreamAuthors().LongCount(a => traces.IsAuthor(a.AuthorId)),
            !Directory.Exists(folder) ? 0 : Directory.GetFiles(folder, "*.jsonl").SelectMany(File.ReadLines).LongCount(l => Names(l, traces)));
    }

    private static bool Names(string line, ForgottenTraces traces)
    {
        using var entry = System.Text.Json.JsonDocument.Parse(line);
        string source = entry.RootElement.GetProperty("source").GetString() ?? "";
        return source.Split([.. source.Where(c => !char.IsLetterOrDigit(c) && c != '_').Distinct()], StringSplitOptions.RemoveEmptyEntries)
            .Any(traces.IsName);
    }
}
