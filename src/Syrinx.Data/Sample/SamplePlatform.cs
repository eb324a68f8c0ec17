using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Syrinx.Data.Sample.Export;
using Syrinx.Data.Sample.World;

namespace Syrinx.Data.Sample;

/// <summary>
/// The sample platform: the posts of Cuihe (翠河鎮), a small town that does not exist, in English and Traditional Chinese, as
/// the export files that real platforms give. A hand-written core (Town/core, Town/boards) is grown by grammars (Town/grow) that
/// speak from one table of facts; what curation must find or drop is planted and told in <c>truth.jsonl</c>.
/// </summary>
public static class SamplePlatform
{
    /// <summary>The fewest posts that hold the core and every planted kind.</summary>
    public const int FewestPosts = 1500;

    private const string Marker = "Syrinx sample platform";
    private const double BoardShare = 0.3; // of the grown posts
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the sample into a folder; a former sample there is replaced.</summary>
    /// <param name="directory">The folder; created if need be.</param>
    /// <param name="posts">Public posts to write: tweets, articles and pushes.</param>
    /// <param name="seed">Same seed and number, same bytes.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Stops it between files; what was written stays and the next run replaces it.</param>
    /// <exception cref="InputException">The folder holds something else or can't be written to, or the posts are too
    /// few.</exception>
    public static SampleReport Write(
        string directory, int posts, ulong seed, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        if (posts is < FewestPosts or > 5_000_000)
            throw new InputException($"--posts {posts} is out of range: the sample has {FewestPosts} to 5,000,000 posts.");
        var watch = Stopwatch.StartNew();
        try
        {
            Clear(directory);
            var world = Build(posts, seed, progress, cancel);
            var files = Export(world, directory, progress, cancel);
            return new(
                world.PublicPosts, files.Count, world.People.Accountholders.Count + world.People.Users.Count,
                files.Sum(f => new FileInfo(f).Length), watch.Elapsed.TotalSeconds,
                world.Tweets.Count(t => !t.Hidden), world.Articles.Count,
                world.Articles.Sum(a => a.Pushes.Count(p => p.Tag != '※')),
                world.CorePosts, world.Tweets.Count(t => t.Hidden),
                world.Truths.GroupBy(t => t.Kind).OrderBy(g => g.Key, StringComparer.Ordinal)
                    .ToDictionary(g => g.Key, g => g.Count()));
        }
        catch (Exception e) when (WriteError.Reason(e) is { } reason)
        {
            throw new InputException($"Cannot write the sample to {directory}: {reason}", e);
        }
    }

    /// <summary>The whole platform in memory.</summary>
    internal static SampleWorld Build(int posts, ulong seed, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var rhythm = new DayRhythm();
        var people = new Population(SampleRandom.For(seed, "people"));
        var world = new SampleWorld(people, new(SampleRandom.For(seed, "ids")));
        CoreTelling.Tell(world, SampleRandom.For(seed, "core"));
        new Planter(world, rhythm, SampleRandom.For(seed, "plant"), posts).Plant();

        var guard = new NearDuplicateGuard();
        var conversations = new ConversationGrower(world, rhythm, guard, SampleRandom.For(seed, "conversations"));
        var boards = new BoardGrower(world, rhythm, guard, SampleRandom.For(seed, "boards"));
        int start = world.PublicPosts, onBoards = 0;
        while (world.PublicPosts < posts)
        {
            cancel.ThrowIfCancellationRequested();
            int before = world.PublicPosts;
            if (onBoards < BoardShare * (before - start))
            {
                boards.Grow(posts - before);
                onBoards += world.PublicPosts - before;
            }
            else
            {
                conversations.Grow(posts - before);
            }
            progress?.Report(new("sample", world.PublicPosts, posts, "posts"));
        }
        var luck = SampleRandom.For(seed, "engagement");
        foreach (var tweet in world.Tweets)
            Engagement.Give(tweet, luck);
        return world;
    }

    private static List<string> Export(SampleWorld world, string directory, IProgress<StageProgress>? progress,
        CancellationToken cancel)
    {
        var files = new List<string>();
        string readme = Path.Combine(directory, "README.txt");
        File.WriteAllText(readme, Readme); // first, so that a stopped run can be overwritten
        files.Add(readme);
        IEnumerable<string>[] parts =
        [
            new XApiFiles(world, Path.Combine(directory, "x-api")).Write(cancel),
            new XArchiveFiles(world, Path.Combine(directory, "x-archives")).Write(cancel),
            new PttFiles(world, Path.Combine(directory, "ptt")).Write(cancel),
        ];
        // They only read the world, and each writes into a folder of its own.
        var written = parts.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.FullyBuffered)
            .Select(part => part.ToList());
        try
        {
            files.AddRange(written.SelectMany(w => w));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        progress?.Report(new("sample files", files.Count, files.Count, "files"));
        string optOut = Path.Combine(directory, "opt-out.txt");
        File.WriteAllLines(optOut,
            world.People.Accountholders.Concat(world.People.Users).Where(a => a.OptedOut).Select(a => a.QualifiedId));
        files.Add(optOut);
        string truth = Path.Combine(directory, "truth.jsonl");
        File.WriteAllLines(truth, world.Truths.Select(t => JsonSerializer.Serialize(t, Relaxed)));
        files.Add(truth);
        return files;
    }

    /// <summary>Removes a former sample; refuses a folder with anything else in it.</summary>
    private static void Clear(string directory)
    {
        if (File.Exists(directory))
            throw new InputException($"--out {directory} is a file; give a new or empty folder.");
        Directory.CreateDirectory(directory);
        if (!Directory.EnumerateFileSystemEntries(directory).Any())
            return;
        string readme = Path.Combine(directory, "README.txt");
        if (!File.Exists(readme) || !File.ReadLines(readme).FirstOrDefault("").StartsWith(Marker, StringComparison.Ordinal))
            throw new InputException($"--out {directory} holds files that are not a sample of ours; give a new or empty folder.");
        foreach (string folder in (string[])["x-api", "x-archives", "ptt"])
        {
            if (Directory.Exists(Path.Combine(directory, folder)))
                Directory.Delete(Path.Combine(directory, folder), recursive: true);
        }
        foreach (string file in (string[])["opt-out.txt", "truth.jsonl", "README.txt"])
            File.Delete(Path.Combine(directory, file));
    }

    private const string Readme = Marker + """


        The town of Cuihe (翠河鎮) does not exist, nor do its people, shops, bus lines and politicians. All of this was written
        or generated by the authors of Syrinx. Mail addresses are at reserved example domains, phone, identity and card numbers
        are made up or test numbers, network addresses are from the blocks reserved for documentation. The forms of the files are
        those of real exports, so that real importers read them:

        x-archives/HANDLE.zip   what a member downloads from X, private files included (they must not be read)
        x-api/tweets-*.jsonl    pages of the X API v2, one a line; *_compliance.jsonl: what was deleted or withdrawn since
        ptt/BOARD/*.txt         articles of a BBS in plain text, with pushes
        opt-out.txt             authors who do not want to take part, one author_id a line
        truth.jsonl             what was planted: bots, a scam, copies, personal data, private and deleted posts, …

        """;
}
