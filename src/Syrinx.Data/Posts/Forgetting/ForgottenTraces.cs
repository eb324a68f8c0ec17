using Syrinx.Data.Posts.Import;

namespace Syrinx.Data.Posts.Forgetting;

/// <summary>
/// What an author leaves behind, by which it is recognised once their posts are gone: their id and handles, the ids of their posts,
/// and the lines that they wrote – all as keyed hashes, in <c>lineage/forgetting.hashes</c>. It is written before anything is
/// removed, so that a removal that was interrupted can go on, and deleted at the end. Looking up is thread-safe.
/// </summary>
public sealed class ForgottenTraces
{
    // A shorter line may well be somebody else's too: "see you tomorrow".
    private const int TellingLength = 16;
    private const int TellingHan = 8;

    private readonly string _path;
    private readonly KeyedHashes _hashes;

    private ForgottenTraces(string path) => (_path, _hashes) = (path, KeyedHashes.Load(path));

    /// <summary>Posts that were the author's.</summary>
    public long Posts { get; private set; }

    /// <summary>Opens the traces of a removal that is under way, or empty ones.</summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static ForgottenTraces Open(HomeFolder home) => new(Path.Combine(home.Lineage, "forgetting.hashes"));

    /// <summary>Notes an author and all that they wrote, and saves it.</summary>
    /// <param name="store">Their posts are read out of it.</param>
    /// <param name="authorId">Platform-qualified: <c>x:12</c>.</param>
    /// <param name="cancel">Stops it; nothing is saved.</param>
    public void Collect(PostStore store, string authorId, CancellationToken cancel)
    {
        string platform = authorId[..authorId.IndexOf(':', StringComparison.Ordinal)];
        AddName(authorId[(platform.Length + 1)..]);
        _hashes.Add("author " + authorId, "author");
        foreach (var author in store.StreamAuthors().Where(a => Same(a.AuthorId, authorId)))
            AddHandle(platform, author.Handle);
        foreach (var post in store.ReadPosts(cancel).Where(p => Same(p.AuthorId, authorId)))
        {
            Posts++;
            _hashes.Add("post " + post.Id, "post");
            if (post.Author is not null)
                AddHandle(platform, post.Author);
            foreach (string line in Lines(post.Text).Concat(Lines(post.Title ?? "")))
                _hashes.Add("line " + line, "line");
        }
        _hashes.Save();
    }

    /// <summary>Whether the id is the author's.</summary>
    public bool IsAuthor(string? authorId) => authorId is not null && _hashes.Find("author " + authorId) is not null;

    /// <summary>Whether the post was the author's.</summary>
    public bool IsPost(string? postId) => postId is not null && _hashes.Find("post " + postId) is not null;

    /// <summary>Whether the handle is or was the author's on that platform.</summary>
    public bool IsHandle(string platform, string? handle) => handle is not null && _hashes.Find($"handle {platform}:{handle}") is not null;

    /// <summary>Whether a word is the author's handle or the bare id: <c>12</c> of <c>x:12</c>.</summary>
    public bool IsName(string word) => _hashes.Find("name " + word) is not null;

    /// <summary>Whether a line is one that the author wrote, to the letter, and long enough to tell.</summary>
    public bool IsLine(string line) => Lines(line).Any(l => _hashes.Find("line " + l) is not null);

    /// <summary>Removes the file: nothing more is to be recognised.</summary>
    public void Delete() => File.Delete(_path);

    private void AddHandle(string platform, string handle)
    {
        _hashes.Add($"handle {platform}:{handle}", "handle");
        AddName(handle);
    }

    private void AddName(string name) => _hashes.Add("name " + name, "name");

    private static bool Same(string? a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries)
        .Where(l => l.Length >= TellingLength || l.Count(c => c >= '\u3400') >= TellingHan);
}
