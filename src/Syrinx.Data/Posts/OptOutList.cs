using Syrinx.Data.Posts.Import;

namespace Syrinx.Data.Posts;

/// <summary>
/// The authors who opted out: <see cref="HomeFolder.OptOut"/>, keyed hashes of their ids. Not safe to change from several
/// threads. To add somebody does not change the lake; the next import does (see <see cref="PostImport.ApplyRemovals"/>).
/// </summary>
public sealed class OptOutList
{
    private const string Label = "opted_out";

    private OptOutList(KeyedHashes hashes) => Hashes = hashes;

    internal KeyedHashes Hashes { get; }

    /// <summary>How many authors opted out.</summary>
    public int Count => Hashes.Count;

    /// <summary>Reads the list of a home folder; one that is not there is empty.</summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static OptOutList Open(HomeFolder home) => new(KeyedHashes.Load(home.OptOut));

    /// <summary>Changes the list of a home folder, and keeps imports out meanwhile, which change it, too.</summary>
    /// <returns>The list as it is now.</returns>
    /// <exception cref="InputException">An import is at work, the file is damaged, or the home folder cannot be written to.</exception>
    public static OptOutList Change(HomeFolder home, Action<OptOutList> change)
    {
        using var guard = LakeLock.Take(home.Posts);
        var list = Open(home);
        change(list);
        list.Save();
        return list;
    }

    /// <summary>Whether the author opted out. Upper and lower case are the same.</summary>
    /// <param name="authorId">Platform-qualified: <c>x:12</c>.</param>
    public bool Contains(string authorId) => Hashes.Find(authorId) is not null;

    /// <summary>Adds an author; <see cref="Save"/> makes it last.</summary>
    /// <inheritdoc cref="Contains"/>
    public void Add(string authorId) => Hashes.Add(authorId, Label);

    /// <summary>
    /// Adds the authors of a file: one author id a line; blank lines and lines with <c>#</c> in front are comments.
    /// </summary>
    /// <exception cref="InputException">The file is not there, or a line is no author id.</exception>
    public void AddFile(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The opt-out file {path} cannot be read: {e.Message}", e);
        }
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || colon == line.Length - 1 || line.Any(char.IsWhiteSpace))
                throw new InputException($"{path}:{i + 1} is no author id. Write one a line, with the platform: x:12 or ptt:name.");
            Add(line);
        }
    }

    /// <summary>Writes the list if it changed.</summary>
    /// <exception cref="InputException">The home folder cannot be written to.</exception>
    public void Save() => Hashes.Save();
}
